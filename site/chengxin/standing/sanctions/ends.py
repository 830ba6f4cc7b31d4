"""End the publication of a notice: early by two persons, or by the calendar."""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import WORKER, Entry, Subject, account_of
from chengxin.standing.sanctions.deadlines import USUAL, Practice
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import (
    EARLY_ENDS,
    Act,
    State,
    check_end,
    check_quashed,
    check_second_person,
    move,
)
from chengxin.standing.sanctions.steps import by_version, fact, step


def propose_end(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    end: State,
    reason: str,
    quashed_on: date | None = None,
) -> Sanction:
    """Ask for an early end, by withdrawal or credit repair; the notice stays public until a second person agrees.

    The day the decision was quashed or changed starts the term in which the notice has to go.
    """
    sanction = by_version(session, sanction_id, version)
    check_quashed(end, quashed_on, sanction.decision_date, clock.today())
    check_end(end, sanction.min_until, clock.today(), proposed=sanction.proposed_end)
    return step(
        session,
        sanction,
        Act.PROPOSE_END,
        actor=actor,
        reason=reason,
        proposed_end=end,
        proposed_end_reason=reason.strip(),
        proposed_end_by=account_of(actor),
        quashed_on=quashed_on,
    )


def quashed(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    reason: str,
    practice: Practice = USUAL,  # noqa: ARG001 (every fact of the proceedings is entered alike)
) -> Sanction:
    """Note the day the decision was quashed or changed, and propose the withdrawal that has to follow."""
    return propose_end(
        session,
        actor=actor,
        sanction_id=sanction_id,
        version=version,
        end=State.WITHDRAWN,
        reason=reason,
        quashed_on=day,
    )


def decline_end(session: Session, *, actor: str, sanction_id: int, version: int, reason: str) -> Sanction:
    """Keep a notice public although somebody proposed to end it."""
    sanction = by_version(session, sanction_id, version)
    _check_proposed(sanction)
    return step(
        session,
        sanction,
        Act.DECLINE_END,
        actor=actor,
        reason=reason,
        proposed_end="",
        proposed_end_reason="",
        proposed_end_by=None,
        quashed_on=None,
    )


def confirm_end(session: Session, *, actor: str, sanction_id: int, version: int) -> Sanction:
    """End a notice early as somebody else proposed; its text is public no more from this moment."""
    sanction = by_version(session, sanction_id, version)
    _check_proposed(sanction)
    act = EARLY_ENDS[State(sanction.proposed_end)]
    proposer = f"account:{sanction.proposed_end_by}"
    check_second_person(act, actor=actor, first_persons=[proposer])
    reason = sanction.proposed_end_reason
    return step(
        session,
        sanction,
        act,
        actor=actor,
        reason=reason,
        proposed_end="",
        state_reason=reason,
        ended_by=account_of(actor),
        ended_on=clock.today(),
    )


def end_due(session: Session, *, today: date) -> int:
    """Write down the end of every notice whose last day is over and return how many there were."""
    due = session.scalars(
        select(Sanction)
        .where(Sanction.state == State.PUBLISHED, Sanction.max_until < today)
        .where(or_(Sanction.urgent_reason == "", Sanction.reviewed_by.is_not(None)))
        .order_by(Sanction.id)
        .with_for_update(skip_locked=True)
    ).all()
    for sanction in due:
        sanction.state = move(sanction.state, Act.EXPIRE)
        sanction.ended_as, sanction.due_on = State.EXPIRED, None
        sanction.ended_on = sanction.max_until + timedelta(days=1)
        sanction.version += 1
    session.flush()
    return ledger.record_many(session, [_expiry(sanction) for sanction in due])


def _expiry(sanction: Sanction) -> Entry:
    return Entry(
        actor=WORKER,
        verb="sanction.expired",
        subject=Subject("sanction", sanction.id),
        old={"state": State.PUBLISHED},
        new=fact(sanction, {"state": State.EXPIRED}),
        public=True,
    )


def _check_proposed(sanction: Sanction) -> None:
    if not sanction.proposed_end:
        raise DomainError(N_("Nobody has proposed to end this notice."))
