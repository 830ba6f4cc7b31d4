"""The first words of sealed texts, kept in the memory of the desk for a few minutes and nowhere else.

Opening thirty texts takes longer than everything else on the page of the queue, and officers look at the same
page again and again. What is kept is bounded in number, in length and in time, and tied to the key that opened it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from chengxin.core.errors import N_
from chengxin.core.i18n import gettext as _
from chengxin.core.sealing import Keyring, SealError, key_id

MOST = 4_000
SECONDS = 600
LENGTH = 40
SHUT = N_("(cannot be opened with this key)")

_kept: OrderedDict[tuple[bytes, str], tuple[float, str]] = OrderedDict()
_lock = threading.Lock()


class Glimpses:
    """What one reader with one ring of keys sees of sealed texts."""

    def __init__(self, keys: Keyring) -> None:
        """Keep the keys and their name."""
        self.keys = keys
        self._ring = key_id(keys.keys[0].public_key())

    def kept(self, name: str) -> str | None:
        """Return the first words of a text when they were read a short while ago."""
        with _lock:
            found = _kept.get((self._ring, name))
            if found is None or found[0] < time.monotonic():
                return None
            _kept.move_to_end((self._ring, name))
            return found[1]

    def read(self, name: str, opened: Callable[[Keyring], str]) -> str:
        """Open a text and return its first words, or say that this key does not open it."""
        try:
            words = first_words(opened(self.keys))
        except SealError:
            return _(SHUT)
        with _lock:
            _kept[self._ring, name] = time.monotonic() + SECONDS, words
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return words


def first_words(text: str) -> str:
    """Return the beginning of a text in one line."""
    return " ".join(text[: 8 * LENGTH].split())[:LENGTH]
