"""Reads of sealed data: an entry with its purpose, and not one for every reload of a page.

A record that is opened is an entry of its own, once an hour for each purpose. A list or a search that shows the
beginnings of many is one entry that names those which this person sees for the first time that day. Beside each
entry stands a row for every record it names, so that a record can be asked who read it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.clock import SHANGHAI
from chengxin.ledger import actions
from chengxin.ledger.models import Event, RecordRead
from chengxin.ledger.rules import READ, Subject, canonical

TABLES = (Event.__tablename__, RecordRead.__tablename__)
LASTING = timedelta(hours=1)
BATCH = 1_000
FAULT = "event {number:.0f} names other records as read than the rows beside it"
END = float("inf")
NOTHING: tuple[float, Iterable[Sequence[Any]]] = (END, ())
ROWS = RecordRead.metadata.tables[RecordRead.__tablename__]


class Way(StrEnum):
    """How much of a record somebody saw: all of it, its beginning in a list, or that a search went through it."""

    OPENED = "opened"
    LISTED = "listed"
    SEARCHED = "searched"


def note(session: Session, *, actor: str, subject: Subject, purpose: str) -> bool:
    """Record that somebody opens a sealed record, unless they did for the same purpose within the hour."""
    actions.wait_for_the_end(session)
    if is_noted(session, actor=actor, subject=subject, purpose=purpose):
        return False
    actions.record(session, actor=actor, verb=READ, subject=subject, new={"purpose": purpose})
    _add_rows(session, actor, Way.OPENED, [subject])
    return True


def note_many(
    session: Session, *, actor: str, at: Subject, way: Way, purpose: str, records: Collection[Subject]
) -> Collection[Subject]:
    """Record in one entry which records a list or a search shows somebody anew today, and return these."""
    actions.wait_for_the_end(session)
    anew = unseen(session, actor=actor, way=way, records=records)
    if anew:
        told = {"purpose": purpose, "way": way, "records": _by_kind(anew)}
        actions.record(session, actor=actor, verb=READ, subject=at, new=told)
        _add_rows(session, actor, way, anew)
    return anew


def unseen(session: Session, *, actor: str, way: Way, records: Collection[Subject]) -> Collection[Subject]:
    """Return which of some records this person has neither opened today nor seen in the same way."""
    seen = {
        Subject(kind, number)
        for kind, ids in _by_kind(records).items()
        for number in session.scalars(_seen_today(actor, way, kind).where(RecordRead.record_id.in_(ids)))
    }
    return [each for each in dict.fromkeys(records) if each not in seen]


def is_noted(session: Session, *, actor: str, subject: Subject, purpose: str = "") -> bool:
    """Return whether somebody's opening of a record was noted within the hour, for one purpose or for any."""
    noted = _openings(actor, subject, clock.now() - LASTING)
    if purpose:
        noted = noted.where(Event.new == canonical({"purpose": purpose}))
    return session.scalar(select(noted.exists())) or False


def last_purpose(session: Session, *, actor: str, subject: Subject, since: datetime) -> str | None:
    """Return what somebody last opened a record for since a moment, or None when they did not open it."""
    newest = _openings(actor, subject, since).order_by(Event.at.desc(), Event.id.desc()).limit(1)
    found = session.scalar(newest)
    return json.loads(found)["purpose"] if found else None


def records_of(told: Mapping[str, Any], subject: Subject) -> list[Subject]:
    """Return the records an entry names as read: those of its list, or the one it stands at."""
    by_kind = told.get("records")
    if by_kind is None:
        return [subject]
    return [Subject(kind, number) for kind, numbers in by_kind.items() for number in numbers]


def _seen_today(actor: str, way: Way, kind: str) -> Select[int]:
    midnight = datetime.combine(clock.today(), time.min, SHANGHAI)
    return select(RecordRead.record_id).where(
        RecordRead.actor == actor,
        RecordRead.kind == kind,
        RecordRead.at >= midnight,
        RecordRead.way.in_((Way.OPENED, way)),
    )


def faults(session: Session, *, after: int = 0) -> Iterator[str]:
    """Yield a sentence for each entry whose rows are not the records it names: they could hide who read what."""
    entries = select(Event.id, Event.subject_kind, Event.subject_id, Event.new)
    wanted = entries.where(Event.verb == READ, Event.id > after).order_by(Event.id)
    rows = select(RecordRead.event_id, RecordRead.kind, RecordRead.record_id).where(
        RecordRead.event_id > after
    )
    held = groupby(
        session.execute(rows.order_by(RecordRead.event_id).execution_options(yield_per=BATCH)), _number
    )
    number, found = next(held, NOTHING)
    for entry, kind, record_id, new in session.execute(wanted.execution_options(yield_per=BATCH)):
        while number < entry:
            yield FAULT.format(number=number)
            number, found = next(held, NOTHING)
        named = set(records_of(json.loads(new or "{}"), Subject(kind, record_id)))
        if named != ({Subject(*row[1:]) for row in found} if number == entry else set()):
            yield FAULT.format(number=entry)
        if number == entry:
            number, found = next(held, NOTHING)
    while number < END:
        yield FAULT.format(number=number)
        number, found = next(held, NOTHING)


def _number(row: Sequence[Any]) -> float:
    return float(row[0])


def _openings(actor: str, subject: Subject, since: datetime) -> Select[str | None]:
    return select(Event.new).where(
        Event.subject_kind == subject.kind,
        Event.subject_id == subject.id,
        Event.verb == READ,
        Event.actor == actor,
        Event.at > since,
    )


def _add_rows(session: Session, actor: str, way: Way, records: Collection[Subject]) -> None:
    """Write a row for each record beside the entry that was just recorded."""
    number, at = session.execute(select(Event.id, Event.at).order_by(Event.id.desc()).limit(1)).one()
    common = {"event_id": number, "actor": actor, "way": way, "at": at}
    session.execute(insert(ROWS), [{"kind": each.kind, "record_id": each.id, **common} for each in records])


def _by_kind(records: Collection[Subject]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each in records:
        found.setdefault(each.kind, []).append(each.id)
    return found
