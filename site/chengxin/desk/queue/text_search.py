"""Search in sealed texts: opened one by one in the desk's own process, never more than a bounded number, noted once.

Nothing of what is opened is kept. The page says how many texts were searched, so that nobody takes a bounded
search for a whole one.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import Keyring, SealError
from chengxin.core.web import installation, reading
from chengxin.desk.auditing import read_log
from chengxin.desk.queue import waiting
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.waiting import PAGE, Place
from chengxin.ledger.rules import Subject

MOST = 300
SECONDS = 2.0
BATCH = 50
MOST_DIGITS = 10


@dataclass(frozen=True)
class Found:
    """The records whose text holds the words; which texts of how many were opened, and where to go on."""

    places: Sequence[Place]
    first: int
    last: int
    of: int
    behind: str = ""


def search(view: Filter, officer: Officer, today: date, *, behind: str = "") -> Found:
    """Open the newest texts of a part of the queue and return the places of those that hold its words.

    `behind` marks the record after which to go on.
    """
    words, part = view.words.casefold(), view.narrowed(words="")
    with reading() as session:
        newest = waiting.newest(
            session,
            _with_text(),
            view=part,
            officer=officer,
            today=today,
            most=MOST,
            after=_marked(behind),
        )
    candidates, of = newest.places, newest.of
    if not words or not candidates:
        return Found([], newest.before, newest.before, of)
    read_log.note_search([Subject(place.kind, place.id) for place in candidates])
    end, found, searched = time.monotonic() + SECONDS, list[Place](), 0
    keys = intake_keyring(installation().settings)
    with reading() as session:
        for start in range(0, len(candidates), BATCH):
            if time.monotonic() > end or len(found) >= PAGE:
                break
            batch = candidates[start : start + BATCH]
            searched += len(batch)
            found += [place for place, text in _texts(session, batch, keys) if words in text.casefold()]
    last = candidates[searched - 1]
    ordered = sorted(found, key=lambda place: (place.due_on, place.kind, place.id))
    more = newest.before + searched < of
    mark = f"{last.kind}-{last.id}" if more else ""
    return Found(ordered, newest.before + 1, newest.before + searched, of, mark)


def _marked(text: str) -> tuple[str, int] | None:
    kind, _, number = text.rpartition("-")
    return (kind, int(number)) if kind in KINDS and number.isdecimal() and len(number) < MOST_DIGITS else None


def _with_text() -> frozenset[str]:
    return frozenset(name for name, kind in KINDS.items() if kind.texts is not None)


def _texts(session: Session, places: Sequence[Place], keys: Keyring) -> Iterator[tuple[Place, str]]:
    by_kind: dict[str, dict[int, Place]] = {}
    for place in places:
        by_kind.setdefault(place.kind, {})[place.id] = place
    for name, held in by_kind.items():
        yield from _opened(session, name, held, keys)


def _opened(
    session: Session, name: str, held: Mapping[int, Place], keys: Keyring
) -> Iterator[tuple[Place, str]]:
    texts = KINDS[name].texts
    for number, opened in texts(session, list(held)) if texts else ():
        try:
            yield held[number], opened(keys)
        except SealError:
            continue
