"""Pauses of a case: while somebody is waited for, its clock stands still."""

import json
from datetime import date
from typing import Unpack

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_
from chengxin.core.sealing import Recipients
from chengxin.evidence import queries as evidence
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import WORKER, Subject
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.clocks import Phase, Unit, calendar_version, deadline, waited
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    MessageKind,
    Seen,
    accept_deadline,
    answer_deadline,
    answer_within,
    current,
    hear_complainant,
    move_case,
    need,
    need_letter,
    tell_complainant,
)
from chengxin.voices.complaints.rules import Move, Refusal, State


def ask(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Ask for what is missing (待补正); the clock stands still until the answer comes."""
    need(note, N_("Write to the complainant what is missing."))
    case = current(session, seen["case_id"], seen["version"])
    due = deadline(case.clock, Phase.SUPPLEMENT, clock.today()).due()
    changes: dict[str, object] = {"paused_on": clock.today(), "supplement_by": due.date}
    changes |= {"provisional": case.provisional or due.provisional}
    case = move_case(session, Move.ASK, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.ASKED, note, intake_key)
    return case


def supply(session: Session, *, text: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Add what was asked for (补正); the case waits for the staff again."""
    need(text, N_("Write what you were asked for."))
    changes = unpaused(current(session, seen["case_id"], seen["version"]))
    case = move_case(session, Move.SUPPLY, changes=changes, **seen)
    hear_complainant(session, case, MessageKind.SUPPLIED, text, intake_key)
    return case


def suspend(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Suspend an investigation (中止调查) that cannot go on, and say why to whoever filed the case."""
    case = current(session, seen["case_id"], seen["version"])
    message = N_("Write to the complainant why the investigation is suspended.")
    need_letter([case], MessageKind.SUSPENDED, note, message)
    case = move_case(session, Move.SUSPEND, changes={"paused_on": clock.today()}, **seen)
    tell_complainant(session, case, MessageKind.SUSPENDED, note, intake_key)
    return case


def resume(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Go on with a suspended investigation."""
    changes = unpaused(current(session, seen["case_id"], seen["version"]))
    case = move_case(session, Move.RESUME, changes=changes, **seen)
    if note:
        tell_complainant(session, case, MessageKind.RESUMED, note, intake_key)
    return case


def lapse_due(session: Session) -> int:
    """Let no case wait beyond the term for an answer; return how many terms were over.

    Who sent nothing hears that the case ended. Where words or files came, the office goes on with what there is.
    """
    rows = session.scalars(select(Complaint).where(_is_over()).order_by(Complaint.id)).all()
    for case in rows:
        seen: Seen = {"actor": WORKER, "case_id": case.id, "version": case.version}
        if _has_sent(session, case):
            move_case(session, Move.SUPPLY, changes=unpaused(case), **seen)
            continue
        ended: dict[str, object] = {"refusal": Refusal.NOT_SUPPLEMENTED, "closed_on": clock.today()}
        move_case(session, Move.LAPSE, changes=ended | {"paused_on": None}, **seen)
    return len(rows)


def has_lapsing(session: Session) -> bool:
    """Tell whether a term for an answer is over."""
    return session.scalar(select(Complaint.id).where(_is_over()).limit(1)) is not None


def stood_still(session: Session, case: Complaint, *, since: date, unit: Unit) -> int:
    """Return how many days of a unit a case waited for its complainant since a day, as the ledger tells."""
    days, began = 0, None
    for event in ledger.of_subject(session, Subject("complaint", case.id)):
        state = json.loads(event.new or "{}").get("state")
        on = max(clock.day_of(event.at), since)
        if state == State.SUPPLEMENT:
            began = on
        elif state and began:
            days += waited(began, on, unit)
            began = None
    return days


def unpaused(case: Complaint) -> dict[str, object]:
    """Return what changes in a case whose clock runs again: its terms move by the days it stood still."""
    if case.paused_on is None:
        return {}
    answer, accept = answer_deadline(case), accept_deadline(case)
    answer = answer.later(waited(case.paused_on, clock.today(), answer.unit))
    changes = {"paused_on": None, "supplement_by": None} | answer_within(answer)
    if case.state not in rules.UNDECIDED:
        return changes
    accept = accept.later(waited(case.paused_on, clock.today(), accept.unit))
    due = accept.due()
    provisional = due.provisional or answer.due().provisional
    return changes | {"accept_days": accept.days, "accept_by": due.date, "provisional": provisional}


def _has_sent(session: Session, case: Complaint) -> bool:
    """Tell whether words or files came from the complainant since they were asked for more."""
    came = False
    for message in queries.messages_of(session, case.id):
        came = not message.from_staff or (came and message.kind != MessageKind.ASKED)
    asked_on = case.paused_on or clock.today()
    return came or evidence.sent_since(session, Subject("complaint", case.id), asked_on)


def _is_over() -> ColumnElement[bool]:
    """Return which terms for an answer are over; a day of an older table is computed again first."""
    waits = Complaint.state == State.SUPPLEMENT
    return and_(waits, Complaint.supplement_by < clock.today(), Complaint.calendar == calendar_version())
