"""The shelf: the finished pages of one edition, the ones read longest ago making room."""

from collections import OrderedDict
from contextlib import suppress
from threading import Lock

from chengxin.published.edition import Edition
from chengxin.published.page import Page

CAPACITY = 32 << 20
LARGEST_SHARE = 8
ENTRY_BYTES = 2_000

Address = tuple[str, ...]


class Shelf:
    """Holds pages of one edition only: when a page of another edition comes, the old ones go."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        """Start empty; the capacity is in bytes."""
        self.capacity = capacity
        self.size = 0
        self._now: tuple[Edition | None, OrderedDict[Address, Page]] = (None, OrderedDict())
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many pages stand on the shelf."""
        return len(self._now[1])

    def find(self, edition: Edition, address: Address) -> Page | None:
        """Return the page of an edition at an address, if it is here."""
        held, pages = self._now
        if held != edition:
            return None
        page = pages.get(address)
        if page is not None:
            with suppress(KeyError):  # another thread may just have made room; the page is still right
                pages.move_to_end(address)
        return page

    def keep(self, edition: Edition, address: Address, page: Page) -> None:
        """Put a page on the shelf unless it is too large for it."""
        size = page.size + ENTRY_BYTES
        if size * LARGEST_SHARE > self.capacity:
            return
        with self._lock:
            if edition != self._now[0]:
                self._now, self.size = (edition, OrderedDict()), 0
            pages = self._now[1]
            replaced = pages.pop(address, None)
            self.size += size - (replaced.size + ENTRY_BYTES if replaced else 0)
            pages[address] = page
            while self.size > self.capacity:
                _, oldest = pages.popitem(last=False)
                self.size -= oldest.size + ENTRY_BYTES
