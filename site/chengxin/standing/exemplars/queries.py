"""Read exemplary titles: by year, by agency, and what the desk has in hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.core.counting import counted
from chengxin.core.regions import region_start
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, Level, State

CHUNK = 500
PAGE = 30
OWN = Honour.kind == HonourKind.AGENCY
KINDS_IN_ORDER = case({kind.value: place for place, kind in enumerate(HonourKind)}, value=Honour.kind)
LEVELS_IN_ORDER = case({level.value: -place for place, level in enumerate(Level)}, value=Honour.level)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader narrows the list of a year by; empty means everything."""

    kind: str = ""
    level: str = ""
    region: str = ""


EVERYTHING = Filters()


def by_year(
    session: Session, year: int, filters: Filters = EVERYTHING, *, limit: int = PAGE, offset: int = 0
) -> Sequence[Honour]:
    """Return the titles awarded for a year and not withdrawn, whether or not their term still runs."""
    rows = _narrowed(select(Honour), year, filters)
    ordered = rows.order_by(KINDS_IN_ORDER, LEVELS_IN_ORDER, Honour.id)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_by_year(session: Session, year: int, filters: Filters = EVERYTHING) -> int:
    """Return how many titles `by_year` would list."""
    return session.scalar(_narrowed(select(func.count(Honour.id)), year, filters)) or 0


def counts_by_kind(session: Session, year: int, filters: Filters) -> Mapping[str, int]:
    """Return how many titles of a year there are of each kind."""
    rows = _narrowed(select(Honour.kind, func.count(Honour.id)), year, filters)
    return counted(session, rows.group_by(Honour.kind))


def counts_by_level(session: Session, year: int, filters: Filters) -> Mapping[str, int]:
    """Return how many titles of a year there are of each level."""
    rows = _narrowed(select(Honour.level, func.count(Honour.id)), year, filters)
    return counted(session, rows.group_by(Honour.level))


def counts_by_region(session: Session, year: int, filters: Filters) -> Mapping[str, int]:
    """Return how many titles of a year there are of each region's code."""
    rows = _narrowed(select(Agency.region_code, func.count(Honour.id)), year, filters, by_agency=True)
    ordered = rows.group_by(Agency.region_code).order_by(Agency.region_code)
    return {code: count for code, count in session.execute(ordered) if code is not None}


def years(session: Session) -> Mapping[int, int]:
    """Return the years that have titles and how many, newest year first; a year of withdrawn titles has 0."""
    held = func.count(case((Honour.state == State.AWARDED, 1)))
    rows = select(Honour.year, held).where(Honour.state.in_((State.AWARDED, State.WITHDRAWN)))
    return counted(session, rows.group_by(Honour.year).order_by(Honour.year.desc()))


def withdrawn(session: Session, year: int) -> Sequence[Honour]:
    """Return the titles of a year that were withdrawn, the last one first."""
    rows = select(Honour).where(Honour.state == State.WITHDRAWN, Honour.year == year)
    return session.scalars(rows.order_by(Honour.ended_on.desc(), Honour.id.desc())).all()


def in_force(session: Session, *, today: date, limit: int, offset: int = 0) -> Sequence[Honour]:
    """Return the titles of agencies whose term runs, the last awarded first, each batch in its own order."""
    rows = select(Honour).where(*_in_force(today), OWN)
    ordered = rows.order_by(Honour.awarded_on.desc(), Honour.id)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def holders_in_force(session: Session, *where: ColumnElement[bool], today: date) -> Sequence[int]:
    """Return the agencies with titles whose term runs, of whatever kind, that meet some conditions."""
    rows = select(Honour.agency_id).where(*_in_force(today), *where).distinct()
    return session.scalars(rows.order_by(Honour.agency_id)).all()


def count_holders(session: Session, *, today: date) -> int:
    """Return how many agencies hold a title of their own whose term runs."""
    rows = select(func.count(Honour.agency_id.distinct())).where(*_in_force(today), OWN)
    return session.scalar(rows) or 0


def by_agency(session: Session, agency_id: int) -> Sequence[Honour]:
    """Return the titles of one agency that were not withdrawn, newest year first."""
    rows = select(Honour).where(Honour.state == State.AWARDED, Honour.agency_id == agency_id)
    return session.scalars(rows.order_by(Honour.year.desc(), Honour.id.desc())).all()


def by_agencies(session: Session, ids: Collection[int], *, today: date) -> dict[int, list[Honour]]:
    """Return the titles in force that agencies hold themselves, newest year first, without a query a row.

    A window or a worker that is named says nothing about how the whole agency stands.
    """
    found: dict[int, list[Honour]] = {each: [] for each in ids}
    wanted = list(found)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        own = (Honour.kind == HonourKind.AGENCY, Honour.agency_id.in_(some))
        rows = select(Honour).where(*_in_force(today), *own)
        for each in session.scalars(rows.order_by(Honour.year.desc(), Honour.id.desc())):
            found[each.agency_id].append(each)
    return found


def by_id(session: Session, honour_id: int) -> Honour | None:
    """Return a title in whatever state it is; for the desk."""
    return session.get(Honour, honour_id)


def _narrowed(rows: Any, year: int, filters: Filters, *, by_agency: bool = False) -> Any:
    narrowed: Any = rows.where(Honour.state == State.AWARDED, Honour.year == year)
    if filters.kind:
        narrowed = narrowed.where(Honour.kind == filters.kind)
    if filters.level:
        narrowed = narrowed.where(Honour.level == filters.level)
    if filters.region or by_agency:
        narrowed = narrowed.join(Agency, Agency.id == Honour.agency_id)
    if filters.region:
        narrowed = narrowed.where(
            Agency.region_code.startswith(region_start(filters.region), autoescape=True)
        )
    return narrowed


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of `rules.is_in_force` for the database."""
    return (
        Honour.state == State.AWARDED,
        or_(Honour.valid_until.is_(None), Honour.valid_until >= today),
    )
