"""The queue of SQLite's writers: a file lock they wait on, and in the same file a count of their commits.

The count lets readers tell without asking the database that nothing is new: it is odd while a commit is under
way and another number after each. While it stays even and the same, what was read before still holds. A
writer that dies in its commit leaves it odd: readers then ask the database until the next writer is done.
"""

import fcntl
import mmap
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BYTES = 8
TRUSTED_SECONDS = 1.0


class Turn:
    """A writer's turn: nobody else writes until it ends."""

    def __init__(self, handle: int) -> None:
        """Hold the open file whose lock was taken."""
        self._handle = handle

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Count the commit inside the block."""
        if os.fstat(self._handle).st_size < BYTES:
            os.ftruncate(self._handle, BYTES)
        under_way = int.from_bytes(os.pread(self._handle, BYTES, 0), "little") | 1
        os.pwrite(self._handle, under_way.to_bytes(BYTES, "little"), 0)
        try:
            yield
        finally:
            os.pwrite(self._handle, (under_way + 1).to_bytes(BYTES, "little"), 0)


class WriterQueue:
    """Lets writers in one by one, in the order they came, and tells readers how many commits there were."""

    def __init__(self, file: Path) -> None:
        """Name the file; the first writer makes it."""
        self._file = file
        self._map: mmap.mmap | None = None
        self._inode = -1
        self._trusted_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Wait for a turn and hold it until the block ends."""
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Turn(handle)
        finally:
            os.close(handle)

    def commits(self) -> int | None:
        """Return the count, without lock or system call, or None while it says nothing."""
        if time.monotonic() > self._trusted_until:
            self._look_again()
        mapped = self._map
        if mapped is None:
            return None
        count = int.from_bytes(mapped[:BYTES], "little")
        return None if count % 2 else count

    def _look_again(self) -> None:
        """Map the file that bears the name now: somebody may have put another in its place."""
        try:
            if self._map is None or self._file.stat().st_ino != self._inode:
                with self._file.open("rb") as file:
                    self._inode = os.fstat(file.fileno()).st_ino
                    self._map = mmap.mmap(file.fileno(), BYTES, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            self._map = None
        self._trusted_until = time.monotonic() + TRUSTED_SECONDS
