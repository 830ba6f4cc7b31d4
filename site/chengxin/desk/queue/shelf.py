"""What the queue counted and ordered, kept in memory until the next event of the ledger.

Every change of a record is an event, so the number of the newest event tells whether anything can have changed:
a shelf never shows what is no longer so. It keeps numbers, days and ids, and no word of anybody.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import current_app

MOST = 1_000
NAME = "chengxin_queue_shelf"
Kept = TypeVar("Kept")


class Shelf:
    """A bounded store of answers, those asked for last staying longest."""

    def __init__(self) -> None:
        """Start empty."""
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

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
