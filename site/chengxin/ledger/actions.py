"""Append to the ledger and to the outbox."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.anchor import End, Growth
from chengxin.core.database import GROWTH
from chengxin.ledger.models import Event, Parcel
from chengxin.ledger.reasons import check_reason
from chengxin.ledger.rules import ATTEMPTS, GENESIS, Entry, Subject, account_of, canonical, chain_hash

APPEND_LOCK = 46_2012
BATCH = 1_000
NEWEST = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1"
# The bare table: inserting rows past the unit of work halves the time of a large import.
EVENTS = Event.metadata.tables[Event.__tablename__]


def record(
    session: Session,
    *,
    actor: str,
    verb: str,
    subject: Subject,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    public: bool = False,
) -> None:
    """Append one event; it is committed or undone together with the change it tells of.

    A reason somebody typed is refused when it tells of a person: it could never be erased.
    """
    record_many(
        session,
        [Entry(actor=actor, verb=verb, subject=subject, old=old, new=new, reason=reason, public=public)],
    )


def record_many(session: Session, entries: Iterable[Entry]) -> int:
    """Append many events in order and return how many; memory stays bounded by the batch."""
    session.flush()
    wait_for_the_end(session)
    count, batch = 0, []
    for row in _chained(session, entries, clock.now()):
        batch.append(row)
        count += 1
        if len(batch) == BATCH:
            session.execute(insert(EVENTS), batch)
            batch = []
    if batch:
        session.execute(insert(EVENTS), batch)
    return count


def send(session: Session, *, kind: str, payload: Mapping[str, Any], due_at: datetime | None = None) -> None:
    """Put a parcel into the outbox; the worker delivers it after the commit."""
    at = clock.now()
    session.add(Parcel(kind=kind, payload=canonical(payload) or "{}", created_at=at, due_at=due_at or at))


def send_once(
    session: Session, *, kind: str, payload: Mapping[str, Any], due_at: datetime | None = None
) -> None:
    """Put a parcel into the outbox unless the very same one still waits there."""
    same = (Parcel.kind == kind, Parcel.done_at.is_(None), Parcel.payload == canonical(payload))
    if session.scalar(select(Parcel.id).where(*same, Parcel.attempts < ATTEMPTS).limit(1)) is None:
        send(session, kind=kind, payload=payload, due_at=due_at)


def wait_for_the_end(session: Session) -> None:
    """Keep other writers waiting until this transaction ends, so that numbers are dense and in commit order.

    SQLite has one writer. On PostgreSQL this one advisory lock serves the ledger and every dense number, so that
    no two transactions can wait for each other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPEND_LOCK})


def _chained(session: Session, entries: Iterable[Entry], at: datetime) -> Iterator[dict[str, Any]]:
    number, previous, version = _end(session)
    session.info.setdefault(GROWTH, _growth(session, End(number, previous)))
    for entry in entries:
        if account_of(entry.actor) is not None:
            check_reason(entry.reason)
        number += 1
        version += entry.public
        row: dict[str, Any] = {
            "id": number,
            "at": at,
            "actor": entry.actor,
            "verb": entry.verb,
            "subject_kind": entry.subject.kind,
            "subject_id": entry.subject.id,
            "old": canonical(entry.old),
            "new": canonical(entry.new),
            "reason": entry.reason,
            "public_version": version if entry.public else None,
            "previous_hash": previous,
        }
        previous = row["hash"] = chain_hash(row, previous)
        yield row


def end_of(session: Session) -> End:
    """Return number and hash of the newest event; every commit asks, so the driver is asked without detour."""
    return End(*(session.connection().exec_driver_sql(NEWEST).first() or (0, GENESIS)))


def _growth(session: Session, found: End) -> Growth:
    """Tell whoever commits how the ledger grows, so that its end is written down outside of it."""

    def digest_of(number: int) -> str | None:
        return session.scalar(select(Event.hash).where(Event.id == number))

    return Growth(found, partial(end_of, session), digest_of)


def _end(session: Session) -> tuple[int, str, int]:
    """Return id and hash of the newest event, and the newest public version."""
    version = select(func.max(Event.public_version)).scalar_subquery()
    newest = select(Event.id, Event.hash, version).order_by(Event.id.desc()).limit(1)
    number, digest, public = session.execute(newest).first() or (0, GENESIS, 0)
    return number, digest, public or 0
