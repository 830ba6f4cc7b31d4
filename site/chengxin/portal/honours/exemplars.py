"""The exemplary lists: agencies, windows and persons named for a year, as page, table, JSON and feed."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, do_not_keep, published, spelled
from chengxin.core.web import installation, reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, csv_answer, json_answer
from chengxin.portal.honours import exemplar_filters as asked
from chengxin.portal.honours.exemplar_records import (
    Title,
    feed_entry,
    marks_of,
    objection_url,
    record,
    table_head,
    table_row,
    titles_of,
)
from chengxin.portal.paging import paging
from chengxin.standing.exemplars import queries
from chengxin.standing.exemplars import selection_queries as rounds
from chengxin.standing.exemplars.labels import HONOUR_KIND
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.queries import EVERYTHING, Filters
from chengxin.standing.exemplars.rules import State

PAGE = 60
TABLE_MOST = 20_000
GONE = 410


@bp.get("/exemplary/")
@published()
def exemplars_latest() -> ResponseReturnValue:
    """Lead to the newest list."""
    with reading() as session:
        years = queries.years(session)
    return redirect(url_for("portal.exemplars", year=max(years, default=clock.today().year)))


@bp.get("/exemplary/<year:year>/")
@published(query=(*asked.KEYS, "page"))
def exemplars(year: int) -> ResponseReturnValue:
    """Show who was named exemplary for a year, and whose title was taken back."""
    filters = asked.filters_asked()
    with reading() as session:
        years = _years(session, year)
        where = paging(queries.count_by_year(session, year, filters), size=PAGE)
        titles = titles_of(session, queries.by_year(session, year, filters, limit=PAGE, offset=where.offset))
        withdrawn = titles_of(session, queries.withdrawn(session, year))
        selects = asked.selects(session, year, filters)
        announced, marks = len(rounds.in_publicity(session)), marks_of(session, titles)
    _keep_only_bounded(filters, titles)
    return render_template(
        "exemplars/list.html",
        year=year,
        years=years,
        where=where,
        groups=_groups(titles),
        withdrawn=withdrawn,
        selects=selects,
        announced=announced,
        formats=_formats(year, filters),
        marks=marks,
    )


@bp.get("/exemplary/<year:year>/<number:honour_id>/")
@published()
def exemplar(year: int, honour_id: int) -> ResponseReturnValue:
    """Show the certificate of a title, or what became of it."""
    with reading() as session:
        title = titles_of(session, [_of_year(session, year, honour_id)])[0]
        marks = marks_of(session, [title])[honour_id]
    gone, authority = title.honour.state == State.WITHDRAWN, installation().settings.authority
    page = render_template(
        "exemplars/certificate.html",
        title=title,
        authority=authority,
        marks=marks,
        objection_url=objection_url(honour_id),
    )
    return page, GONE if gone else 200


@bp.get("/exemplary/<year:year>/exemplary.csv")
@published(query=asked.KEYS)
def exemplars_csv(year: int) -> ResponseReturnValue:
    """Give the list of a year as a table, with the same filters."""
    titles = _listed(year, TABLE_MOST)
    return csv_answer(f"exemplary-{year}", table_head(), [table_row(each) for each in titles])


@bp.get("/exemplary/<year:year>/exemplary.json")
@published(query=(*asked.KEYS, "page"))
def exemplars_json(year: int) -> ResponseReturnValue:
    """Give the list of a year as JSON, with the same filters."""
    filters = asked.filters_asked()
    with reading() as session:
        _years(session, year)
        where = paging(queries.count_by_year(session, year, filters), size=PAGE)
        titles = titles_of(session, queries.by_year(session, year, filters, limit=PAGE, offset=where.offset))
    _keep_only_bounded(filters, titles)
    return json_answer(where.envelope([record(each) for each in titles]))


@bp.get("/exemplary/<year:year>/feed.atom")
@published(query=asked.KEYS)
def exemplars_feed(year: int) -> ResponseReturnValue:
    """Give the list of a year as a feed, with the same filters."""
    titles, query = _listed(year, TABLE_MOST), _query(asked.filters_asked())
    newest = sorted(titles, key=lambda each: (each.honour.awarded_on or date.min, each.honour.id))
    return atom_answer(
        Feed(
            title=_("Exemplary list %(year)s", year=year),
            page_url=absolute("portal.exemplars", query, year=year),
            own_url=absolute("portal.exemplars_feed", query, year=year),
            entries=[feed_entry(each) for each in newest[: -FEED_LENGTH - 1 : -1]],
        )
    )


def _listed(year: int, most: int) -> list[Title]:
    filters = asked.filters_asked()
    with reading() as session:
        _years(session, year)
        titles = titles_of(session, queries.by_year(session, year, filters, limit=most))
    _keep_only_bounded(filters, titles)
    return titles


def _years(session: Session, year: int) -> Mapping[int, int]:
    """Return the years with lists; a year without one is a 404, but for this year."""
    years = queries.years(session)
    if year not in years and year != clock.today().year:
        abort(404)
    return years


def _of_year(session: Session, year: int, honour_id: int) -> Honour:
    """Return a title of a year that was once awarded; another is a 404."""
    honour = queries.by_id(session, honour_id)
    known = honour is not None and honour.year == year
    if honour is None or not known or honour.state not in {State.AWARDED, State.WITHDRAWN}:
        abort(404)
    return honour


def _groups(titles: Sequence[Title]) -> list[tuple[str, list[Title]]]:
    """Return the titles by kind: agencies first, then windows, then persons."""
    groups = [
        (str(words), [each for each in titles if each.honour.kind == kind])
        for kind, words in HONOUR_KIND.items()
    ]
    return [group for group in groups if group[1]]


def _keep_only_bounded(filters: Filters, titles: Sequence[Title]) -> None:
    """Keep no page of filters that find nothing: they are endless."""
    if filters != EVERYTHING and not titles:
        do_not_keep()


def _query(filters: Filters) -> str:
    return spelled({"kind": filters.kind, "level": filters.level, "region": filters.region})


def _formats(year: int, filters: Filters) -> dict[str, str]:
    query = _query(filters)
    return {
        "csv": address("portal.exemplars_csv", query, year=year),
        "json": address("portal.exemplars_json", query, year=year),
        "feed": address("portal.exemplars_feed", query, year=year),
    }
