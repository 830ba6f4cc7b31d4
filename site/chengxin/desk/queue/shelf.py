"""What the queue counted and ordered, kept in memory until something moves it.

Every change of a record is an event, so the number of the newest event tells whether anything can have changed:
a shelf never shows what is no longer so. Events that move nothing, such as that somebody read a case, are passed
over: in life there is one for each case that is opened. It keeps numbers, days and ids, and no word of anybody.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import current_app
from sqlalchemy.orm import Session

from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import READ

MOST = 1_000
UNMOVING = frozenset({READ, "note", "account.signed_in", "account.signed_out", "save_view", "rename_view"})
NAME = "chengxin_queue_shelf"
Kept = TypeVar("Kept")


class Shelf:
    """A bounded store of answers, those asked for last staying longest."""

    def __init__(self) -> None:
        """Start empty."""
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self._newest = (0, 0)

    def newest(self, session: Session) -> int:
        """Return the number of the newest event that can have moved the queue, as this snapshot knows it.

        Only the events since the last question are looked at. A snapshot older than that gets a number of its
        own, so that what it sees is kept for nobody else.
        """
        last, (known, moving) = ledger.last_id(session), self._newest
        if last < known:
            return -last
        if last > known:
            moving = ledger.last_id(session, after=known, except_for=UNMOVING) or moving
            self._newest = (last, moving)
        return moving

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
