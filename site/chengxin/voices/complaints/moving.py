"""What every act on a case is made of: compare and set, one event, one sealed letter."""

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.models import Complaint, ComplaintMessage
from chengxin.voices.complaints.rules import Move
from chengxin.voices.complaints.sealed import sealed_message, sealed_supply


class MessageKind(StrEnum):
    """What a message of a case is for."""

    ASKED = "asked"
    SUPPLIED = "supplied"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    DECIDED = "decided"


def move_case(
    session: Session,
    move: Move,
    *,
    actor: str,
    case_id: int,
    version: int,
    reason: str = "",
    **changes: object,
) -> Complaint:
    """Make one move of a case: check it, change the row, write the event."""
    case = current(session, case_id, version)
    before = case.state
    state = rules.after(before, move)
    change(session, case, version=version, state=state, **changes)
    told = {name: value for name, value in changes.items() if name in {"finding", "refusal"}}
    record(
        session,
        actor=actor,
        verb=move,
        subject=Subject("complaint", case.id),
        old={"state": before},
        new={"state": state, **told},
        reason=reason,
        public=rules.is_counted(before) or rules.is_counted(state),
    )
    return case


def current(session: Session, case_id: int, version: int) -> Complaint:
    """Return a case while it is still the version somebody looked at."""
    case = session.get(Complaint, case_id, populate_existing=True)
    if case is None:
        raise NotFoundError(N_("There is no such case."))
    check_version(case, version)
    return case


def tell_complainant(
    session: Session, case: Complaint, kind: MessageKind, text: str, intake_key: Recipients
) -> None:
    """Write to the complainant, sealed to their phrase, with a copy the desk can read."""
    for_complainant, for_desk = sealed_message(case, text, intake_key=intake_key)
    session.add(
        ComplaintMessage(
            complaint_id=case.id,
            sent_on=clock.today(),
            from_staff=True,
            kind=kind,
            for_complainant=for_complainant,
            for_desk=for_desk,
        )
    )


def hear_complainant(session: Session, case: Complaint, text: str, intake_key: Recipients) -> None:
    """Keep what the complainant added, for the desk alone."""
    session.add(
        ComplaintMessage(
            complaint_id=case.id,
            sent_on=clock.today(),
            from_staff=False,
            kind=MessageKind.SUPPLIED,
            for_complainant=None,
            for_desk=sealed_supply(case, text, intake_key=intake_key),
        )
    )


def unpaused(case: Complaint) -> dict[str, Any]:
    """Return what changes in a case whose clock runs again: its terms move by the working days it stood still."""
    if case.paused_on is None:
        return {}
    terms = rules.resumed(case.paused_on, clock.today(), accept_by=case.accept_by, answer_by=case.answer_by)
    return {
        "paused_on": None,
        "accept_by": terms.accept.date,
        "answer_by": terms.answer.date,
        "provisional": terms.provisional,
    }
