"""What changed between two wordings, as pieces a reader can follow: kept, taken out, put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A Han character is a word of its own; letters and digits stand together, so that 1,760 never becomes 1,860 by half.
WORDS = re.compile(r"[A-Za-z]+|[0-9][0-9,.]*|\s+|.", re.DOTALL)
SENTENCES = re.compile(r"[^。；！？\n]*[。；！？\n]?")
MOST_WORDS = 2_000
SHORT = 2


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A run of text with what became of it."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to another: without the new ones the old text, and the reverse."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        old, new = _sentences(before), _sentences(after)
    return list(_joined(_runs(old, new)))


def _sentences(text: str) -> list[str]:
    return [each for each in SENTENCES.findall(text) if each]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of what stood there and what stands there now; a kept run has twice the same words."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        yield "".join(old[first:last]), "".join(new[start:end])


def _joined(runs: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    """Yield pieces; one or two characters that stayed between two changes are read as part of the change."""
    gone = new = ""
    found = list(runs)
    for at, (before, after) in enumerate(found):
        kept, inside = before == after, bool(gone or new) and at < len(found) - 1
        if not kept or (inside and len(before) <= SHORT and "\n" not in before):
            gone, new = gone + before, new + after
            continue
        yield from _change(gone, new)
        gone = new = ""
        yield Piece(Kind.KEPT, before)
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Kind.GONE, gone)
    if new:
        yield Piece(Kind.NEW, new)
