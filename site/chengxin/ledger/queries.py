"""Read the ledger: the publication version, events since a position, the history of a record."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.ledger.models import Event
from chengxin.ledger.rules import GENESIS, READ, Subject, chain_hash


def publication_version(session: Session) -> int:
    """Return the number of public events so far; it keys every published page."""
    newest = select(Event.public_version).where(Event.public_version.is_not(None))
    return session.scalar(newest.order_by(Event.public_version.desc()).limit(1)) or 0


def last_id(session: Session) -> int:
    """Return the id of the newest event, or 0."""
    return session.scalar(select(func.max(Event.id))) or 0


def since(session: Session, position: int, *, limit: int = 1_000) -> Sequence[Event]:
    """Return the events after a position, oldest first."""
    statement = select(Event).where(Event.id > position).order_by(Event.id).limit(limit)
    return session.scalars(statement).all()


def of_subject(session: Session, subject: Subject, *, limit: int = 200) -> Sequence[Event]:
    """Return the history of one record, oldest first; who read it is no part of that."""
    statement = (
        select(Event)
        .where(Event.subject_kind == subject.kind, Event.subject_id == subject.id, Event.verb != READ)
        .order_by(Event.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def faults(session: Session) -> Iterator[str]:
    """Check the whole chain and yield a sentence for each break."""
    expected, version, previous = 1, 0, GENESIS
    for event in session.scalars(select(Event).order_by(Event.id).execution_options(yield_per=1_000)):
        if event.id != expected:
            yield f"event {expected} is missing"
        if event.previous_hash != previous or event.hash != chain_hash(_columns(event), event.previous_hash):
            yield f"event {event.id} does not fit the chain"
        if event.public_version is not None:
            version += 1
            if event.public_version != version:
                yield f"event {event.id} breaks the count of public events"
        expected, previous = event.id + 1, event.hash


def _columns(event: Event) -> dict[str, object]:
    return {column.key: getattr(event, column.key) for column in Event.__table__.columns}
