"""Read suggestions: what readers see, what waits for the staff, and the one of a receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.accounts.scope import within
from chengxin.core.counting import counted
from chengxin.core.proofs import Proof
from chengxin.ledger.actions import wait_for_the_end
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import ANSWERED, OPEN, State

PAGE = 30


@dataclass(frozen=True)
class Filters:
    """How the public list is narrowed: by what came of it, by year of the answer, by topic."""

    outcome: str = ""
    year: int | None = None
    topic: str = ""


def listed(session: Session, filters: Filters, *, limit: int, offset: int = 0) -> Sequence[Suggestion]:
    """Return answered suggestions, the newest answer first."""
    rows = _answered(filters).order_by(Suggestion.year.desc(), Suggestion.number.desc())
    return session.scalars(rows.limit(limit).offset(offset)).all()


def count(session: Session, filters: Filters) -> int:
    """Return how many answered suggestions the filters leave."""
    return session.scalar(select(func.count()).select_from(_answered(filters).subquery())) or 0


def changed_last(session: Session, filters: Filters, *, limit: int) -> Sequence[Suggestion]:
    """Return answered suggestions, those answered or amended last first."""
    changed = func.coalesce(Suggestion.amended_on, Suggestion.answered_on)
    rows = _answered(filters).order_by(changed.desc(), Suggestion.year.desc(), Suggestion.number.desc())
    return session.scalars(rows.limit(limit)).all()


def counts_by(session: Session, column: str, filters: Filters) -> dict[Any, int]:
    """Return how many answered suggestions stand under each value of a column."""
    found = _answered(filters).subquery()
    group = found.c[column]
    return counted(session, select(group, func.count()).group_by(group).order_by(group.desc()))


def by_number(session: Session, year: int, number: int) -> Suggestion | None:
    """Return the answered suggestion of a public address."""
    return session.scalar(_answered(Filters(year=year)).where(Suggestion.number == number))


def addresses(session: Session, *, limit: int) -> Sequence[tuple[int, int, date]]:
    """Return year, number and last change of answered suggestions, newest first."""
    changed = func.coalesce(Suggestion.amended_on, Suggestion.answered_on)
    rows = select(Suggestion.year, Suggestion.number, changed).where(Suggestion.state.in_(sorted(ANSWERED)))
    ordered = rows.order_by(Suggestion.year.desc(), Suggestion.number.desc()).limit(limit)
    return [(year or 0, number or 0, day) for year, number, day in session.execute(ordered)]


def by_id(session: Session, suggestion_id: int) -> Suggestion | None:
    """Return a suggestion in whatever state it is."""
    return session.get(Suggestion, suggestion_id)


def by_code_hash(session: Session, code_hash: str) -> Suggestion | None:
    """Return the suggestion of a receipt's code."""
    return session.scalar(select(Suggestion).where(Suggestion.code_hash == code_hash))


def by_receipt(session: Session, proof: Proof) -> Suggestion | None:
    """Return the suggestion that code and phrase open."""
    found = by_code_hash(session, proof.code_hash)
    return found if proof.fits(found.reply_key if found else None) else None


def in_state(session: Session, state: str, *, officer: Officer, offset: int = 0) -> Sequence[Suggestion]:
    """Return an officer's suggestions of a state: those that wait by their deadline, the others newest first."""
    rows = select(Suggestion).where(Suggestion.state == state, within(Suggestion.region_code, officer))
    waits = (Suggestion.reply_by, Suggestion.id)
    ordered = rows.order_by(*waits) if state in OPEN else rows.order_by(Suggestion.id.desc())
    return session.scalars(ordered.limit(PAGE).offset(offset)).all()


def counts_by_state(session: Session, *, officer: Officer) -> Mapping[str, int]:
    """Return how many suggestions an officer has in each state; none is a zero."""
    rows = select(Suggestion.state, func.count()).where(within(Suggestion.region_code, officer))
    rows = rows.group_by(Suggestion.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def next_number(session: Session, *, year: int) -> int:
    """Return the next free number of a year and keep others waiting until this transaction ends."""
    wait_for_the_end(session)
    highest = session.scalar(select(func.max(Suggestion.number)).where(Suggestion.year == year))
    return (highest or 0) + 1


def _answered(filters: Filters) -> Select[Suggestion]:
    rows = select(Suggestion).where(Suggestion.state.in_(sorted(ANSWERED)))
    if filters.outcome:
        rows = rows.where(Suggestion.state == filters.outcome)
    if filters.year is not None:
        rows = rows.where(Suggestion.year == filters.year)
    return rows.where(Suggestion.topic == filters.topic) if filters.topic else rows
