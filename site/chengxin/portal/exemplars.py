"""The exemplary lists: agencies, windows and persons named for a year, as page, table, JSON and feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import published
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
from chengxin.standing.exemplars import queries
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, Level, is_in_force
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing

PAGE = 60
TABLE_MOST = 20_000


@dataclass(frozen=True)
class Title:
    """A title with its agency and how that agency stands today."""

    honour: Honour
    agency: Agency
    standing: Standing
    in_force: bool

    @property
    def name(self) -> str:
        """Return who holds it: the agency, or its window or worker."""
        return f"{self.agency.name} {self.honour.holder}".strip()

    @property
    def level(self) -> str:
        """Return the words for who named."""
        return str(LEVEL[Level(self.honour.level)])

    @property
    def kind(self) -> str:
        """Return the words for what is named."""
        return str(HONOUR_KIND[HonourKind(self.honour.kind)])


@bp.get("/exemplary/")
@published()
def exemplars_latest() -> ResponseReturnValue:
    """Lead to the newest list."""
    with reading() as session:
        years = queries.years(session)
    return redirect(url_for("portal.exemplars", year=max(years, default=clock.today().year)))


@bp.get("/exemplary/<year:year>/")
@published(query=("page",))
def exemplars(year: int) -> ResponseReturnValue:
    """Show who was named exemplary for a year."""
    with reading() as session:
        years = _years(session, year)
        where = paging(years.get(year, 0), size=PAGE)
        titles = _titles(session, year, limit=PAGE, offset=where.offset)
    return render_template(
        "exemplars/list.html",
        year=year,
        years=years,
        where=where,
        groups=_groups(titles),
        formats=_formats(year),
    )


@bp.get("/exemplary/<year:year>/exemplary.csv")
@published()
def exemplars_csv(year: int) -> ResponseReturnValue:
    """Give the list of a year as a table."""
    with reading() as session:
        _years(session, year)
        titles = _titles(session, year, limit=TABLE_MOST)
    head = [
        *(_("Year"), _("Kind"), _("Agency"), _("Credit code"), _("Holder"), _("Level"), _("Merit")),
        *(_("Decision number"), _("Awarded on"), _("Valid until"), _("Address")),
    ]
    return csv_answer(f"exemplary-{year}", head, [_row(each) for each in titles])


@bp.get("/exemplary/<year:year>/exemplary.json")
@published(query=("page",))
def exemplars_json(year: int) -> ResponseReturnValue:
    """Give the list of a year as JSON."""
    with reading() as session:
        where = paging(_years(session, year).get(year, 0), size=PAGE)
        titles = _titles(session, year, limit=PAGE, offset=where.offset)
    return json_answer(where.envelope([_record(each) for each in titles]))


@bp.get("/exemplary/<year:year>/feed.atom")
@published()
def exemplars_feed(year: int) -> ResponseReturnValue:
    """Give the list of a year as a feed."""
    with reading() as session:
        _years(session, year)
        titles = _titles(session, year, limit=TABLE_MOST)
    newest = sorted(titles, key=lambda each: (each.honour.awarded_on or date.min, each.honour.id))
    return atom_answer(
        Feed(
            title=_("Exemplary list %(year)s", year=year),
            page_url=absolute("portal.exemplars", year=year),
            own_url=absolute("portal.exemplars_feed", year=year),
            entries=[_entry(each) for each in newest[: -FEED_LENGTH - 1 : -1]],
        )
    )


def _years(session: Session, year: int) -> Mapping[int, int]:
    """Return the years with lists; a year without one is a 404, but for this year."""
    years = queries.years(session)
    if year not in years and year != clock.today().year:
        abort(404)
    return years


def _titles(session: Session, year: int, *, limit: int, offset: int = 0) -> list[Title]:
    today = clock.today()
    honours = queries.by_year(session, year, limit=limit, offset=offset)
    holders = agencies.by_ids(session, {each.agency_id for each in honours})
    standings = verdicts(session, holders.values(), today=today)
    return [
        Title(
            each,
            holders[each.agency_id],
            standings[each.agency_id].standing,
            is_in_force(each.state, each.valid_until, today),
        )
        for each in honours
    ]


def _groups(titles: Sequence[Title]) -> list[tuple[str, list[Title]]]:
    """Return the titles by kind: agencies first, then windows, then persons."""
    groups = [
        (str(words), [each for each in titles if each.honour.kind == kind])
        for kind, words in HONOUR_KIND.items()
    ]
    return [group for group in groups if group[1]]


def _formats(year: int) -> dict[str, str]:
    return {
        "csv": url_for("portal.exemplars_csv", year=year),
        "json": url_for("portal.exemplars_json", year=year),
        "feed": url_for("portal.exemplars_feed", year=year),
    }


def _row(title: Title) -> list[object]:
    honour, agency = title.honour, title.agency
    return [
        *(honour.year, title.kind, agency.name, agency.uscc, honour.holder, title.level, honour.merit),
        *(honour.decision_no, honour.awarded_on, honour.valid_until),
        absolute("portal.agency", uid=agency.uid),
    ]


def _record(title: Title) -> dict[str, object]:
    honour, agency = title.honour, title.agency
    return {
        "year": honour.year,
        "kind": honour.kind,
        "level": honour.level,
        "holder": honour.holder,
        "merit": honour.merit,
        "batch": honour.batch,
        "decision_no": honour.decision_no,
        "awarded_on": honour.awarded_on,
        "valid_until": honour.valid_until,
        "in_force": title.in_force,
        "agency": {"uid": agency.uid, "name": agency.name, "uscc": agency.uscc, "standing": title.standing},
        "address": absolute("portal.agency", uid=agency.uid),
    }


def _entry(title: Title) -> Entry:
    honour = title.honour
    awarded = instant(honour.awarded_on or date(honour.year, 1, 1))
    page = absolute("portal.exemplars", year=honour.year)
    return Entry(
        id=f"{page}#title-{honour.id}",
        title=title.name,
        url=absolute("portal.agency", uid=title.agency.uid),
        published=awarded,
        updated=awarded,
        summary=honour.merit,
        categories=(honour.kind, honour.level),
    )
