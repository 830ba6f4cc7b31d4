"""The anchor: number and hash of the newest ledger event, kept outside the database under the secret.

A chain of hashes shows what was changed inside it, but not that its end was cut off, nor that all of it was
written anew. So whoever commits writes the new end into a small file, and does so only when the ledger still
holds the end that stood there before: a ledger that was cut cannot be anchored again by the next commit.

The file is one line of fixed length, written in place by one call: a killed process leaves the old line or the
new one. It is not synced: after a power cut it may name an older event, which the ledger still holds.
"""

import fcntl
import hashlib
import hmac
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DIGITS = 20
MOST_BYTES = 4_096
_log = logging.getLogger("chengxin.anchor")


class ForgedError(Exception):
    """The file of the anchor holds what nobody with the secret wrote."""


@dataclass(frozen=True)
class End:
    """The newest event of a ledger: its number and its hash."""

    number: int
    digest: str


@dataclass(frozen=True)
class Growth:
    """What a transaction adds to a ledger: the end it found, and how to ask for the new end and for a hash."""

    found: End
    reached: Callable[[], End]
    digest_of: Callable[[int], str | None]


class Anchor:
    """The file that names the end of the ledger, for everybody who writes on this machine."""

    def __init__(self, file: Path, secret_of: Callable[[], str]) -> None:
        """Name the file, and how to learn the secret that vouches for its line."""
        self._file = file
        self._secret_of = secret_of
        self._secret = b""

    @contextmanager
    def following(self, growth: Growth) -> Iterator[None]:
        """Commit inside the block; afterwards the anchor names the end that was committed.

        Where the file cannot be written the commit still counts: an older anchor proves less, a lost complaint
        is worse.
        """
        try:
            handle = self._opened()
        except OSError as error:
            _log.error("the anchor of the ledger cannot be opened: %s", error)
            yield
            return
        try:
            reached = growth.reached() if self._fits(handle, growth) else None
            yield
            if reached:
                self._write(handle, reached)
        finally:
            os.close(handle)

    def held(self) -> End | None:
        """Return the end that was written down, or None where nothing was."""
        try:
            handle = os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            return self._read(handle)
        finally:
            os.close(handle)

    def accept(self, end: End) -> None:
        """Take a ledger as it is: for an operator who knows why it is not the one that was anchored."""
        handle = self._opened()
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, self._line(end), 0)
        finally:
            os.close(handle)

    def _opened(self) -> int:
        """Open the file for this writer alone; the lock ends when it is closed."""
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        return handle

    def _fits(self, handle: int, growth: Growth) -> bool:
        """Return whether the ledger holds the anchored event; only an empty ledger needs no anchor yet."""
        try:
            held = self._read(handle)
        except ForgedError:
            held, fits = None, False
        else:
            fits = growth.found.number == 0 if held is None else self._holds(growth, held)
        if not fits:
            _log.error("the ledger does not hold its anchor, which stays: see chengxin log verify")
        return fits

    @staticmethod
    def _holds(growth: Growth, held: End) -> bool:
        return held == growth.found or growth.digest_of(held.number) == held.digest

    def _write(self, handle: int, end: End) -> None:
        try:
            os.pwrite(handle, self._line(end), 0)
        except OSError as error:
            _log.error("the anchor of the ledger was not written: %s", error)

    def _read(self, handle: int) -> End | None:
        line = os.pread(handle, MOST_BYTES, 0)
        if not line:
            return None
        number, _, rest = line.partition(b" ")
        if not number.isdigit() or len(number) != DIGITS:
            raise ForgedError
        end = End(int(number), rest[:64].decode("ascii", "replace"))
        if not hmac.compare_digest(line, self._line(end)):
            raise ForgedError
        return end

    def _line(self, end: End) -> bytes:
        words = f"{end.number:0{DIGITS}d} {end.digest}".encode()
        self._secret = self._secret or self._secret_of().encode()
        seal = hmac.new(self._secret, b"anchor of the ledger " + words, hashlib.sha256).hexdigest()
        return words + f" {seal}\n".encode()
