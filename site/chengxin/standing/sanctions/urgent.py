"""The urgent path: publish first with a stated reason, have it reviewed within one working day.

Until the review the last day of such a notice is the review's: without a review it leaves the public by that day,
worker or not. A review gives it its real term; a refusal takes it down at once.
"""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.ledger.rules import WORKER, account_of
from chengxin.standing.sanctions import revisions
from chengxin.standing.sanctions.actions import first_day
from chengxin.standing.sanctions.deadlines import USUAL, Clock, Practice, due_after
from chengxin.standing.sanctions.hands import put_hand
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LAPSED, Act, Part, State, is_public, move
from chengxin.standing.sanctions.stages import check_publishable
from chengxin.standing.sanctions.steps import by_version, course_of, step
from chengxin.standing.sanctions.wording import wording_of


def publish_urgently(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Publish a decision before its legal review because waiting would do harm; a second person still does it."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.PUBLISH_URGENTLY, reason=reason)
    if not sanction.decided:
        raise DomainError(N_("Only a decision can be published: nothing is decided here yet."))
    check_publishable(course_of(sanction), minor_allowed=practice.publish_minor)
    put_hand(session, sanction, actor=actor, part=Part.SECOND)
    days = first_day(session, sanction, actor=actor)
    review_by = due_after(Clock.REVIEW, clock.today()).date
    step(
        session,
        sanction,
        Act.PUBLISH_URGENTLY,
        actor=actor,
        reason=reason,
        practice=practice,
        **{**days, "max_until": min(days["max_until"], review_by)},
        urgent_reason=reason.strip(),
    )
    revisions.keep(session, sanction, published_on=clock.today())
    return sanction


def confirm_urgent(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Pass an urgent publication in legal review afterwards; it keeps standing for its whole term."""
    sanction = _to_review(session, sanction_id, version, Act.CONFIRM_URGENT, actor=actor, reason=reason)
    span = wording_of(sanction).term
    return step(
        session,
        sanction,
        Act.CONFIRM_URGENT,
        actor=actor,
        reason=reason,
        practice=practice,
        reviewed_by=account_of(actor),
        reviewed_at=clock.now(),
        max_until=span.max_until,
    )


def refuse_urgent(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Refuse an urgent publication in legal review: it is withdrawn at once, and the public reads why."""
    sanction = _to_review(session, sanction_id, version, Act.REFUSE_URGENT, actor=actor, reason=reason)
    return step(
        session,
        sanction,
        Act.REFUSE_URGENT,
        actor=actor,
        reason=reason,
        practice=practice,
        ended_by=account_of(actor),
        ended_on=clock.today(),
    )


def lapse_due(session: Session, *, today: date) -> int:
    """Withdraw every urgent publication whose review day is over without a review; return how many."""
    rows = select(Sanction).where(
        Sanction.state == State.PUBLISHED,
        Sanction.urgent_reason != "",
        Sanction.reviewed_by.is_(None),
        Sanction.max_until < today,
    )
    due = session.scalars(rows.order_by(Sanction.id).with_for_update(skip_locked=True)).all()
    for sanction in due:
        last_day = sanction.max_until
        step(
            session,
            sanction,
            Act.LAPSE,
            actor=WORKER,
            reason=LAPSED,
            ended_on=last_day + timedelta(days=1),
        )
    return len(due)


def _to_review(
    session: Session, sanction_id: int, version: int, act: Act, *, actor: str, reason: str
) -> Sanction:
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, act, reason=reason)
    if not course_of(sanction).awaits_review:
        raise DomainError(N_("This notice does not wait for a review."))
    if not is_public(sanction.state, sanction.max_until, clock.today()):
        raise DomainError(N_("The day of the review is over: this notice is public no more."))
    if account_of(actor) == sanction.published_by:
        raise NotAllowedError(N_("Another person has to review what you published yourself."))
    put_hand(session, sanction, actor=actor, part=Part.SECOND)
    return sanction
