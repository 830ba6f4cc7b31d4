"""The folder of the sealed files: a file is either whole under its name or not there."""

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chengxin.config import Settings

DRAFT = ".draft-"


@dataclass(frozen=True)
class Shelf:
    """The sealed files of an installation; all processes that take or open evidence share the folder."""

    folder: Path

    def put(self, name: str, sealed: bytes) -> None:
        """Write a file through to the disk and then give it its name."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f"{DRAFT}{secrets.token_hex(8)}"
        try:
            _write_through(draft, sealed)
            draft.replace(self.folder / name)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(self.folder)

    def take(self, name: str) -> bytes:
        """Return a sealed file."""
        return (self.folder / name).read_bytes()

    def clear(self, names: Iterable[str]) -> None:
        """Throw files away; those already gone are no trouble."""
        gone = list(names)
        for name in gone:
            (self.folder / name).unlink(missing_ok=True)
        if gone and self.folder.is_dir():
            _sync_folder(self.folder)

    def names(self, *, older_than: float) -> Iterator[str]:
        """Yield the names of the files, drafts too, that have been there for some seconds."""
        if not self.folder.is_dir():
            return
        latest = time.time() - older_than
        with os.scandir(self.folder) as found:
            yield from sorted(entry.name for entry in found if entry.stat().st_mtime < latest)


def shelf_of(settings: Settings) -> Shelf:
    """Return the shelf of an installation."""
    return Shelf(settings.data_dir / "evidence")


def _write_through(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
