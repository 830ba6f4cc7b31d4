"""Events and reads as the auditor sees them: in words, with names, and never with a word of a complaint."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.core.clock import SHANGHAI
from chengxin.core.publishing import address, spelled
from chengxin.desk.auditing import record_numbers
from chengxin.desk.auditing.ledger_words import word_of
from chengxin.desk.auditing.read_log import PURPOSE, WAY, Purpose
from chengxin.desk.history import ACTORS
from chengxin.ledger import browsing, checking, reads
from chengxin.ledger.browsing import Read
from chengxin.ledger.models import Event
from chengxin.ledger.reads import Way
from chengxin.ledger.rules import READ, Subject, account_of

# What is longer, the numbers of a thousand records for example, stands whole in the export.
MOST_SHOWN = 240
MOST_NAMED = 15


@dataclass(frozen=True)
class Line:
    """One event of the list."""

    number: int
    at: datetime
    when: str
    who: str
    what: str
    verb: str
    record: str
    record_url: str
    changes: str
    reason: str


@dataclass(frozen=True)
class ReadLine:
    """One line of who read what."""

    name: str
    url: str
    opened: int
    glanced: int
    different: int
    last: datetime


@dataclass(frozen=True)
class Checked:
    """When the ledger was last checked, by whom, how much of it, and what did not fit."""

    at: datetime
    when: str
    who: str
    events: int
    faults: int
    first: str


def lines(session: Session, events: Sequence[Event]) -> list[Line]:
    """Return events in words."""
    names = accounts.names(session, {account_of(event.actor) for event in events})
    told = {event.id: (_told(event.old), _told(event.new)) for event in events}
    records = {record for event in events for record in (_subject(event), *_read(event, told[event.id][1]))}
    called = record_numbers.called(session, records)
    return [_line(event, names, called, *told[event.id]) for event in events]


def read_lines(session: Session, counts: Sequence[Read], days: Mapping[str, str]) -> list[ReadLine]:
    """Return counts of reads in words, each with the way to its events."""
    names = accounts.names(session, {account_of(each.actor) for each in counts})
    called = record_numbers.called(session, {Subject(each.kind, each.record_id) for each in counts})
    return [
        ReadLine(
            name=who(each.actor, names) if each.actor else called[Subject(each.kind, each.record_id)],
            url=address("desk.ledger", spelled({**_narrowed(each), **days, "reads": 1})),
            opened=each.opened,
            glanced=each.glanced,
            different=each.different,
            last=each.last,
        )
        for each in counts
    ]


def checked(session: Session) -> Checked | None:
    """Return the last check of the ledger, whatever it found."""
    event = browsing.last_of(session, checking.VERIFY)
    if event is None:
        return None
    names, told = accounts.names(session, {account_of(event.actor)}), _told(event.new)
    return Checked(
        event.at,
        _when(event.at),
        who(event.actor, names),
        told["checked"],
        told["faults"],
        "; ".join(told.get("first", ())),
    )


def who(actor: str, names: Mapping[int, str]) -> str:
    """Return who acted, by name."""
    return names.get(account_of(actor) or 0) or str(ACTORS.get(actor, actor))


def _line(
    event: Event,
    names: Mapping[int, str],
    called: Mapping[Subject, str],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Line:
    return Line(
        number=event.id,
        at=event.at,
        when=_when(event.at),
        who=who(event.actor, names),
        what=word_of(event.verb),
        verb=event.verb,
        record=called[_subject(event)],
        record_url=url_for("desk.ledger", kind=event.subject_kind, record=event.subject_id),
        changes=_reading(event, called, new) or _changes(old, new),
        reason=event.reason,
    )


def _reading(event: Event, called: Mapping[Subject, str], new: Mapping[str, Any]) -> str:
    """Return what a read was for, and of a list or a search whose words it showed."""
    if event.verb != READ or new.get("purpose") not in set(Purpose):
        return ""
    purpose = str(PURPOSE[Purpose(new["purpose"])])
    if "records" not in new:
        return purpose
    count = len(reads.records_of(new, _subject(event)))
    shown = ", ".join(called[each] for each in _read(event, new))
    return f"{purpose} · {WAY[Way(new['way'])]} ({count}): {shown}{'…' if count > MOST_NAMED else ''}"


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return what changed, by the names of the columns."""
    text = "; ".join(_change(name, old.get(name), new.get(name)) for name in {**old, **new})
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _change(name: str, old: object, new: object) -> str:
    before = "" if old in (None, "") else f"{old} → "
    return f"{name}: {before}{'–' if new in (None, '') else new}"


def _told(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _subject(event: Event) -> Subject:
    return Subject(event.subject_kind, event.subject_id)


def _read(event: Event, new: Mapping[str, Any]) -> list[Subject]:
    """Return the records a list or a search showed, as many as a line has room for."""
    return reads.records_of(new, _subject(event))[:MOST_NAMED] if event.verb == READ else []


def _when(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _narrowed(read: Read) -> dict[str, str | int]:
    return {"actor": read.actor} if read.actor else {"kind": read.kind, "record": read.record_id}
