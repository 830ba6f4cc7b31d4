"""The agencies that operate abnormally (经营异常名录): the marks in force, as list, table and feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, published, spelled
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import (
    FEED_LENGTH,
    Entry,
    Feed,
    absolute,
    atom_answer,
    csv_answer,
    instant,
    json_answer,
)
from chengxin.portal.paging import paging
from chengxin.portal.selects import Option, Select
from chengxin.portal.supervising.mark_json import mark_json
from chengxin.standing.abnormal import queries
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.queries import Filters
from chengxin.standing.abnormal.rules import Cause

KEYS = ("cause", "region")
JSON_PAGE = 100
TABLE_MOST = 20_000


@dataclass(frozen=True)
class Marked:
    """A mark with its agency and the name of the region."""

    mark: AbnormalMark
    agency: Agency
    region: str

    @property
    def cause(self) -> str:
        """Return the words for the cause."""
        return str(CAUSE[Cause(self.mark.cause)])


@bp.get("/supervision/abnormal/")
@published(query=(*KEYS, "page"))
def abnormal() -> ResponseReturnValue:
    """List the marks in force, newest first."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count_in_force(session, filters), size=queries.PAGE)
        shown = _shown(session, filters, limit=queries.PAGE, offset=where.offset)
        selects = _selects(session, filters)
    return render_template(
        "supervision/abnormal.html",
        rows=shown,
        where=where,
        selects=selects,
        narrowed=bool(_query(filters)),
        formats=_formats(filters),
    )


@bp.get("/supervision/abnormal/abnormal.csv")
@published(query=KEYS)
def abnormal_csv() -> ResponseReturnValue:
    """Give the list as a table, with the same filters."""
    with reading() as session:
        shown = _shown(session, _filters(), limit=TABLE_MOST)
    head = [
        *(_("Agency"), _("Credit code"), _("Region"), _("Cause"), _("What happened"), _("Since")),
        *(_("Decision number"), _("Authority"), _("Address")),
    ]
    return csv_answer("abnormal", head, [_row(each) for each in shown])


@bp.get("/supervision/abnormal/abnormal.json")
@published(query=(*KEYS, "page"))
def abnormal_json() -> ResponseReturnValue:
    """Give the list as JSON, with the same filters, a hundred a page."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count_in_force(session, filters), size=JSON_PAGE)
        shown = _shown(session, filters, limit=JSON_PAGE, offset=where.offset)
    return json_answer(where.envelope([_record(each) for each in shown]))


@bp.get("/supervision/abnormal/feed.atom")
@published(query=KEYS)
def abnormal_feed() -> ResponseReturnValue:
    """Give the newest marks as a feed, with the same filters."""
    filters = _filters()
    with reading() as session:
        shown = _shown(session, filters, limit=FEED_LENGTH)
    query = _query(filters)
    return atom_answer(
        Feed(
            title=_("Abnormal operation"),
            page_url=absolute("portal.abnormal", query),
            own_url=absolute("portal.abnormal_feed", query),
            entries=[_entry(each) for each in shown],
        )
    )


def _filters() -> Filters:
    return Filters(cause=request.args.get("cause", ""), region=request.args.get("region", ""))


def _query(filters: Filters) -> str:
    return spelled({"cause": filters.cause, "region": filters.region})


def _formats(filters: Filters) -> dict[str, str]:
    names = {"csv": "portal.abnormal_csv", "json": "portal.abnormal_json", "feed": "portal.abnormal_feed"}
    return {name: address(endpoint, _query(filters)) for name, endpoint in names.items()}


def _selects(session: Session, filters: Filters) -> list[Select]:
    causes = queries.counts_by_cause(session, Filters(region=filters.region))
    codes = queries.counts_by_region(session)
    names = regions.names(session, codes)
    every = Option("", _("All"))
    return [
        Select(
            "cause",
            _("Cause"),
            filters.cause,
            [every, *(Option(each, str(word), causes.get(each, 0)) for each, word in CAUSE.items())],
        ),
        Select(
            "region",
            _("Region"),
            filters.region,
            [every, *(Option(code, names.get(code, code), None, "zh-Hans") for code in codes)],
        ),
    ]


def _shown(session: Session, filters: Filters, *, limit: int, offset: int = 0) -> list[Marked]:
    marks: Sequence[AbnormalMark] = queries.in_force(session, filters, limit=limit, offset=offset)
    holders = agencies.by_ids(session, {each.agency_id for each in marks})
    names = regions.names(session, {each.region_code for each in holders.values() if each.region_code})
    return [
        Marked(each, holders[each.agency_id], names.get(holders[each.agency_id].region_code or "", ""))
        for each in marks
    ]


def _row(marked: Marked) -> list[object]:
    mark, agency = marked.mark, marked.agency
    return [
        *(agency.name, agency.uscc, marked.region, marked.cause, mark.facts, mark.set_on),
        *(mark.decision_no, mark.authority, absolute("portal.agency", uid=agency.uid)),
    ]


def _record(marked: Marked) -> dict[str, object]:
    agency = marked.agency
    return {
        **mark_json(marked.mark),
        "agency": {"uid": agency.uid, "name": agency.name, "uscc": agency.uscc},
        "region": {"code": agency.region_code, "name": marked.region},
        "address": absolute("portal.agency", uid=agency.uid),
    }


def _entry(marked: Marked) -> Entry:
    mark = marked.mark
    confirmed: date = mark.confirmed_on or mark.set_on
    return Entry(
        id=f"{absolute('portal.abnormal')}#mark-{mark.id}",
        title=_("%(agency)s: %(what)s", agency=marked.agency.name, what=marked.cause),
        url=absolute("portal.agency", uid=marked.agency.uid),
        published=instant(confirmed),
        updated=instant(confirmed),
        summary=mark.facts,
        categories=(mark.cause,),
    )
