"""Suggestions and what came of them: the public list with its formats, and one suggestion (征求意见, 四(三))."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, published, spelled
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, csv_answer, json_answer
from chengxin.portal.paging import paging
from chengxin.portal.selects import Option, Select
from chengxin.portal.voices.suggestion_records import Told, feed_entry, record, table_head, table_row
from chengxin.voices.suggestions import queries
from chengxin.voices.suggestions.labels import STATE, TOPIC
from chengxin.voices.suggestions.queries import Filters
from chengxin.voices.suggestions.rules import OUTCOMES

KEYS = ("outcome", "year", "topic")
NO_YEAR = 1
TABLE_MOST = 20_000


@bp.get("/suggestions/")
@published(query=(*KEYS, "page"))
def suggestions() -> ResponseReturnValue:
    """List answered suggestions, newest first, with filters in the address."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count(session, filters), size=queries.PAGE)
        found = queries.listed(session, filters, limit=queries.PAGE, offset=where.offset)
        selects = _selects(session, filters)
    return render_template(
        "suggestions/list.html",
        rows=[Told(each) for each in found],
        where=where,
        selects=selects,
        narrowed=bool(_query(filters)),
        formats=_formats(filters),
        today=clock.today(),
    )


@bp.get("/suggestions/suggestions.csv")
@published(query=KEYS)
def suggestions_csv() -> ResponseReturnValue:
    """Give the list as a table, with the same filters."""
    with reading() as session:
        found = queries.listed(session, _filters(), limit=TABLE_MOST)
    return csv_answer("suggestions", table_head(), [table_row(Told(each)) for each in found])


@bp.get("/suggestions/suggestions.json")
@published(query=(*KEYS, "page"))
def suggestions_json() -> ResponseReturnValue:
    """Give the list as JSON, with the same filters."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count(session, filters), size=queries.PAGE)
        found = queries.listed(session, filters, limit=queries.PAGE, offset=where.offset)
    return json_answer(where.envelope([record(Told(each)) for each in found]))


@bp.get("/suggestions/suggestions.atom")
@published(query=KEYS)
def suggestions_feed() -> ResponseReturnValue:
    """Give what was answered last as a feed, with the same filters."""
    filters = _filters()
    with reading() as session:
        found = queries.changed_last(session, filters, limit=FEED_LENGTH)
    query = _query(filters)
    return atom_answer(
        Feed(
            title=_("Suggestions and replies"),
            page_url=absolute("portal.suggestions", query),
            own_url=absolute("portal.suggestions_feed", query),
            entries=[feed_entry(Told(each)) for each in found],
        )
    )


@bp.get("/suggestions/<year:year>/<number:number>/")
@published()
def suggestion(year: int, number: int) -> ResponseReturnValue:
    """Show an answered suggestion with its reply."""
    with reading() as session:
        found = queries.by_number(session, year, number) or abort(404)
    formats = {"json": address("portal.suggestion_json", year=year, number=number)}
    return render_template("suggestions/suggestion.html", told=Told(found), formats=formats)


@bp.get("/suggestions/<year:year>/<number:number>.json")
@published()
def suggestion_json(year: int, number: int) -> ResponseReturnValue:
    """Give an answered suggestion as JSON: everything its page shows."""
    with reading() as session:
        found = queries.by_number(session, year, number) or abort(404)
    return json_answer(record(Told(found)))


def _filters() -> Filters:
    args, year = request.args, request.args.get("year", "")
    return Filters(
        outcome=args.get("outcome", ""),
        year=(whole(year) or NO_YEAR) if year else None,
        topic=args.get("topic", ""),
    )


def _query(filters: Filters) -> str:
    return spelled({"outcome": filters.outcome, "year": filters.year, "topic": filters.topic})


def _formats(filters: Filters) -> dict[str, str]:
    names = {"csv": "suggestions_csv", "json": "suggestions_json", "feed": "suggestions_feed"}
    return {name: address(f"portal.{endpoint}", _query(filters)) for name, endpoint in names.items()}


def _selects(session: Session, filters: Filters) -> list[Select]:
    outcomes = {each: STATE[each] for each in OUTCOMES}
    states = queries.counts_by(session, "state", replace(filters, outcome=""))
    topics = queries.counts_by(session, "topic", replace(filters, topic=""))
    years = queries.counts_by(session, "year", replace(filters, year=None))
    return [
        Select("outcome", _("What came of it"), filters.outcome, _options(outcomes, states)),
        Select("topic", _("Topic"), filters.topic, _options(TOPIC, topics)),
        Select("year", _("Year"), filters.year or "", _options({year: str(year) for year in years}, years)),
    ]


def _options(words: Mapping[Any, str], counts: Mapping[Any, int]) -> list[Option]:
    each = [Option(value, str(word), counts.get(value, 0)) for value, word in words.items()]
    return [Option("", _("All")), *each]
