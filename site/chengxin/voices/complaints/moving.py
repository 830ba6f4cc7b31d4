"""What every act on a case is made of: compare and set, one event, one sealed letter."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NotRequired, TypedDict, Unpack

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record, wait_for_the_end
from chengxin.ledger.rules import PUBLIC, Subject
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.clocks import Deadline, Phase, Unit, calendar_version, deadline
from chengxin.voices.complaints.models import Complaint, ComplaintMessage
from chengxin.voices.complaints.notifying import tell_by_mail
from chengxin.voices.complaints.rules import Move, State, Track
from chengxin.voices.complaints.sealed import sealed_message

DATES = ("accept_by", "answer_by")  # no secret: the page of a case tells every change of them
SINGLE: dict[str, object] = {"merged_into": None, "state_before": ""}
# Columns whose new values the ledger keeps: codes of lists and numbers of records, never words.
TOLD = frozenset(
    {"finding", "refusal", "dismissal", "merged_into", "clock", "track", "satisfaction", "violation"}
)


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


# A report is never told what came of it, so the letters of decisions are not for its page. Who has it now is told:
# the consent promises it, and whoever leaves words with an authority may know where they went (个人信息保护法 art. 23).
READ_BY_REPORTERS = frozenset(
    {MessageKind.WRITTEN, MessageKind.ASKED, MessageKind.SUPPLIED, MessageKind.TRANSFERRED}
)


def move_case(session: Session, move: Move, *, changes: dict[str, object], **seen: Unpack[Seen]) -> Complaint:
    """Make one move of a case: check it, change the row, write the event; who depends on it goes on alone."""
    case = current(session, seen["case_id"], seen["version"])
    reason = seen.get("reason", "")
    before, counted = case.state, rules.is_counted(case.state, case.finding)
    state = rules.after(before, move, reason=reason, before=case.state_before)
    if before == State.INVESTIGATING != state:
        changes = changes | {"extension_asked_by": None}
    old, new = _dates_moved(case, changes)
    change(session, case, version=seen["version"], state=state, **changes)
    record(
        session,
        actor=seen["actor"],
        verb=move,
        subject=Subject("complaint", case.id),
        old={"state": before, **old},
        new={"state": state, **{name: value for name, value in changes.items() if name in TOLD}, **new},
        reason=reason,
        public=counted or rules.is_counted(state, case.finding),
    )
    if (state != before or new) and (seen["actor"] != PUBLIC or move is Move.RELEASE):
        tell_by_mail(session, case, before=before)
    if rules.leaves_others(move, state):
        _release(session, case, seen["actor"])
    return case


def current(session: Session, case_id: int, version: int) -> Complaint:
    """Return a case while it is still the version somebody looked at.

    One act may move several cases. All wait here for each other, so that none sees half of another's, and no two
    wait crosswise.
    """
    wait_for_the_end(session)
    case = session.get(Complaint, case_id, populate_existing=True)
    if case is None:
        raise NotFoundError(N_("There is no such case."))
    check_version(case, version)
    return case


def tell_complainant(
    session: Session, case: Complaint, kind: MessageKind, text: str, intake_key: Recipients
) -> None:
    """Write to the complainant, sealed to their phrase, with a copy the desk can read; no words are no letter."""
    if not text.strip():
        return
    _keep(session, case, kind, text, intake_key, from_staff=True)
    if reads(case, kind):
        tell_by_mail(session, case)


def hear_complainant(
    session: Session, case: Complaint, kind: MessageKind, text: str, intake_key: Recipients
) -> None:
    """Keep what the complainant wrote, for the desk and for themselves; the staff have not seen it yet."""
    case.heard_at = clock.now()
    _keep(session, case, kind, text, intake_key, from_staff=False)


def reads(case: Complaint, kind: MessageKind) -> bool:
    """Tell whether whoever filed a case reads letters of a kind: a report's page shows few."""
    return case.track != Track.REPORT or kind in READ_BY_REPORTERS


def need_letter(cases: Sequence[Complaint], kind: MessageKind, text: str, message: str) -> None:
    """Refuse an act without a letter that somebody would read."""
    if any(reads(case, kind) for case in cases):
        need(text, message)


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


def taken_up(case: Complaint) -> dict[str, object]:
    """Return what changes in a case that is handled anew: its terms run from today, and nothing stands any more."""
    answer = answer_within(deadline(case.clock, Phase.ANSWER, clock.today()))
    gone = dict.fromkeys(("finding", "refusal", "dismissal"), "")
    fresh = {"accepted_on": clock.today(), "closed_on": None, "supplement_by": None, "extended": False}
    return answer | SINGLE | gone | fresh


def answer_deadline(case: Complaint) -> Deadline:
    """Return the deadline of the answer, as it can be computed again."""
    return Deadline(case.answer_from, case.answer_days, Unit(case.answer_unit))


def accept_deadline(case: Complaint) -> Deadline:
    """Return the deadline of the acceptance, as it can be computed again."""
    unit = rules.terms(case.received_on, case.clock).accept_in.unit
    return Deadline(case.received_on, case.accept_days, unit)


def supplement_deadline(case: Complaint) -> Deadline | None:
    """Return the deadline of an answer that the complainant was asked for, or None while none is awaited."""
    if case.state != State.SUPPLEMENT or case.paused_on is None:
        return None
    return deadline(case.clock, Phase.SUPPLEMENT, case.paused_on)


def _dates_moved(case: Complaint, changes: dict[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the deadlines that a move changes, as they were and as they are, with the set of terms behind them."""
    old = {name: getattr(case, name) for name in DATES if name in changes}
    moved = {name: changes[name] for name, day in old.items() if changes[name] != day}
    clock_set = {"clock": changes.get("clock", case.clock)} if moved else {}
    return {name: old[name] for name in moved}, moved | clock_set


def _release(session: Session, main: Complaint, actor: str) -> None:
    """Let the cases merged into one that got no answer go on by themselves, where they were; their terms ran on."""
    for case in queries.of_main(session, main.id):
        seen: Seen = {"actor": actor, "case_id": case.id, "version": case.version}
        move_case(session, Move.RELEASE, changes=SINGLE, **seen)


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
