"""Reads of sealed data: an entry for each, with its purpose, and not one for every reload of a page."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.ledger import actions
from chengxin.ledger.models import Event
from chengxin.ledger.rules import READ, Subject, canonical

TABLE = Event.__tablename__
LASTING = timedelta(hours=1)


def note(session: Session, *, actor: str, subject: Subject, purpose: str) -> bool:
    """Record that somebody reads a sealed record, unless they did for the same purpose within the hour."""
    actions.wait_for_the_end(session)
    if is_noted(session, actor=actor, subject=subject, purpose=purpose):
        return False
    actions.record(session, actor=actor, verb=READ, subject=subject, new={"purpose": purpose})
    return True


def is_noted(session: Session, *, actor: str, subject: Subject, purpose: str = "") -> bool:
    """Return whether somebody's read of a record was noted within the hour, for one purpose or for any."""
    noted = _reads_of(actor, clock.now() - LASTING).where(
        Event.subject_kind == subject.kind, Event.subject_id == subject.id
    )
    if purpose:
        noted = noted.where(Event.new == canonical({"purpose": purpose}))
    return session.scalar(select(noted.exists())) or False


def _reads_of(actor: str, since: datetime) -> Select[int]:
    return select(Event.subject_id).where(Event.verb == READ, Event.actor == actor, Event.at > since)
