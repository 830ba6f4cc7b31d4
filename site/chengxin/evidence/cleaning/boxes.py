"""Read the boxes an MP4 file is made of (ISO/IEC 14496-12): each has a size, a kind, and content or more boxes."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD, LONG_HEAD = 8, 16
DEEPEST = 8
MOST_BOXES = 5_000
HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts"})


class BrokenBoxesError(ValueError):
    """The boxes of a file do not fit into each other."""


@dataclass(frozen=True)
class Part:
    """One box: its kind, where it starts, where its content starts, and where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


def parts(content: bytes, start: int, end: int) -> Iterator[Part]:
    """Yield the boxes that stand side by side between two places."""
    at = start
    for _ in range(MOST_BOXES):
        if at >= end:
            return
        part = _part(content, at, end)
        yield part
        at = part.end
    raise BrokenBoxesError


def inner(content: bytes, part: Part) -> list[Part]:
    """Return the boxes inside of one."""
    return list(parts(content, part.inside, part.end))


def only(found: list[Part], kind: bytes) -> Part:
    """Return the one box of a kind, or say that the file is broken."""
    wanted = [part for part in found if part.kind == kind]
    if len(wanted) != 1:
        raise BrokenBoxesError
    return wanted[0]


def number(content: bytes, at: int, length: int = 4) -> int:
    """Return a number as MP4 writes it."""
    if at < 0 or at + length > len(content):
        raise BrokenBoxesError
    return int.from_bytes(content[at : at + length], "big")


def _part(content: bytes, at: int, end: int) -> Part:
    size, head = number(content, at), HEAD
    if size == 1:
        size, head = number(content, at + HEAD, 8), LONG_HEAD
    elif size == 0:
        size = end - at
    if size < head or at + size > end:
        raise BrokenBoxesError
    return Part(content[at + 4 : at + HEAD], at, at + head, at + size)
