"""Read exemplary titles: by year, by agency, and what the desk has in hand."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from chengxin.core.counting import counted
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import State

CHUNK = 500
PAGE = 30


def by_year(session: Session, year: int, *, limit: int = PAGE, offset: int = 0) -> Sequence[Honour]:
    """Return the titles awarded for a year and not withdrawn, whether or not their term still runs."""
    rows = select(Honour).where(Honour.state == State.AWARDED, Honour.year == year)
    ordered = rows.order_by(Honour.kind, Honour.id)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_by_year(session: Session, year: int) -> int:
    """Return how many titles `by_year` would list."""
    return years(session).get(year, 0)


def years(session: Session) -> Mapping[int, int]:
    """Return the years that have titles and how many, newest year first."""
    rows = select(Honour.year, func.count()).where(Honour.state == State.AWARDED)
    ordered = rows.group_by(Honour.year).order_by(Honour.year.desc())
    return counted(session, ordered)


def latest(session: Session, *, today: date, limit: int = 4) -> Sequence[Honour]:
    """Return the titles in force that were awarded last."""
    rows = select(Honour).where(*_in_force(today))
    return session.scalars(rows.order_by(Honour.awarded_on.desc(), Honour.id.desc()).limit(limit)).all()


def count_in_force(session: Session, *, today: date) -> int:
    """Return how many titles count today."""
    return session.scalar(select(func.count()).select_from(Honour).where(*_in_force(today))) or 0


def by_agency(session: Session, agency_id: int) -> Sequence[Honour]:
    """Return the titles of one agency that were not withdrawn, newest year first."""
    rows = select(Honour).where(Honour.state == State.AWARDED, Honour.agency_id == agency_id)
    return session.scalars(rows.order_by(Honour.year.desc(), Honour.id.desc())).all()


def by_agencies(session: Session, ids: Collection[int], *, today: date) -> dict[int, list[Honour]]:
    """Return the titles in force of some agencies, newest year first, without a query a row."""
    found: dict[int, list[Honour]] = {each: [] for each in ids}
    wanted = list(found)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = select(Honour).where(*_in_force(today), Honour.agency_id.in_(some))
        for each in session.scalars(rows.order_by(Honour.year.desc(), Honour.id.desc())):
            found[each.agency_id].append(each)
    return found


def by_id(session: Session, honour_id: int) -> Honour | None:
    """Return a title in whatever state it is; for the desk."""
    return session.get(Honour, honour_id)


def in_state(session: Session, state: str, *, limit: int = PAGE, offset: int = 0) -> Sequence[Honour]:
    """Return the titles of a state, newest first; for the desk."""
    rows = select(Honour).where(Honour.state == state).order_by(Honour.year.desc(), Honour.id.desc())
    return session.scalars(rows.limit(limit).offset(offset)).all()


def counts_by_state(session: Session) -> Mapping[str, int]:
    """Return how many titles are in each state; none is a zero."""
    rows = select(Honour.state, func.count()).group_by(Honour.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of `rules.is_in_force` for the database."""
    return (
        Honour.state == State.AWARDED,
        or_(Honour.valid_until.is_(None), Honour.valid_until >= today),
    )
