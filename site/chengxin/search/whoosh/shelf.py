"""The shelf: the folder of the index, its manifest with checksums, and the atomic switch to a new one."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chengxin.search.whoosh.codes import FILE as CODES
from chengxin.search.whoosh.postings import ENDING, BrokenPostingsError
from chengxin.search.whoosh.segments import ALPHABET, TABLES, TEXT

SCHEMA = 3
MANIFEST = "manifest.json"
FOLLOWED = "followed.json"
LOCK = "writer.lock"
SEGMENTS = "segments"
WORDS = "words.json"
NEEDED = (ENDING, CODES, TABLES, TEXT, ALPHABET, WORDS)

Touched = tuple[int, int, int]

NONSENSE = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error)


class IndexDamagedError(Exception):
    """The index is not what was written; it has to be rebuilt."""


DAMAGE = (IndexDamagedError, BrokenPostingsError, *NONSENSE)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as the manifest knows it: its folder, how many agencies, and each file's size and SHA-256."""

    name: str
    agencies: int
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the index consists of, and up to which event of the ledger it knows the register."""

    position: int
    parts: tuple[Part, ...]
    gone: tuple[int, ...] = ()
    schema: int = SCHEMA


class Shelf:
    """One folder that holds an index; it may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read or written yet."""
        self.folder = folder
        self._manifest = str(folder / MANIFEST)

    def read(self) -> Manifest | None:
        """Return the manifest, None when there is no index, or raise IndexDamagedError."""
        try:
            raw = (self.folder / MANIFEST).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexDamagedError("the manifest cannot be read") from error
        try:
            body = json.loads(raw)
            if body.pop("sha256") != _seal(body):
                raise IndexDamagedError("the manifest is not as it was written")
            return _manifest(body)
        except NONSENSE as error:
            raise IndexDamagedError("the manifest makes no sense") from error

    def path_of(self, part: Part) -> Path:
        """Return the folder of a segment."""
        return self.folder / SEGMENTS / part.name

    def checked(self, part: Part, name: str) -> bytes:
        """Return the bytes of a small file of a segment if they are as written."""
        size, digest = part.files[name]
        raw = (self.path_of(part) / name).read_bytes()
        if len(raw) != size or hashlib.sha256(raw).hexdigest() != digest:
            raise IndexDamagedError(f"{part.name}/{name} is not as it was written")
        return raw

    def check(self, part: Part, *, everything: bool = False) -> None:
        """Raise IndexDamagedError unless the files that lookups need, or all files, are as written."""
        for name, (size, digest) in part.files.items():
            if not everything and not name.endswith(NEEDED):
                continue
            path = self.path_of(part) / name
            if path.stat().st_size != size or _digest(path) != digest:
                raise IndexDamagedError(f"{part.name}/{name} is not as it was written")

    def latest(self) -> Touched:
        """Return what changes whenever the manifest is replaced: one call of stat."""
        return _touched(self._manifest)

    def signature(self, manifest: Manifest | None) -> tuple[Touched, ...]:
        """Return what changes whenever a file that lookups need is touched: a call of stat for each."""
        parts = manifest.parts if manifest else ()
        return (self.latest(), *(each for part in parts for each in self.signature_of(part)))

    def signature_of(self, part: Part) -> tuple[Touched, ...]:
        """Return what changes whenever a file of a segment is touched."""
        folder = f"{self.path_of(part)}/"
        return tuple(_touched(folder + name) for name in part.files if name.endswith(NEEDED))

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Give True while this process alone may write, or False when another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(handle)

    def new_part(self) -> Path:
        """Make the empty folder of a new segment."""
        path = self.folder / SEGMENTS / secrets.token_hex(8)
        path.mkdir(parents=True, mode=0o700)
        return path

    def finished(self, path: Path, agencies: int) -> Part:
        """Bring a segment's files to the disk and return what the manifest says of them."""
        for leftover in (child for child in path.iterdir() if child.is_dir()):
            shutil.rmtree(leftover)
        files: dict[str, tuple[int, str]] = {}
        for file in sorted(path.iterdir()):
            _sync(file)
            files[file.name] = (file.stat().st_size, _digest(file))
        _sync(path)
        return Part(path.name, agencies, files)

    def switch(self, manifest: Manifest) -> None:
        """Make a manifest the valid one, in one step, and sweep away what neither it nor the last one needs."""
        before = self._parts_before()
        body = json.loads(json.dumps(asdict(manifest)))
        body["sha256"] = _seal(body)
        _sync(self.folder / SEGMENTS)
        replace(self.folder / MANIFEST, json.dumps(body, indent=1).encode())
        kept = before | {part.name for part in manifest.parts}
        for path in (self.folder / SEGMENTS).iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _parts_before(self) -> set[str]:
        try:
            manifest = self.read()
        except IndexDamagedError:
            return set()
        return {part.name for part in manifest.parts} if manifest else set()


def replace(path: Path, raw: bytes) -> None:
    """Write a file in one step that survives a crash."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with fresh.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)


def _manifest(body: Mapping[str, Any]) -> Manifest:
    parts: Sequence[Mapping[str, Any]] = body["parts"]
    read = tuple(
        Part(
            str(each["name"]),
            int(each["agencies"]),
            {k: (int(v[0]), str(v[1])) for k, v in each["files"].items()},
        )
        for each in parts
    )
    return Manifest(int(body["position"]), read, tuple(map(int, body["gone"])), int(body["schema"]))


def _seal(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _touched(path: str) -> Touched:
    try:
        status = os.stat(path)  # noqa: PTH116 (once a lookup; a Path costs more than the call)
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)
