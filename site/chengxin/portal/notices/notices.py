"""The notices: exposure and sanctions, as list, table, feed and pages that keep their address."""

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, do_not_keep, published, spelled
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, csv_answer, json_answer
from chengxin.portal.found_texts import in_notices
from chengxin.portal.notices import notice_filters as asked
from chengxin.portal.notices.notice_marks import answered, answers_of, marks_of, told
from chengxin.portal.notices.notice_page import page_of
from chengxin.portal.notices.notice_records import (
    Notice,
    brief,
    card_of,
    citation,
    feed_entry,
    full,
    notices_of,
    number_of,
    table_head,
    table_row,
)
from chengxin.portal.paging import Paging, paging
from chengxin.portal.tabs import tabs_of
from chengxin.standing.sanctions import archive, queries
from chengxin.standing.sanctions.labels import TOMBSTONE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.queries import EVERYTHING, Filters
from chengxin.standing.sanctions.rules import Tombstone

JSON_PAGE = 100
TABLE_MOST = 20_000
LIST_KEYS = (*asked.KEYS, "page")


@bp.get("/notices/")
@published(query=LIST_KEYS)
def notices() -> ResponseReturnValue:
    """List the notices in force, or the addresses of those that are over."""
    if asked.asks_for_ended():
        return _ended_list()
    filters, today = asked.filters_asked(), clock.today()
    with reading() as session:
        where = paging(queries.count_published(session, filters, today=today), size=queries.PAGE)
        shown = _page_of(session, filters, where)
        selects = asked.selects(session, filters, today)
        more = asked.more_selects(session, filters, today)
        years = archive.years(session)
        tabs = tabs_of(session, filters.q, today=today)
    _keep_only_bounded(filters, shown)
    return render_template(
        "notices/list.html",
        notices=shown,
        where=where,
        selects=selects,
        more=more,
        more_open=any(each.value for each in more),
        years=years,
        q=filters.q,
        tab_entries=tabs,
        snippets=in_notices(filters.q, [each.sanction for each in shown]),
        formats=_formats(filters),
    )


@bp.get("/notices/notices.csv")
@published(query=asked.FORMAT_KEYS)
def notices_csv() -> ResponseReturnValue:
    """Give the list as a table, with the same filters."""
    filters, today = asked.filters_asked(), clock.today()
    with reading() as session:
        found = queries.published(session, filters, today=today, limit=TABLE_MOST)
        shown = notices_of(session, found)
    _keep_only_bounded(filters, shown)
    return csv_answer("notices", table_head(), [table_row(each) for each in shown])


@bp.get("/notices/notices.json")
@published(query=(*asked.FORMAT_KEYS, "page"))
def notices_json() -> ResponseReturnValue:
    """Give the list as JSON, with the same filters, a hundred a page."""
    filters, today = asked.filters_asked(), clock.today()
    with reading() as session:
        where = paging(queries.count_published(session, filters, today=today), size=JSON_PAGE)
        shown = _page_of(session, filters, where)
    _keep_only_bounded(filters, shown)
    return json_answer(where.envelope([brief(each) for each in shown]))


@bp.get("/notices/feed.atom")
@published(query=asked.FORMAT_KEYS)
def notices_feed() -> ResponseReturnValue:
    """Give the newest notices as a feed, with the same filters."""
    filters, today = asked.filters_asked(), clock.today()
    with reading() as session:
        found = queries.published(session, filters, today=today, limit=FEED_LENGTH)
        shown, corrected = (
            notices_of(session, found),
            queries.corrected_on(session, [each.id for each in found]),
        )
    _keep_only_bounded(filters, shown)
    query = _query(filters)
    return atom_answer(
        Feed(
            title=_("Exposure and sanctions"),
            page_url=absolute("portal.notices", query),
            own_url=absolute("portal.notices_feed", query),
            entries=[feed_entry(each, corrected.get(each.sanction.id)) for each in shown],
        )
    )


@bp.get("/notices/<year:year>/<number:number>/")
@published()
def notice(year: int, number: int) -> ResponseReturnValue:
    """Show one notice, or the sentence that is left of it."""
    today = clock.today()
    with reading() as session:
        found = found_by_number(session, year, number)
        if isinstance(found, Tombstone):
            return tombstone_page(found)
        shown, revisions = notices_of(session, [found])[0], queries.revisions(session, found.id)
        marks, answers = marks_of(session, found, revisions), answers_of(session, found)
    return render_template(
        "notices/notice.html",
        notice=shown,
        page=page_of(shown, revisions, answers),
        marks=marks,
        citation=citation(shown, today),
        card=card_of(shown),
    )


@bp.get("/notices/<year:year>/<number:number>.json")
@published()
def notice_json(year: int, number: int) -> ResponseReturnValue:
    """Give one notice as JSON, or what is left of it."""
    with reading() as session:
        found = found_by_number(session, year, number)
        if isinstance(found, Tombstone):
            return json_answer(_remains(found)), 410
        shown, revisions = notices_of(session, [found])[0], queries.revisions(session, found.id)
        marks, answers = marks_of(session, found, revisions), answers_of(session, found)
    return json_answer(
        {**full(shown, revisions, clock.today()), "marks": told(marks), "objections": answered(answers)}
    )


@bp.get("/n/<year:year>-<number:number>")
@published()
def short_notice(year: int, number: int) -> ResponseReturnValue:
    """Lead from the short address to the notice."""
    return redirect(address("portal.notice", year=year, number=number), 301)


def found_by_number(session: Session, year: int, number: int) -> Sanction | Tombstone:
    """Return the notice of an address or what is left of it; a number never given is a 404."""
    found = queries.by_number(session, year, number, today=clock.today())
    return found or abort(404)


def _page_of(session: Session, filters: Filters, where: Paging) -> list[Notice]:
    found = queries.published(session, filters, today=clock.today(), limit=where.size, offset=where.offset)
    return notices_of(session, found)


def _keep_only_bounded(filters: Filters, shown: Sequence[object]) -> None:
    """Keep no page of free words, of filters that find nothing or of unknown states: they are endless."""
    idle = asked.only_year(filters) != filters if asked.asks_for_ended() else not asked.state_is_known()
    if idle or filters.q or asked.is_many(filters) or (filters != EVERYTHING and not shown):
        do_not_keep()


def _ended_list() -> ResponseReturnValue:
    filters, today = asked.filters_asked(), clock.today()
    with reading() as session:
        where = paging(archive.count_ended(session, today=today, year=filters.year), size=queries.PAGE)
        shown = archive.ended(session, today=today, year=filters.year, limit=where.size, offset=where.offset)
        selects = asked.ended_selects(session, filters, today)
    _keep_only_bounded(filters, shown)
    rows = [(number_of(each.year, each.number), each) for each in shown]
    return render_template(
        "notices/ended_list.html", rows=rows, where=where, selects=selects, sentences=TOMBSTONE
    )


def tombstone_page(left: Tombstone) -> ResponseReturnValue:
    """Answer 410 with the one sentence that is left of a notice."""
    number = number_of(left.year, left.number)
    page = render_template("notices/ended.html", left=left, number=number, sentence=TOMBSTONE[left.end])
    return page, 410


def _remains(left: Tombstone) -> dict[str, Any]:
    return {
        "year": left.year,
        "number": left.number,
        "state": left.end,
        "ended_on": left.ended_on,
        "sentence": str(TOMBSTONE[left.end]),
        "reason": left.reason,
    }


def _query(filters: Filters) -> str:
    return spelled({name: getattr(filters, name) for name in asked.FORMAT_KEYS})


def _formats(filters: Filters) -> dict[str, str]:
    query = _query(filters)
    names = {"feed": "portal.notices_feed", "csv": "portal.notices_csv", "json": "portal.notices_json"}
    return {name: address(endpoint, query) for name, endpoint in names.items()}
