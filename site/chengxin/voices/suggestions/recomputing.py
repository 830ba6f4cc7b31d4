"""The term of an answer follows the official table of working days, as its receipt says."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.core.changes import change
from chengxin.core.workdays import official
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import OPEN, term

BATCH = 500


def is_due(session: Session) -> bool:
    """Tell whether a suggestion that waits has a term of an older table."""
    return session.scalar(_outdated().limit(1)) is not None


def recompute(session: Session, *, actor: str) -> int:
    """Compute the terms of some suggestions again and return how many were looked at."""
    held = session.scalars(_outdated().limit(BATCH)).all()
    for each in held:
        _recompute(session, each, actor)
    return len(held)


def _outdated() -> Select[Suggestion]:
    waiting = select(Suggestion).where(Suggestion.state.in_(sorted(OPEN)))
    return waiting.where(Suggestion.calendar != official().version).order_by(Suggestion.id)


def _recompute(session: Session, held: Suggestion, actor: str) -> None:
    due, before = term(held.received_on), held.reply_by
    values = {"reply_by": due.date, "provisional": due.provisional, "calendar": official().version}
    change(session, held, version=held.version, **values)
    if due.date != before:
        subject = Subject("suggestion", held.id)
        old, new = {"reply_by": before}, {"reply_by": due.date}
        record(session, actor=actor, verb="suggestion.recomputed", subject=subject, old=old, new=new)
