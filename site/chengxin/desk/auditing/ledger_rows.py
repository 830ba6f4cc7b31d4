"""Events and reads as the auditor sees them: in words, with names, and never with a word of a complaint."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.core.clock import SHANGHAI
from chengxin.core.publishing import address, spelled
from chengxin.desk.auditing.ledger_words import kind_of, word_of
from chengxin.desk.auditing.read_log import PURPOSE, Purpose
from chengxin.desk.history import ACTORS
from chengxin.ledger import browsing, checking
from chengxin.ledger.browsing import Read
from chengxin.ledger.models import Event
from chengxin.ledger.rules import READ, account_of

# What is longer, the numbers of a thousand records for example, stands whole in the export.
MOST_SHOWN = 240


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
    times: int
    different: int
    last: datetime


@dataclass(frozen=True)
class Checked:
    """When the ledger was last checked, by whom, and how much of it."""

    at: datetime
    when: str
    who: str
    events: int


def lines(session: Session, events: Sequence[Event]) -> list[Line]:
    """Return events in words."""
    names = accounts.names(session, {account_of(event.actor) for event in events})
    return [_line(event, names) for event in events]


def read_lines(session: Session, reads: Sequence[Read], days: Mapping[str, str]) -> list[ReadLine]:
    """Return counts of reads in words, each with the way to its events."""
    names = accounts.names(session, {account_of(each.actor) for each in reads})
    return [
        ReadLine(
            name=who(each.actor, names) if each.actor else f"{kind_of(each.kind)} {each.record_id}",
            url=address("desk.ledger", spelled({**_narrowed(each), **days, "reads": 1})),
            times=each.times,
            different=each.different,
            last=each.last,
        )
        for each in reads
    ]


def checked(session: Session) -> Checked | None:
    """Return the last check of the ledger that found no fault."""
    event = browsing.last_of(session, checking.VERIFY)
    if event is None:
        return None
    names = accounts.names(session, {account_of(event.actor)})
    return Checked(
        event.at, _when(event.at), who(event.actor, names), json.loads(event.new or "{}")["checked"]
    )


def who(actor: str, names: Mapping[int, str]) -> str:
    """Return who acted, by name."""
    return names.get(account_of(actor) or 0) or str(ACTORS.get(actor, actor))


def _line(event: Event, names: Mapping[int, str]) -> Line:
    return Line(
        number=event.id,
        at=event.at,
        when=_when(event.at),
        who=who(event.actor, names),
        what=word_of(event.verb),
        verb=event.verb,
        record=f"{kind_of(event.subject_kind)} {event.subject_id}",
        record_url=url_for("desk.ledger", kind=event.subject_kind, record=event.subject_id),
        changes=_changes(event),
        reason=event.reason,
    )


def _changes(event: Event) -> str:
    """Return what changed, by the names of the columns; of a read, what it was for."""
    old, new = (json.loads(text) if text else {} for text in (event.old, event.new))
    if event.verb == READ and new.get("purpose") in set(Purpose):
        return str(PURPOSE[Purpose(new["purpose"])])
    told = [_change(name, old.get(name), new.get(name)) for name in {**old, **new}]
    text = "; ".join(told)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _change(name: str, old: object, new: object) -> str:
    before = "" if old in (None, "") else f"{old} → "
    return f"{name}: {before}{'–' if new in (None, '') else new}"


def _when(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _narrowed(read: Read) -> dict[str, str | int]:
    return {"actor": read.actor} if read.actor else {"kind": read.kind, "record": read.record_id}
