"""Draft a notice, hand it in, have it reviewed, and publish it by a second person."""

from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.rules import account_of
from chengxin.standing.sanctions import revisions
from chengxin.standing.sanctions.deadlines import USUAL, Practice, next_due
from chengxin.standing.sanctions.hands import put_hand
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.numbering import next_number
from chengxin.standing.sanctions.rules import (
    Act,
    Part,
    State,
    check_complete,
    check_decision_date,
    is_public,
    move,
)
from chengxin.standing.sanctions.stages import after_review, check_publishable, check_stated
from chengxin.standing.sanctions.steps import by_version, course_of, record, step
from chengxin.standing.sanctions.wording import NEEDED, NEEDED_OF_DECISION, Wording, wording_of

# What belongs to a prior notice: new words have to be told anew.
NOT_YET_TOLD = {
    "told_on": None,
    "replied_on": None,
    "hearing_requested_on": None,
    "heard_on": None,
    "hearing_outcome": "",
}


def draft(session: Session, *, actor: str, wording: Wording, practice: Practice = USUAL) -> Sanction:
    """Write a first draft; nobody outside the desk sees it."""
    made = Sanction(
        **wording.columns(regions.names_down_to(session, wording.region_code)),
        state=State.DRAFT,
        drafted_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    made.due_on = next_due(course_of(made), practice)
    put_hand(session, made, actor=actor, part=Part.AUTHOR)
    record(session, made, actor=actor, verb="sanction.drafted", new={"state": State.DRAFT})
    return made


def revise(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    wording: Wording,
    practice: Practice = USUAL,
) -> Sanction:
    """Replace the words of a draft; whoever revises becomes one of its authors."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.REVISE)
    put_hand(session, sanction, actor=actor, part=Part.AUTHOR)
    new = wording.columns(regions.names_down_to(session, wording.region_code))
    changed = sorted(name for name, value in new.items() if getattr(sanction, name) != value)
    change(session, sanction, version=version, **new)
    sanction.due_on = next_due(course_of(sanction), practice)
    record(session, sanction, actor=actor, verb="sanction.revised", new={"fields": changed})
    return sanction


def submit(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Hand a complete draft to the legal reviewer."""
    sanction = by_version(session, sanction_id, version)
    words = vars(wording_of(sanction))
    check_complete(words, (*NEEDED, *(NEEDED_OF_DECISION if sanction.decided else ())))
    check_decision_date(sanction.decision_date, clock.today())
    check_stated(course_of(sanction), clock.today())
    put_hand(session, sanction, actor=actor, part=Part.AUTHOR)
    return step(
        session,
        sanction,
        Act.SUBMIT,
        actor=actor,
        reason=reason,
        practice=practice,
        submitted_at=clock.now(),
    )


def return_for_changes(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Give a notice back to its author; it is reviewed anew, and told anew while nothing is decided."""
    sanction = by_version(session, sanction_id, version)
    anew: dict[str, Any] = {} if sanction.decided else NOT_YET_TOLD
    return step(
        session,
        sanction,
        Act.RETURN,
        actor=actor,
        reason=reason,
        practice=practice,
        reviewed_by=None,
        reviewed_at=None,
        **anew,
    )


def reject(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Discard a notice before anything is decided; the record of it stays."""
    sanction = by_version(session, sanction_id, version)
    return step(session, sanction, Act.REJECT, actor=actor, reason=reason, practice=practice)


def approve(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Pass a draft in legal review (法制审核); a decision taken elsewhere goes on where it stands already."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.APPROVE, reason=reason)
    course = course_of(sanction)
    check_stated(course, clock.today())
    put_hand(session, sanction, actor=actor, part=Part.SECOND)
    return step(
        session,
        sanction,
        Act.APPROVE,
        actor=actor,
        reason=reason,
        practice=practice,
        target=after_review(course),
        reviewed_by=account_of(actor),
        reviewed_at=clock.now(),
    )


def publish(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Publish a served decision under the next number of the year; never by one of its authors."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.PUBLISH, reason=reason)
    check_publishable(course_of(sanction), minor_allowed=practice.publish_minor)
    put_hand(session, sanction, actor=actor, part=Part.SECOND)
    step(
        session,
        sanction,
        Act.PUBLISH,
        actor=actor,
        reason=reason,
        practice=practice,
        **first_day(session, sanction, actor=actor),
    )
    revisions.keep(session, sanction, published_on=clock.today())
    return sanction


def archive(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Close the file of an ended notice, or of a decision that stays internal."""
    sanction = by_version(session, sanction_id, version)
    return step(session, sanction, Act.ARCHIVE, actor=actor, reason=reason, practice=practice)


def first_day(session: Session, sanction: Sanction, *, actor: str) -> dict[str, Any]:
    """Return the number, the days and the term of a notice that becomes public today."""
    today, span = clock.today(), wording_of(sanction).term
    if not is_public(State.PUBLISHED, span.max_until, today):
        raise DomainError(N_("The longest term of this decision is over: it may not be published any more."))
    return {
        "year": today.year,
        "number": next_number(session, year=today.year),
        "published_by": account_of(actor),
        "published_at": clock.now(),
        "published_on": today,
        "min_until": span.min_until,
        "max_until": span.max_until,
    }
