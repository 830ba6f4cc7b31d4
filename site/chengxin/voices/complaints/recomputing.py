"""Deadlines follow the official table of working days: when a new one comes, those that run are computed again."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.core.changes import change
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.clocks import calendar_version
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import accept_deadline, answer_deadline
from chengxin.voices.complaints.rules import OPEN

BATCH = 500


def is_due(session: Session) -> bool:
    """Tell whether an open case has deadlines of an older table."""
    return session.scalar(_outdated().limit(1)) is not None


def recompute(session: Session, *, actor: str) -> int:
    """Compute the deadlines of some open cases again and return how many cases were looked at."""
    cases = session.scalars(_outdated().limit(BATCH)).all()
    for case in cases:
        _recompute(session, case, actor)
    return len(cases)


def _outdated() -> Select[Complaint]:
    open_cases = select(Complaint).where(Complaint.state.in_(sorted(OPEN)))
    return open_cases.where(Complaint.calendar != calendar_version()).order_by(Complaint.id)


def _recompute(session: Session, case: Complaint, actor: str) -> None:
    accept, answer = accept_deadline(case).due(), answer_deadline(case).due()
    old = {"accept_by": case.accept_by, "answer_by": case.answer_by}
    new = {"accept_by": accept.date, "answer_by": answer.date}
    change(
        session,
        case,
        version=case.version,
        calendar=calendar_version(),
        provisional=accept.provisional or answer.provisional,
        **new,
    )
    if new != old:
        subject = Subject("complaint", case.id)
        record(session, actor=actor, verb="recompute", subject=subject, old=old, new=new)
