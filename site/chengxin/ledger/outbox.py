"""Deliver what waits in the outbox: at least once, each parcel in a transaction of its own."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger.models import Parcel
from chengxin.ledger.rules import ATTEMPTS

LONGEST_PAUSE = timedelta(hours=6)
log = logging.getLogger("chengxin.outbox")

Carrier = Callable[[Mapping[str, Any]], None]


class UndeliverableError(Exception):
    """A parcel that no further try would deliver."""


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
    except UndeliverableError as error:
        _note(database, number, error=type(error.__cause__ or error).__name__, for_good=True)
        return False
    except OSError as error:
        _note(database, number, error=type(error).__name__)
        return False
    _note(database, number, error="")
    return True


def _note(database: Database, number: int, *, error: str, for_good: bool = False) -> None:
    """Write down how a try ended; a parcel that is given up is told to the operator once."""
    with database.writing() as session:
        parcel = session.get(Parcel, number)
        if parcel is None:
            return
        parcel.error = error
        parcel.done_at = None if error else clock.now()
        parcel.attempts = ATTEMPTS if for_good else parcel.attempts
        if error and parcel.attempts >= ATTEMPTS:
            log.warning("parcel %d (%s) is given up: %s", number, parcel.kind, error)
