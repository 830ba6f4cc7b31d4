"""Browse the ledger: newest first, by who, what, which record and when; and count who read what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select, tuple_
from sqlalchemy.orm import Session

from chengxin.core.models import UtcDateTime
from chengxin.ledger.models import Event
from chengxin.ledger.rules import READ

BATCH = 1_000
MOST_GROUPS = 100
_RECORD = Event.subject_kind + literal(":") + cast(Event.subject_id, String)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody looks for; what is empty narrows nothing."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    record_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where a page begins: before this event, in the order of time and number."""

    at: datetime
    id: int


@dataclass(frozen=True)
class Read:
    """How often something was read: a record or by an officer, how many different ones, and when last."""

    actor: str
    kind: str
    record_id: int
    times: int
    different: int
    last: datetime


def page(session: Session, filters: Filters, *, before: Place | None, limit: int) -> Sequence[Event]:
    """Return events that fit, newest first, from a place on."""
    found = _narrowed(filters).order_by(Event.at.desc(), Event.id.desc()).limit(limit)
    if before:
        place = tuple_(literal(before.at, UtcDateTime()), literal(before.id))
        found = found.where(tuple_(Event.at, Event.id) < place)
    return session.scalars(found).all()


def everything(session: Session, filters: Filters) -> Iterator[Event]:
    """Give every event that fits, newest first, a batch at a time so that memory stays bounded."""
    before = None
    while batch := page(session, filters, before=before, limit=BATCH):
        yield from batch
        before = Place(batch[-1].at, batch[-1].id)
        session.expunge_all()


def last_of(session: Session, verb: str) -> Event | None:
    """Return the newest event of a verb."""
    return next(iter(page(session, Filters(verb=verb), before=None, limit=1)), None)


def reads_by_officer(session: Session, *, since: datetime, until: datetime) -> Sequence[Read]:
    """Return who read sealed data in a stretch of time: how often, and how many records; most first."""
    times, different = func.count(), func.count(func.distinct(_RECORD))
    counted = select(Event.actor, times, different, func.max(Event.at))
    rows = session.execute(
        _most(counted, since, until).group_by(Event.actor).order_by(times.desc(), Event.actor)
    )
    return [Read(actor, "", 0, *counts) for actor, *counts in rows]


def reads_by_record(session: Session, *, since: datetime, until: datetime) -> Sequence[Read]:
    """Return which sealed records were read in a stretch of time: how often, and by how many; most first."""
    kind, record_id, times = Event.subject_kind, Event.subject_id, func.count()
    counted = select(kind, record_id, times, func.count(func.distinct(Event.actor)), func.max(Event.at))
    rows = session.execute(
        _most(counted, since, until).group_by(kind, record_id).order_by(times.desc(), kind, record_id)
    )
    return [Read("", *row) for row in rows]


def _most(counted: Select[*tuple[Any, ...]], since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    return counted.where(Event.verb == READ, Event.at >= since, Event.at < until).limit(MOST_GROUPS)


def _narrowed(filters: Filters) -> Select[Event]:
    wanted = {Event.actor: filters.actor, Event.verb: filters.verb, Event.subject_kind: filters.kind}
    found = select(Event)
    for column, value in wanted.items():
        if value:
            found = found.where(column == value)
    if filters.record_id is not None:
        found = found.where(Event.subject_id == filters.record_id)
    if filters.since:
        found = found.where(Event.at >= filters.since)
    if filters.until:
        found = found.where(Event.at < filters.until)
    return found
