"""Read what is left in public of ended notices: that they were there and how they ended, never their words."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.queries import PAGE, tombstone_of
from chengxin.standing.sanctions.rules import ENDED, State, Tombstone, is_public


def ended(
    session: Session, *, today: date, year: int | None = None, limit: int = PAGE, offset: int = 0
) -> Sequence[Tombstone]:
    """Return the notices whose publication is over, newest address first."""
    rows = select(Sanction).where(*_ended(today, year))
    ordered = rows.order_by(Sanction.year.desc(), Sanction.number.desc())
    found = [tombstone_of(each, today) for each in session.scalars(ordered.limit(limit).offset(offset))]
    return [each for each in found if each is not None]


def count_ended(session: Session, *, today: date, year: int | None = None) -> int:
    """Return how many notices `ended` would list."""
    return session.scalar(select(func.count()).select_from(Sanction).where(*_ended(today, year))) or 0


def counts_by_year(session: Session, *, today: date) -> Mapping[int, int]:
    """Return how many ended notices there are of each year, newest year first."""
    rows = select(Sanction.year, func.count()).where(*_ended(today, None))
    ordered = rows.group_by(Sanction.year).order_by(Sanction.year.desc())
    return {year: count for year, count in session.execute(ordered) if year is not None}


def of_year(
    session: Session, year: int, *, today: date, limit: int = PAGE, offset: int = 0
) -> Sequence[Sanction | Tombstone]:
    """Return every notice ever numbered in a year, newest number first: in force, or what is left of it."""
    rows = select(Sanction).where(Sanction.year == year, Sanction.number.is_not(None))
    found = session.scalars(rows.order_by(Sanction.number.desc()).limit(limit).offset(offset)).all()
    shown = (
        each if is_public(each.state, each.max_until, today) else tombstone_of(each, today) for each in found
    )
    return [each for each in shown if each is not None]


def years(session: Session) -> Mapping[int, int]:
    """Return how many notices were numbered in each year, newest year first."""
    rows = select(Sanction.year, func.count()).where(Sanction.number.is_not(None))
    ordered = rows.group_by(Sanction.year).order_by(Sanction.year.desc())
    return {year: count for year, count in session.execute(ordered) if year is not None}


def _ended(today: date, year: int | None) -> list[ColumnElement[bool]]:
    """Return the conditions of `rules.end_of` for the database."""
    over = and_(Sanction.state == State.PUBLISHED, Sanction.max_until < today)
    ended = Sanction.state.in_(sorted({*ENDED, State.ARCHIVED}))
    conditions = [Sanction.number.is_not(None), or_(ended, over)]
    return conditions if year is None else [*conditions, Sanction.year == year]
