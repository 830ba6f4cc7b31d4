"""Letters and notes that change no state: either side may write while a case is open."""

from datetime import datetime
from typing import Unpack

from sqlalchemy import CursorResult, null, or_, update
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record
from chengxin.ledger.rules import PUBLIC, Subject, account_of
from chengxin.voices.complaints.models import Complaint, ComplaintNote
from chengxin.voices.complaints.moving import (
    MessageKind,
    Seen,
    current,
    hear_complainant,
    need,
    tell_complainant,
)
from chengxin.voices.complaints.rules import OPEN, State
from chengxin.voices.complaints.sealed import sealed_note


def write(session: Session, *, text: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Write to whoever filed a case, without moving it."""
    case = _open_case(session, text, seen)
    tell_complainant(session, case, MessageKind.WRITTEN, text, intake_key)
    case.heard_at = None
    _note(session, case, seen, "write")
    return case


def say(session: Session, *, text: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Keep what whoever filed a case adds of their own accord, while it is open.

    It is a new version of the case: who decides it meanwhile has not read this yet, and is told so.
    """
    case = _open_case(session, text, seen)
    change(session, case, version=seen["version"], heard_at=clock.now())
    hear_complainant(session, case, MessageKind.WRITTEN, text, intake_key)
    _note(session, case, seen, "say")
    return case


def hear_files(session: Session, *, case_id: int) -> None:
    """Let the staff know that files came after the case itself did; those sent with it are no news."""
    later = or_(Complaint.state != State.RECEIVED, Complaint.received_on < clock.today())
    row = update(Complaint).where(Complaint.id == case_id, later)
    later_ones = row.values(heard_at=clock.now(), version=Complaint.version + 1).returning(Complaint.id)
    options = {"synchronize_session": False}
    if session.scalar(later_ones, execution_options=options) is not None:
        record(session, actor=PUBLIC, verb="add_files", subject=Subject("complaint", case_id))


def see(session: Session, *, actor: str, case_id: int, heard_at: datetime) -> bool:
    """Note that the staff saw what had come by a moment; what came after it stays unseen. The version stays."""
    row = update(Complaint).where(Complaint.id == case_id, Complaint.heard_at == heard_at)
    done = session.execute(row.values(heard_at=null()), execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    if done.rowcount:
        record(session, actor=actor, verb="see", subject=Subject("complaint", case_id))
    return bool(done.rowcount)


def note(session: Session, *, text: str, intake_key: Recipients, **seen: Unpack[Seen]) -> ComplaintNote:
    """Keep a note about a case that only the staff read, at any time."""
    need(text, N_("Write the note first."))
    case = current(session, seen["case_id"], seen["version"])
    kept = ComplaintNote(
        complaint_id=case.id,
        account_id=account_of(seen["actor"]),
        written_at=clock.now(),
        sealed_text=sealed_note(case, text, intake_key=intake_key),
    )
    session.add(kept)
    _note(session, case, seen, "note")
    return kept


def _open_case(session: Session, text: str, seen: Seen) -> Complaint:
    need(text, N_("Write the message first."))
    case = current(session, seen["case_id"], seen["version"])
    if case.state not in OPEN | {State.MERGED}:
        raise DomainError(N_("This case is closed: nobody would read a message."))
    return case


def _note(session: Session, case: Complaint, seen: Seen, verb: str) -> None:
    record(session, actor=seen["actor"], verb=verb, subject=Subject("complaint", case.id))
