"""Pauses that grow with every wrong guess, from one network at one thing; nobody else is ever made to wait.

The first guesses are free. After them each one is followed by a pause twice as long as the last, up to an
hour. What is right once makes the next guess free again. Where limits are switched off there are no pauses.
"""

import math
import time

from flask import current_app
from limits.storage import Storage

from chengxin.core.limits import Counters, network_key

FREE = 5
FIRST_SECONDS = 30
LONGEST_SECONDS = 60 * 60
MEMORY_SECONDS = 24 * 60 * 60


def pause_after(guesses: int) -> int:
    """Return how many seconds lie between this guess and the next."""
    over = guesses - FREE
    return min(FIRST_SECONDS * 2 ** min(over - 1, 20), LONGEST_SECONDS) if over > 0 else 0


def minutes_to_pause(scope: str) -> int:
    """Count a guess and return 0, or the minutes until the next one is welcome; a guess in a pause is not made."""
    counters: Counters = current_app.extensions["chengxin.limits"]
    if not counters.shared.enabled:
        return 0
    try:
        return _counted(counters.shared.storage, scope)
    except counters.shared.storage.base_exceptions:
        current_app.logger.warning("the shared limits do not answer; this process counts alone")
        return _counted(counters.spare.storage, scope)


def was_right(scope: str) -> None:
    """Forget the wrong guesses of this network, for one of them was right."""
    counters: Counters = current_app.extensions["chengxin.limits"]
    if not counters.shared.enabled:
        return
    for storage in (counters.shared.storage, counters.spare.storage):
        try:
            for kind in ("guesses", "pause"):
                storage.clear(_key(kind, scope))
        except storage.base_exceptions:
            current_app.logger.warning("the shared limits do not answer; they forget by themselves")


def _counted(storage: Storage, scope: str) -> int:
    pause = _key("pause", scope)
    if storage.get(pause):
        return max(1, math.ceil((storage.get_expiry(pause) - time.time()) / 60))
    seconds = pause_after(storage.incr(_key("guesses", scope), MEMORY_SECONDS))
    if seconds:
        storage.incr(pause, seconds)
    return 0


def _key(kind: str, scope: str) -> str:
    return f"chengxin/{kind}/{scope}/{network_key()}"
