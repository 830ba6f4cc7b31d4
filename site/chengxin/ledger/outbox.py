"""Deliver what waits in the outbox: at least once, each parcel in a transaction of its own."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger.models import Parcel

LONGEST_PAUSE = timedelta(hours=6)
ATTEMPTS = 12

Carrier = Callable[[Mapping[str, Any]], None]


def waiting(session: Session, *, kind: str, limit: int = 100) -> list[int]:
    """Return the ids of the parcels that are due, oldest first."""
    statement = (
        select(Parcel.id)
        .where(Parcel.kind == kind, Parcel.done_at.is_(None), Parcel.attempts < ATTEMPTS)
        .where(Parcel.due_at <= clock.now())
        .order_by(Parcel.due_at, Parcel.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def deliver(database: Database, *, kind: str, by: Carrier) -> int:
    """Hand every due parcel to a carrier and return how many arrived; a failure waits longer each time."""
    with database.reading() as session:
        due = waiting(session, kind=kind)
    return sum(_deliver_one(database, number, by) for number in due)


def _deliver_one(database: Database, number: int, by: Carrier) -> bool:
    with database.writing() as session:
        parcel = session.get(Parcel, number)
        if parcel is None or parcel.done_at is not None:
            return False
        parcel.attempts += 1
        parcel.due_at = clock.now() + min(timedelta(seconds=2**parcel.attempts), LONGEST_PAUSE)
        payload = json.loads(parcel.payload)
    try:
        by(payload)
    except OSError as error:
        _note(database, number, error=type(error).__name__)
        return False
    _note(database, number, error="")
    return True


def _note(database: Database, number: int, *, error: str) -> None:
    with database.writing() as session:
        parcel = session.get(Parcel, number)
        if parcel is not None:
            parcel.error = error
            parcel.done_at = None if error else clock.now()
