"""Files as they arrive: kept in memory, never in a temporary file, and all requests together within bounds.

A file too large is read to its end and forgotten, so that the other fields of its form can still be shown again.
"""

import threading
from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import FileStorage

MOST_OF_A_FILE = (10 << 20) + 1  # one byte more than is taken tells that there was more
MOST_IN_ALL = 512 << 20


class Memory:
    """The bytes that files on their way may take in this process."""

    def __init__(self, most: int) -> None:
        """Start with nothing taken."""
        self.taken, self._most, self._lock = 0, most, threading.Lock()

    def take(self, size: int) -> bool:
        """Take some bytes, or tell that there is no room."""
        with self._lock:
            if self.taken + size > self._most:
                return False
            self.taken += size
            return True

    def give_back(self, size: int) -> None:
        """Give bytes back."""
        with self._lock:
            self.taken -= size


MEMORY = Memory(MOST_IN_ALL)


class ArrivingFile(BytesIO):
    """A file that arrives: kept up to a bound, then forgotten as it goes on."""

    def __init__(self, memory: Memory = MEMORY, most: int = MOST_OF_A_FILE) -> None:
        """Start empty."""
        super().__init__()
        self.found_no_room = False
        self._memory, self._most, self._held = memory, most, 0

    def write(self, arrived: Any, /) -> int:
        """Keep what there is room for, and take the rest without keeping it."""
        content = bytes(arrived)
        kept = content[: max(0, self._most - self._held)]
        if kept and not self.found_no_room and self._memory.take(len(kept)):
            self._held += len(kept)
            super().write(kept)
        elif kept:
            self.found_no_room = True
        return len(content)

    def close(self) -> None:
        """Give the memory back."""
        self._memory.give_back(self._held)
        self._held = 0
        super().close()


class MemoryRequest(Request):
    """A request whose files stay in memory: what complainants send never touches the disk in the clear."""

    def _get_file_stream(self, *_told: Any, **_more: Any) -> IO[bytes]:
        return ArrivingFile()


def found_no_room(file: FileStorage) -> bool:
    """Tell whether a file was not kept because too many arrive at once."""
    return isinstance(file.stream, ArrivingFile) and file.stream.found_no_room
