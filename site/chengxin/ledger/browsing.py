"""Browse the ledger: newest first, by who, what, which record and when; and count who read what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from chengxin.core.models import UtcDateTime
from chengxin.ledger.models import Event, RecordRead
from chengxin.ledger.reads import Way
from chengxin.ledger.rules import READ

BATCH = 1_000
MOST_GROUPS = 100


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody looks for; what is empty narrows nothing."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    record_id: int | None = None
    reads: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where a page begins: before this event, in the order of time and number."""

    at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class Read:
    """How often something was read: opened, seen in a list or a search, how many different ones, and when last."""

    actor: str = ""
    kind: str = ""
    record_id: int = 0
    opened: int
    glanced: int
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
    actor, kind, record_id = RecordRead.actor, RecordRead.kind, RecordRead.record_id
    pairs = _counted(actor, kind, record_id, since=since, until=until).subquery()
    columns = (func.sum(pairs.c.opened), func.sum(pairs.c.glanced), func.count(), func.max(pairs.c.last))
    rows = select(pairs.c.actor, *columns).group_by(pairs.c.actor)
    found = session.execute(rows.order_by(*_most(columns), pairs.c.actor).limit(MOST_GROUPS))
    return [Read(actor=who, **_told(counts)) for who, *counts in found]


def reads_by_record(session: Session, *, since: datetime, until: datetime) -> Sequence[Read]:
    """Return which sealed records were read in a stretch of time: how often, and by how many; most first."""
    kind, record_id = RecordRead.kind, RecordRead.record_id
    pairs = _counted(kind, record_id, RecordRead.actor, since=since, until=until).subquery()
    columns = (func.sum(pairs.c.opened), func.sum(pairs.c.glanced), func.count(), func.max(pairs.c.last))
    rows = select(pairs.c.kind, pairs.c.record_id, *columns).group_by(pairs.c.kind, pairs.c.record_id)
    found = session.execute(
        rows.order_by(*_most(columns), pairs.c.kind, pairs.c.record_id).limit(MOST_GROUPS)
    )
    return [Read(kind=name, record_id=number, **_told(counts)) for name, number, *counts in found]


def _counted(*sides: Any, since: datetime, until: datetime) -> Select[Any]:
    """Return how often each officer read each record, in one pass through an index."""
    opened = func.sum(case((RecordRead.way == Way.OPENED, 1), else_=0))
    counts = (opened.label("opened"), (func.count() - opened).label("glanced"))
    rows = select(*sides, *counts, func.max(RecordRead.at).label("last"))
    return rows.where(RecordRead.at >= since, RecordRead.at < until).group_by(*sides)


def _most(columns: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [each.desc() for each in columns[:2]]


def _told(counts: Sequence[Any]) -> dict[str, Any]:
    opened, glanced, different, last = counts
    return {"opened": int(opened), "glanced": int(glanced), "different": different, "last": last}


def _narrowed(filters: Filters) -> Select[Event]:
    if filters.reads and filters.record_id is not None:
        return select(Event).where(
            Event.id.in_(_readings(filters, RecordRead.record_id == filters.record_id))
        )
    verb = READ if filters.reads else filters.verb
    found = select(Event).where(*_between(Event.at, filters))
    for column, value in {Event.actor: filters.actor, Event.verb: verb}.items():
        if value:
            found = found.where(column == value)
    if filters.reads and filters.kind:
        return found.where(_readings(filters, RecordRead.event_id == Event.id).exists())
    if filters.kind:
        found = found.where(Event.subject_kind == filters.kind)
    return found if filters.record_id is None else found.where(Event.subject_id == filters.record_id)


def _readings(filters: Filters, *conditions: ColumnElement[bool]) -> Select[int]:
    """Return the numbers of the events that name a record as read, lists and searches among them."""
    by = [RecordRead.actor == filters.actor] if filters.actor else []
    return select(RecordRead.event_id).where(
        RecordRead.kind == filters.kind, *conditions, *by, *_between(RecordRead.at, filters)
    )


def _between(column: Any, filters: Filters) -> list[ColumnElement[bool]]:
    since = [column >= filters.since] if filters.since else []
    return [*since, column < filters.until] if filters.until else since
