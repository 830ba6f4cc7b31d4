"""Snippets: the lines of a text around the words that were typed, cut so that each part says if it is one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chengxin.core.folding import fold

AROUND = 24
MOST_WINDOWS = 2
ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet, and whether it is what was typed."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in folded form, with the place in the original that each folded character came from."""

    text: str
    places: Sequence[int]

    def find(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield where a folded word stands, as places of the original."""
        at = self.text.find(word)
        while at >= 0:
            yield self.places[at], self.places[at + len(word) - 1] + 1
            at = self.text.find(word, at + len(word))


def snippet(parts: Sequence[str], words: Sequence[str]) -> tuple[Piece, ...]:
    """Return up to two windows of the texts, one around each word that is not shown yet."""
    windows: list[tuple[int, int, int]] = []
    for word in words:
        found = _first(parts, word)
        if found is not None and not any(_covers(each, found) for each in windows):
            at, start, end = found
            windows.append((at, *_window(parts[at], (start, end))))
        if len(windows) == MOST_WINDOWS:
            break
    pieces: list[Piece] = []
    for at, start, end in sorted(windows):
        pieces += [Piece(" ", marked=False)] if pieces else []
        pieces += _cut(parts[at], start, end, marks(parts[at], words))
        if end < len(parts[at]) and parts[at][end - 1] not in ENDS:
            pieces.append(Piece("…", marked=False))
    return tuple(pieces)


def _first(parts: Sequence[str], word: str) -> tuple[int, int, int] | None:
    """Return the first part that holds a word, and where it stands in it."""
    for at, part in enumerate(parts):
        spans = marks(part, [word])
        if spans:
            return at, *spans[0]
    return None


def _covers(window: tuple[int, int, int], found: tuple[int, int, int]) -> bool:
    return window[0] == found[0] and window[1] <= found[1] < window[2]


def marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text, in order and without overlap; longer words first."""
    folded, taken = _fold(text), [False] * len(text)
    for word in sorted(words, key=len, reverse=True):
        spans = list(folded.find(word)) or [span for pair in _pairs(word) for span in folded.find(pair)]
        for start, end in spans:
            taken[start:end] = [True] * (end - start)
    return list(_spans(taken))


def _spans(taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, mark in enumerate((*taken, False)):
        if mark and start is None:
            start = at
        if not mark and start is not None:
            yield start, at
            start = None


def _pairs(word: str) -> Iterator[str]:
    if not word.isascii():
        yield from (word[at : at + 2] for at in range(len(word) - 1))


def _window(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a stretch around a span that begins after the end of a sentence where one is near."""
    start, end = max(0, span[0] - AROUND), min(len(text), span[1] + AROUND * 2)
    sentence = max((text.rfind(mark, start, span[0]) for mark in ENDS), default=-1)
    return (sentence + 1 if sentence >= 0 else start), end


def _cut(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = start
    for left, right in spans:
        if left < start or left >= end:
            continue
        if left > at:
            yield Piece(text[at:left], marked=False)
        yield Piece(text[left : min(right, end)], marked=True)
        at = min(right, end)
    if at < end:
        yield Piece(text[at:end], marked=False)


def _fold(text: str) -> _Folded:
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        folded = _folded(character)
        letters.append(folded)
        places += [at] * len(folded)
    return _Folded("".join(letters), places)


@lru_cache(maxsize=16_384)
def _folded(character: str) -> str:
    return fold(character) if not character.isspace() else " "
