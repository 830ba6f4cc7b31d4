"""The serious-dishonesty list (严重失信主体名单): who is on it, since when, until when, by which decision."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, csv_answer, json_answer
from chengxin.portal.notices.notice_records import Notice, feed_entry, notices_of
from chengxin.portal.paging import paging
from chengxin.standing.sanctions import queries
from chengxin.standing.sanctions.queries import Filters
from chengxin.standing.sanctions.rules import NoticeKind

LISTED = Filters(kind=NoticeKind.SERIOUS_LISTING)
JSON_PAGE = 100
TABLE_MOST = 20_000


@bp.get("/supervision/serious/")
@published(query=("page",))
def serious_list() -> ResponseReturnValue:
    """List who is on the list today."""
    with reading() as session:
        where = paging(queries.count_published(session, LISTED, today=clock.today()), size=queries.PAGE)
        shown = _shown(session, limit=queries.PAGE, offset=where.offset)
    formats = {
        "csv": url_for("portal.serious_list_csv"),
        "json": url_for("portal.serious_list_json"),
        "feed": url_for("portal.serious_list_feed"),
    }
    return render_template("supervision/serious.html", notices=shown, where=where, formats=formats)


@bp.get("/supervision/serious/serious.csv")
@published()
def serious_list_csv() -> ResponseReturnValue:
    """Give the list as a table."""
    with reading() as session:
        shown = _shown(session, limit=TABLE_MOST)
    head = [
        *(_("Named party"), _("Credit code"), _("Region"), _("Name of the list"), _("Listed on")),
        *(_("Listed until"), _("Earliest removal"), _("Decision number"), _("Authority"), _("Address")),
    ]
    return csv_answer("serious", head, [_row(each) for each in shown])


@bp.get("/supervision/serious/serious.json")
@published(query=("page",))
def serious_list_json() -> ResponseReturnValue:
    """Give the list as JSON, a hundred a page."""
    with reading() as session:
        where = paging(queries.count_published(session, LISTED, today=clock.today()), size=JSON_PAGE)
        shown = _shown(session, limit=JSON_PAGE, offset=where.offset)
    return json_answer(where.envelope([_record(each) for each in shown]))


@bp.get("/supervision/serious/feed.atom")
@published()
def serious_list_feed() -> ResponseReturnValue:
    """Give the newest entries of the list as a feed."""
    with reading() as session:
        shown = _shown(session, limit=FEED_LENGTH)
    return atom_answer(
        Feed(
            title=_("Serious-dishonesty list"),
            page_url=absolute("portal.serious_list"),
            own_url=absolute("portal.serious_list_feed"),
            entries=[feed_entry(each) for each in shown],
        )
    )


def _shown(session: Session, *, limit: int, offset: int = 0) -> Sequence[Notice]:
    found = queries.published(session, LISTED, today=clock.today(), limit=limit, offset=offset)
    return notices_of(session, found)


def _row(notice: Notice) -> list[object]:
    sanction = notice.sanction
    return [
        *(sanction.party_name, sanction.party_uscc, notice.region, sanction.list_name),
        *(sanction.decision_date, sanction.max_until, sanction.min_until),
        *(sanction.decision_no, sanction.authority, absolute("portal.notice", **notice.address)),
    ]


def _record(notice: Notice) -> dict[str, object]:
    sanction = notice.sanction
    return {
        "party": {"name": sanction.party_name, "uscc": sanction.party_uscc, "uid": notice.agency_uid},
        "region": {"code": sanction.region_code or "", "name": notice.region},
        "list_name": sanction.list_name or None,
        "listed_on": sanction.decision_date,
        "listed_until": sanction.max_until,
        "earliest_removal": sanction.min_until,
        "decision_no": sanction.decision_no,
        "authority": sanction.authority,
        "notice": absolute("portal.notice", **notice.address),
    }
