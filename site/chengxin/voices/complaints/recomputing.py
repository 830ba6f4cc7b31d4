"""Deadlines follow the official table of working days: when a new one comes, those that run are computed again."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.core.changes import change
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.clocks import calendar_version
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import accept_deadline, answer_deadline, supplement_deadline
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
    terms = {"accept_by": accept_deadline(case), "answer_by": answer_deadline(case)}
    asked = supplement_deadline(case)
    if asked is not None:
        terms["supplement_by"] = asked
    due = {name: term.due() for name, term in terms.items()}
    old = {name: getattr(case, name) for name in due}
    new = {name: each.date for name, each in due.items()}
    change(
        session,
        case,
        version=case.version,
        calendar=calendar_version(),
        provisional=any(each.provisional for each in due.values()),
        **new,
    )
    if new != old:
        subject = Subject("complaint", case.id)
        record(session, actor=actor, verb="recompute", subject=subject, old=old, new=new)
