"""Read a query: cut its text into the units a person meant by it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chengxin.core.folding import fold
from chengxin.search.vocabulary import Kind, Meaning, Vocabulary, latin_runs

LONGEST_QUERY = 64
OF = "的"

UnitKind = Kind | Literal["name", "latin"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the query that means one thing; `start` and `end` are its place in the folded text."""

    kind: UnitKind
    text: str
    start: int
    end: int
    values: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The folded text of a query and its units in order."""

    text: str
    units: tuple[Unit, ...]

    def of(self, *kinds: UnitKind) -> list[Unit]:
        """Return the units of these kinds."""
        return [unit for unit in self.units if unit.kind in kinds]

    def touches(self, unit: Unit) -> tuple[str, str]:
        """Return the characters directly before and after a unit, or nothing at a gap."""
        before = self.text[unit.start - 1] if unit.start else ""
        after = self.text[unit.end] if unit.end < len(self.text) else ""
        return (before if before.isalnum() else "", after if after.isalnum() else "")


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Return the reading of a query; text beyond LONGEST_QUERY characters is not looked at."""
    folded = fold(text[: LONGEST_QUERY * 4])[:LONGEST_QUERY].strip()
    return Reading(folded, tuple(_spelled(list(_units(folded, vocabulary)), folded)))


def _spelled(units: Sequence[Unit], text: str) -> Iterator[Unit]:
    """Return the units with what was typed with gaps as one: words of pinyin, or single characters."""
    held: Unit | None = None
    for unit in units:
        if held and _goes_on(held, unit, text):
            gap = " " if unit.kind == "latin" else ""
            held = Unit(held.kind, f"{held.text}{gap}{unit.text}", held.start, unit.end)
            continue
        if held:
            yield held
        held = unit
    if held:
        yield held


def _goes_on(held: Unit, unit: Unit, text: str) -> bool:
    """Tell whether a unit belongs to the one before it although a gap lies between them."""
    if held.kind != unit.kind or not held.end < unit.start:
        return False
    if any(map(str.isalnum, text[held.end : unit.start])):
        return False
    spaced = len(unit.text) == 1 and (len(held.text) == 1 or text[held.end - 2] == " ")
    return unit.kind == "latin" or (unit.kind == "name" and spaced)


def _units(text: str, vocabulary: Vocabulary) -> Iterator[Unit]:
    at = run = 0
    while at < len(text):
        found = _word_at(text, at, run, vocabulary)
        if text[at].isalnum() and not found:
            at += 1
            continue
        yield from _run(text, run, at)
        if found:
            word, meaning = found
            yield Unit(meaning.kind, word, at, at + len(word), meaning.values, meaning.says)
            at += len(word)
        else:
            at += 1
        run = at
    yield from _run(text, run, at)


def _word_at(text: str, at: int, run: int, vocabulary: Vocabulary) -> tuple[str, Meaning] | None:
    """Return the known word at a place, unless it is likelier part of a name."""
    if not text[at].isalnum():
        return None
    found = vocabulary.longest_at(text, at)
    if not found:
        return None
    word, meaning = found
    end = at + len(word)
    if meaning.kind == "joint":
        follows = vocabulary.longest_at(text, end) if end < len(text) and text[end].isalnum() else None
        return found if at and follows and (at == run or word == OF) else None
    if meaning.kind == "noise" and len(word) == 1 and not word.isascii():
        return found if end == len(text) else None
    if meaning.kind == "noise" and word in vocabulary.sounds.syllables:
        return found if _is_english(text, vocabulary) else None
    return found


def _is_english(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text has a word that no syllables spell; else 'an' and 'a' are more likely pinyin."""
    return any(not vocabulary.sounds.cuts(word) for word in latin_runs(text))


def _run(text: str, start: int, end: int) -> Iterator[Unit]:
    """Return a stretch without known words, Latin letters apart from other characters."""
    cut = start
    for at in range(start, end):
        if at > cut and _is_letter(text[at]) != _is_letter(text[at - 1]):
            yield _plain(text, cut, at)
            cut = at
    if end > cut:
        yield _plain(text, cut, end)


def _plain(text: str, start: int, end: int) -> Unit:
    return Unit("latin" if _is_letter(text[start]) else "name", text[start:end], start, end)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
