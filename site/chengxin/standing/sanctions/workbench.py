"""Read notices for the staff: drafts, reviews and ends, with everything that is not public."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.core.counting import counted
from chengxin.ledger.models import Event
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State

AUTHORING = ("sanction.drafted", "sanction.revised")


def by_id(session: Session, sanction_id: int) -> Sanction | None:
    """Return a notice in whatever state it is."""
    return session.get(Sanction, sanction_id)


def in_state(session: Session, state: str, *, limit: int = 30, offset: int = 0) -> Sequence[Sanction]:
    """Return the notices of a state, last touched first."""
    rows = select(Sanction).where(Sanction.state == state)
    ordered = rows.order_by(Sanction.published_on.desc(), Sanction.submitted_at.desc(), Sanction.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session) -> Mapping[str, int]:
    """Return how many notices are in each state; none is a zero."""
    rows = select(Sanction.state, func.count()).group_by(Sanction.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def waiting_for_review(session: Session, *, limit: int = 30, offset: int = 0) -> Sequence[Sanction]:
    """Return the submitted drafts, longest waiting first."""
    rows = select(Sanction).where(Sanction.state == State.SUBMITTED)
    ordered = rows.order_by(Sanction.submitted_at, Sanction.id)
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def ends_proposed(session: Session, *, limit: int = 30, offset: int = 0) -> Sequence[Sanction]:
    """Return the published notices somebody proposed to end, oldest first."""
    rows = select(Sanction).where(Sanction.state == State.PUBLISHED, Sanction.proposed_end != "")
    return session.scalars(rows.order_by(Sanction.id).limit(limit).offset(offset)).all()


def by_complaint(session: Session, complaint_id: int) -> Sequence[Sanction]:
    """Return the notices that grew out of a complaint, oldest first."""
    rows = select(Sanction).where(Sanction.complaint_id == complaint_id)
    return session.scalars(rows.order_by(Sanction.id)).all()


def authors_of(session: Session, sanction: Sanction) -> set[str]:
    """Return everybody who wrote a part of a draft, by the ledger."""
    rows = select(Event.actor).where(
        Event.subject_kind == "sanction", Event.subject_id == sanction.id, Event.verb.in_(AUTHORING)
    )
    return {*session.scalars(rows.distinct()), f"account:{sanction.drafted_by}"}
