"""What every act on a case is made of: compare and set, one event, one sealed letter."""

from enum import StrEnum
from typing import NotRequired, TypedDict, Unpack

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.clocks import Deadline, Unit, calendar_version
from chengxin.voices.complaints.models import Complaint, ComplaintMessage
from chengxin.voices.complaints.notifying import tell_by_mail
from chengxin.voices.complaints.rules import Move
from chengxin.voices.complaints.sealed import sealed_message

PUBLIC = "public"  # whoever filed the case: they know what they did, so no mail tells them
# Columns whose new values the ledger keeps: codes of lists and numbers of records, never words.
TOLD = frozenset({"finding", "refusal", "merged_into", "clock", "track", "satisfaction", "violation"})


class Seen(TypedDict):
    """What every act needs: who acts, on which case as they saw it, and why."""

    actor: str
    case_id: int
    version: int
    reason: NotRequired[str]


class MessageKind(StrEnum):
    """What a letter of a case is for."""

    WRITTEN = "written"
    ASKED = "asked"
    SUPPLIED = "supplied"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DECIDED = "decided"
    REVIEW_ASKED = "review_asked"
    REVIEWED = "reviewed"


def move_case(session: Session, move: Move, *, changes: dict[str, object], **seen: Unpack[Seen]) -> Complaint:
    """Make one move of a case: check it, change the row, write the event."""
    case = current(session, seen["case_id"], seen["version"])
    reason = seen.get("reason", "")
    before, counted = case.state, rules.is_counted(case.state, case.finding)
    state = rules.after(before, move, reason=reason, before=case.state_before)
    change(session, case, version=seen["version"], state=state, **changes)
    record(
        session,
        actor=seen["actor"],
        verb=move,
        subject=Subject("complaint", case.id),
        old={"state": before},
        new={"state": state, **{name: value for name, value in changes.items() if name in TOLD}},
        reason=reason,
        public=counted or rules.is_counted(state, case.finding),
    )
    if state != before and seen["actor"] != PUBLIC:
        tell_by_mail(session, case, before=before)
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
    _keep(session, case, kind, text, intake_key, from_staff=True)
    tell_by_mail(session, case)


def hear_complainant(
    session: Session, case: Complaint, kind: MessageKind, text: str, intake_key: Recipients
) -> None:
    """Keep what the complainant wrote, for the desk and for themselves."""
    _keep(session, case, kind, text, intake_key, from_staff=False)


def need(text: str, message: str) -> None:
    """Refuse an act whose words are missing."""
    if not text.strip():
        raise DomainError(message)


def answer_within(deadline: Deadline) -> dict[str, object]:
    """Return what changes in a case whose answer is due by another deadline."""
    due = deadline.due()
    return {
        "answer_from": deadline.start,
        "answer_days": deadline.days,
        "answer_unit": deadline.unit,
        "answer_by": due.date,
        "provisional": due.provisional,
        "calendar": calendar_version(),
    }


def answer_deadline(case: Complaint) -> Deadline:
    """Return the deadline of the answer, as it can be computed again."""
    return Deadline(case.answer_from, case.answer_days, Unit(case.answer_unit))


def accept_deadline(case: Complaint) -> Deadline:
    """Return the deadline of the acceptance, as it can be computed again."""
    unit = rules.terms(case.received_on, case.clock).accept_in.unit
    return Deadline(case.received_on, case.accept_days, unit)


def _keep(
    session: Session,
    case: Complaint,
    kind: MessageKind,
    text: str,
    intake_key: Recipients,
    *,
    from_staff: bool,
) -> None:
    for_complainant, for_desk = sealed_message(case, text, intake_key=intake_key)
    session.add(
        ComplaintMessage(
            complaint_id=case.id,
            sent_on=clock.today(),
            from_staff=from_staff,
            kind=kind,
            for_complainant=for_complainant,
            for_desk=for_desk,
        )
    )
