"""Read notices for the staff: drafts, reviews and ends, with everything that is not public."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE
from chengxin.accounts.scope import Part as Seen
from chengxin.core.counting import counted
from chengxin.standing.sanctions.hands import hands_of
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Part, State


def by_id(session: Session, sanction_id: int) -> Sanction | None:
    """Return a notice in whatever state it is."""
    return session.get(Sanction, sanction_id)


def in_state(
    session: Session, state: str, *, seen: Seen = WHOLE, limit: int = 30, offset: int = 0
) -> Sequence[Sanction]:
    """Return the notices of a state, last touched first."""
    rows = select(Sanction).where(Sanction.state == state, seen)
    ordered = rows.order_by(Sanction.published_on.desc(), Sanction.submitted_at.desc(), Sanction.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Seen = WHOLE) -> Mapping[str, int]:
    """Return how many notices are in each state; none is a zero."""
    rows = select(Sanction.state, func.count()).where(seen).group_by(Sanction.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def waiting_for_review(
    session: Session, *, seen: Seen = WHOLE, limit: int = 30, offset: int = 0
) -> Sequence[Sanction]:
    """Return the drafts in legal review, longest waiting first."""
    rows = select(Sanction).where(Sanction.state == State.LEGAL_REVIEW, seen)
    ordered = rows.order_by(Sanction.submitted_at, Sanction.id)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def by_complaint(session: Session, complaint_id: int) -> Sequence[Sanction]:
    """Return the notices that grew out of a complaint, oldest first."""
    rows = select(Sanction).where(Sanction.complaint_id == complaint_id)
    return session.scalars(rows.order_by(Sanction.id)).all()


def overdue(
    session: Session, *, today: date, seen: Seen = WHOLE, limit: int = 30, offset: int = 0
) -> Sequence[Sanction]:
    """Return the notices whose next deadline has passed, longest overdue first."""
    rows = select(Sanction).where(Sanction.due_on < today, seen).order_by(Sanction.due_on, Sanction.id)
    return session.scalars(rows.limit(limit).offset(offset)).all()


def count_overdue(session: Session, *, today: date, seen: Seen = WHOLE) -> int:
    """Return how many notices `overdue` would list."""
    rows = select(func.count()).select_from(Sanction).where(Sanction.due_on < today, seen)
    return session.scalar(rows) or 0


def authors_of(session: Session, sanction: Sanction) -> set[str]:
    """Return everybody who wrote a part of a notice."""
    return {f"account:{each}" for each, part in hands_of(session, sanction).items() if part is Part.AUTHOR}
