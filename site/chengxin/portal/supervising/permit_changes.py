"""What happened to permits: the public list of grants, changes, renewals and endings (条例 art. 20–22)."""

import re
from collections.abc import Sequence
from datetime import date

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.agencies.labels import PERMIT_KIND
from chengxin.agencies.permits import queries
from chengxin.agencies.permits.labels import CHANGE
from chengxin.agencies.permits.queries import Filters, Happened, Place
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, published, spelled
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, csv_answer, json_answer
from chengxin.portal.selects import Option, Select
from chengxin.portal.supervising.permit_change_records import (
    brief,
    changes_of,
    feed_entry,
    table_head,
    table_row,
)

KEYS = ("kind", "year", "region", "permit")
NO_YEAR = 1
TABLE_MOST = 20_000
PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_(-?[0-9]{1,12})", re.ASCII)


@bp.get("/permits/changes")
@published(query=(*KEYS, "before"))
def permit_changes() -> ResponseReturnValue:
    """List what happened to permits, newest day first, with filters in the address."""
    filters, before, today = _filters(), _before(), clock.today()
    with reading() as session:
        found = queries.listed(session, filters, today=today, before=before, limit=queries.PAGE + 1)
        shown = changes_of(session, found[: queries.PAGE])
        total = queries.count(session, filters, today=today)
        selects = _selects(session, filters, today)
    return render_template(
        "permits/changes.html",
        changes=shown,
        total=total,
        selects=selects,
        narrowed=bool(_query(filters)),
        formats=_formats(filters),
        first_url=address("portal.permit_changes", _query(filters)) if before else "",
        next_url=_next("portal.permit_changes", filters, found),
    )


@bp.get("/permits/changes.csv")
@published(query=KEYS)
def permit_changes_csv() -> ResponseReturnValue:
    """Give the list as a table, with the same filters."""
    with reading() as session:
        found = queries.listed(session, _filters(), today=clock.today(), limit=TABLE_MOST)
        shown = changes_of(session, found)
    return csv_answer("permit-changes", table_head(), [table_row(each) for each in shown])


@bp.get("/permits/changes.json")
@published(query=(*KEYS, "before"))
def permit_changes_json() -> ResponseReturnValue:
    """Give the list as JSON, with the same filters; `next` leads on."""
    filters, today = _filters(), clock.today()
    with reading() as session:
        found = queries.listed(session, filters, today=today, before=_before(), limit=queries.PAGE + 1)
        shown = changes_of(session, found[: queries.PAGE])
        total = queries.count(session, filters, today=today)
    following = _next("portal.permit_changes_json", filters, found)
    return json_answer(
        {
            "total": total,
            "next": absolute("portal.permit_changes_json", following.partition("?")[2])
            if following
            else None,
            "items": [brief(each) for each in shown],
        }
    )


@bp.get("/permits/changes.atom")
@published(query=KEYS)
def permit_changes_feed() -> ResponseReturnValue:
    """Give what was recorded last as a feed, with the same filters."""
    filters = _filters()
    with reading() as session:
        found = queries.recorded_last(session, filters, today=clock.today(), limit=FEED_LENGTH)
        shown = changes_of(session, found)
    query = _query(filters)
    return atom_answer(
        Feed(
            title=_("Changes of permits"),
            page_url=absolute("portal.permit_changes", query),
            own_url=absolute("portal.permit_changes_feed", query),
            entries=[feed_entry(each) for each in shown],
        )
    )


def _filters() -> Filters:
    args, year = request.args, request.args.get("year", "")
    return Filters(
        change=args.get("kind", ""),
        year=(whole(year) or NO_YEAR) if year else None,
        region=args.get("region", ""),
        permit=args.get("permit", ""),
    )


def _before() -> Place | None:
    """Return the place after which the reader goes on; an address that names none is a 404."""
    asked = request.args.get("before", "")
    if not asked:
        return None
    named = PLACE.fullmatch(asked)
    if named is None:
        abort(404)
    try:
        return Place(date.fromisoformat(named[1]), int(named[2]))
    except ValueError:
        abort(404)


def _next(endpoint: str, filters: Filters, found: Sequence[Happened]) -> str:
    if len(found) <= queries.PAGE:
        return ""
    place = found[queries.PAGE - 1].place
    asked = {**_asked(filters), "before": f"{place.on.isoformat()}_{place.number}"}
    return address(endpoint, spelled(asked))


def _asked(filters: Filters) -> dict[str, object]:
    return {
        "kind": filters.change,
        "year": filters.year,
        "region": filters.region,
        "permit": filters.permit,
    }


def _query(filters: Filters) -> str:
    return spelled(_asked(filters))


def _formats(filters: Filters) -> dict[str, str]:
    names = {
        "csv": "portal.permit_changes_csv",
        "json": "portal.permit_changes_json",
        "feed": "portal.permit_changes_feed",
    }
    return {name: address(endpoint, _query(filters)) for name, endpoint in names.items()}


def _selects(session: Session, filters: Filters, today: date) -> list[Select]:
    every = Option("", _("All"))
    kinds = queries.counts_by_change(session, _without(filters, "change"), today=today)
    permits = queries.counts_by_permit(session, _without(filters, "permit"), today=today)
    codes = queries.counts_by_region(session, _without(filters, "region"), today=today)
    names = regions.names(session, codes)
    return [
        Select(
            "kind",
            _("Kind of change"),
            filters.change,
            [every, *(Option(each, str(word), kinds.get(each, 0)) for each, word in CHANGE.items())],
        ),
        Select(
            "permit",
            _("Permit"),
            filters.permit,
            [every, *(Option(each, str(word), permits.get(each, 0)) for each, word in PERMIT_KIND.items())],
        ),
        Select(
            "year",
            _("Year"),
            filters.year or "",
            [every, *(Option(year, str(year)) for year in queries.years(session))],
        ),
        Select(
            "region",
            _("Region"),
            filters.region,
            [
                every,
                *(Option(code, names.get(code, code), count, "zh-Hans") for code, count in codes.items()),
            ],
        ),
    ]


def _without(filters: Filters, name: str) -> Filters:
    kept = {"change": filters.change, "region": filters.region, "permit": filters.permit, name: ""}
    return Filters(year=filters.year, **kept)
