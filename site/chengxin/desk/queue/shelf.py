"""What the queue counted and ordered, kept in memory until something moves it.

Every change of a record is an event, so the number of the newest event tells whether anything can have changed:
a shelf never shows what is no longer so. Events that move nothing, such as that somebody read a case, are passed
over: in life there is one for each case that is opened. It keeps numbers, days and ids, and no word of anybody.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

from flask import current_app
from sqlalchemy.orm import Session

from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import READ

MOST = 1_000
UNMOVING = frozenset({READ, "note", "account.signed_in", "account.signed_out", "save_view", "rename_view"})
# The kinds of event that move cases and their evidence alone; most events of a day are of these.
OF_CASES = frozenset({"complaint", "evidence"})
NAME = "chengxin_queue_shelf"
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Moved:
    """The newest event that is known, the newest that moved anything, and the newest that moved more than cases."""

    known: int
    at_all: int
    others: int


class Shelf:
    """A bounded store of answers, those asked for last staying longest."""

    def __init__(self) -> None:
        """Start empty."""
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self._moved = Moved(0, 0, 0)

    def moved(self, session: Session) -> Moved:
        """Return by which events the queue was moved last, as this snapshot knows it.

        Only the events since the last question are looked at; a process begins with the newest one, for it has
        nothing kept yet. A snapshot older than the last question gets numbers of its own, so that what it sees is
        kept for nobody else.
        """
        last, known = ledger.last_id(session), self._moved
        if last < known.known:
            return Moved(last, -last, -last)
        if not known.known:
            self._moved = Moved(last, last, last)
        elif last > known.known:
            moving = partial(ledger.last_id, session, after=known.known, but_verbs=UNMOVING)
            at_all, others = moving(), moving(but_kinds=OF_CASES)
            self._moved = Moved(last, at_all or known.at_all, others or known.others)
        return self._moved if self._moved.known == last else Moved(last, -last, -last)

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return the answer under a key, made now when it is not there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return cast("Kept", self._held[key])
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return made


def shelf() -> Shelf:
    """Return the shelf of this process's desk."""
    found: Shelf = current_app.extensions.setdefault(NAME, Shelf())
    return found
