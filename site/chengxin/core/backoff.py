"""Growing pauses for whoever tries phrases on one receipt code, whether the code exists or not.

Two counts run for a code: one for each network, which pauses early, and one for all networks together, which
pauses late. So a guesser in one place is slowed down at once and does not lock out the holder elsewhere, and no
pause is longer than a quarter of an hour. Only keyed hashes are counted, and they are forgotten within a day.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from limits.storage import Storage

from chengxin.core.limits import Counters, network_key

FREE_HERE, FREE_EVERYWHERE = 5, 20
LONGEST_PAUSE = 15
MEMORY_SECONDS = 24 * 60 * 60


def minutes_of_pause(wrong: int, *, free: int) -> int:
    """Return how long to wait after so many wrong phrases: nothing, then 1, 2, 4, 8 and at last 15 minutes."""
    if wrong < free:
        return 0
    return int(min(2 ** min(wrong - free, LONGEST_PAUSE), LONGEST_PAUSE))


@dataclass(frozen=True)
class Trials:
    """The count of wrong phrases for one code, seen from the network of this request."""

    storage: Storage
    code_hash: str

    def minutes_left(self) -> int:
        """Return how many minutes of a pause are left, or 0."""
        ends = max(
            self.storage.get_expiry(name) if self.storage.get(name) else 0.0 for name, _ in self._pauses()
        )
        return max(0, math.ceil((ends - time.time()) / 60))

    def note_wrong(self) -> None:
        """Count a wrong phrase, and begin a pause when there were too many."""
        for (pause, free), count in zip(self._pauses(), self._counts(), strict=True):
            minutes = minutes_of_pause(self.storage.incr(count, MEMORY_SECONDS), free=free)
            if minutes:
                self.storage.incr(pause, minutes * 60)

    def forget(self) -> None:
        """Forget what was tried from here: the right phrase has come."""
        self.storage.clear(self._counts()[0])

    def _counts(self) -> tuple[str, str]:
        return f"trials/{self.code_hash}/{network_key()}", f"trials/{self.code_hash}"

    def _pauses(self) -> tuple[tuple[str, int], tuple[str, int]]:
        here, everywhere = self._counts()
        return (f"{here}/pause", FREE_HERE), (f"{everywhere}/pause", FREE_EVERYWHERE)


def minutes_to_pause(code_hash: str) -> int:
    """Return 0, or for how many minutes no phrase is tried on a code."""
    return _in_either_store(lambda storage: Trials(storage, code_hash).minutes_left())


def note_wrong(code_hash: str) -> None:
    """Count a wrong phrase for a code."""
    _in_either_store(lambda storage: Trials(storage, code_hash).note_wrong())


def forget(code_hash: str) -> None:
    """Forget the wrong phrases of this network: the right one has come."""
    _in_either_store(lambda storage: Trials(storage, code_hash).forget())


def _in_either_store(ask: Callable[[Storage], int | None]) -> int:
    """Ask the shared store, or this process's own while that is away; nothing is counted where limits are off."""
    counters: Counters = current_app.extensions["chengxin.limits"]
    if not counters.shared.enabled:
        return 0
    try:
        return ask(counters.shared.storage) or 0
    except counters.shared.storage.base_exceptions:
        return ask(counters.spare.storage) or 0
