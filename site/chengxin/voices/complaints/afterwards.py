"""After the answer: satisfaction, a request for review, and what becomes of it."""

from datetime import date
from typing import Unpack

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject, account_of
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.clocks import SHARED, Deadline, Phase, deadline
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    MessageKind,
    Seen,
    answer_within,
    current,
    hear_complainant,
    move_case,
    need,
    taken_up,
    tell_complainant,
)
from chengxin.voices.complaints.rules import MOVES, Finding, Move, Satisfaction, State, Track


def open_until(case: Complaint) -> date | None:
    """Return until when the review of a case that ended can be asked for and its handling rated, or None."""
    if case.track != Track.COMPLAINT or case.closed_on is None:
        return None
    if case.state not in MOVES[Move.ASK_REVIEW].sources:
        return None
    term = SHARED[Phase.ASK_REVIEW]
    return Deadline(case.closed_on, term.days, term.unit).due().date


def may_review(case: Complaint, today: date) -> bool:
    """Tell whether a review can be asked for now; it can be asked for once."""
    until = open_until(case)
    return until is not None and today <= until and case.review_asked_on is None


def may_rate(case: Complaint, today: date) -> bool:
    """Tell whether the handling can be rated now; it is rated once."""
    until = open_until(case)
    handled = case.state != State.DISCARDED
    return handled and until is not None and today <= until and not case.satisfaction


def rate(session: Session, *, satisfaction: Satisfaction, **seen: Unpack[Seen]) -> Complaint:
    """Keep how satisfied the complainant is with the handling (满意度评价)."""
    case = current(session, seen["case_id"], seen["version"])
    if not may_rate(case, clock.today()):
        raise DomainError(N_("The handling of this case cannot be rated now."))
    change(session, case, version=seen["version"], satisfaction=satisfaction)
    record(
        session,
        actor=seen["actor"],
        verb="satisfaction",
        subject=Subject("complaint", case.id),
        new={"satisfaction": satisfaction},
    )
    return case


def ask_review(session: Session, *, text: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Ask that an answer, or the setting aside of a case, be reviewed (复查), within thirty days of it."""
    need(text, N_("Write what should be looked at again."))
    case = current(session, seen["case_id"], seen["version"])
    if not may_review(case, clock.today()):
        raise DomainError(N_("A review of this case cannot be asked for now."))
    changes = answer_within(deadline(case.clock, Phase.REVIEW, clock.today()))
    changes |= {"state_before": case.state, "review_asked_on": clock.today(), "closed_on": None}
    case = move_case(session, Move.ASK_REVIEW, changes=changes, **seen)
    hear_complainant(session, case, MessageKind.REVIEW_ASKED, text, intake_key)
    return case


def answer_review(
    session: Session,
    *,
    reply: str,
    intake_key: Recipients,
    finding: Finding | None = None,
    **seen: Unpack[Seen],
) -> Complaint:
    """Answer a review: the case closes again, with the finding it had or with another."""
    need(reply, N_("Write the answer the complainant will read."))
    reviewed = _reviewed_by_another(session, seen)
    if finding and not reviewed.finding:
        raise DomainError(N_("Nothing has been found out about this case yet: take it up again instead."))
    changes: dict[str, object] = {"closed_on": clock.today(), "state_before": ""}
    changes |= {"finding": finding} if finding and finding != reviewed.finding else {}
    case = move_case(session, Move.ANSWER_REVIEW, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.REVIEWED, reply, intake_key)
    return case


def reopen(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Take a case up again after its review; what was found before no longer stands."""
    need(note, N_("Write to the complainant that the case is looked into again."))
    case = _reviewed_by_another(session, seen)
    case = move_case(session, Move.REOPEN, changes=taken_up(case), **seen)
    tell_complainant(session, case, MessageKind.REVIEWED, note, intake_key)
    return case


def _reviewed_by_another(session: Session, seen: Seen) -> Complaint:
    """Return a case whose review this person may decide: somebody else gave its answer."""
    case = current(session, seen["case_id"], seen["version"])
    refusal = N_("You gave the answer that is to be reviewed: somebody else has to review it.")
    rules.check_second_person(case.answered_by, account_of(seen["actor"]), refusal)
    return case
