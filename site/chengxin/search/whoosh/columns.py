"""Columns: what the index knows of every agency, one array a fact."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from chengxin.search.documents import Dated, SearchDocument
from chengxin.search.engine import Profile

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

FOREVER = date.max.toordinal()
NAME_MARK, ALIAS_MARK, FORMER_MARK, LINE = "n", "a", "f", "\n"
WORDS = ("standing", "licence", "grade", "region", "service")
DATED_ROWS = tuple(f"{fact}{part}" for fact in ("standing", "licence") for part in ("", "_last", "_after"))
NUMBERED = {
    **{name: name for name in ("standing", "licence", "grade", "region")},
    "standing_after": "standing",
    "licence_after": "licence",
    "service_values": "service",
}
ENDS = frozenset({"service", "text"})


class Words:
    """A growing list of words, each known by its number."""

    def __init__(self, known: Sequence[str] = ("",)) -> None:
        """Begin with some words."""
        self.list = list(known)
        self._numbers = {word: number for number, word in enumerate(self.list)}

    def number(self, word: str) -> int:
        """Return the number of a word, new or known."""
        found = self._numbers.setdefault(word, len(self.list))
        if found == len(self.list):
            self.list.append(word)
        return found

    def find(self, word: str) -> int:
        """Return the number of a known word, or -1."""
        return self._numbers.get(word, -1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts of the agencies of one segment or of a whole index, in document order."""

    arrays: Mapping[str, Array]
    words: Mapping[str, Words]
    text: bytes

    @property
    def size(self) -> int:
        """Return the number of agencies."""
        return len(self.arrays["agency"])

    def on_day(self, fact: str, day: date) -> Array:
        """Return the numbers of a dated fact's words as they stand on a day."""
        now, after = self.arrays[fact], self.arrays[f"{fact}_after"]
        return np.where(self.arrays[f"{fact}_last"] >= day.toordinal(), now, after)

    def profile(self, number: int) -> Profile:
        """Return the names and the place of one agency."""
        start, stop = self.arrays["text"][number : number + 2]
        region = self.words["region"].list[self.arrays["region"][number]]
        return profile_of(int(self.arrays["agency"][number]), self.text[start:stop].decode(), region)


class ColumnsWriter:
    """Gathers the columns of a segment, one agency after the other."""

    def __init__(self) -> None:
        """Begin with no agency."""
        self._words = {name: Words() for name in WORDS}
        self._rows: dict[str, array[int]] = {
            name: array("i")
            for name in ("agency", "opened", "region", "grade", *DATED_ROWS, "service_values")
        }
        self._ranks = array("q")
        self._services = array("i", [0])
        self._ends = array("q", [0])
        self._texts: list[bytes] = []

    def add(self, document: SearchDocument) -> None:
        """Append an agency."""
        rows, words = self._rows, self._words
        rows["agency"].append(document.agency_id)
        rows["opened"].append(document.opened.toordinal())
        self._ranks.append(document.rank)
        rows["region"].append(words["region"].number(document.region))
        rows["grade"].append(words["grade"].number(document.grade))
        for fact, dated in (("standing", document.standing), ("licence", document.licence)):
            self._add_dated(fact, dated)
        rows["service_values"].extend(words["service"].number(each) for each in document.services)
        self._services.append(len(rows["service_values"]))
        self._texts.append(names_of(document).encode())
        self._ends.append(self._ends[-1] + len(self._texts[-1]))

    def _add_dated(self, fact: str, dated: Dated) -> None:
        word = self._words[fact]
        last = dated.last_day.toordinal() if dated.last_day else FOREVER
        self._rows[fact].append(word.number(dated.value))
        self._rows[f"{fact}_last"].append(last)
        self._rows[f"{fact}_after"].append(word.number(dated.after if dated.last_day else dated.value))

    def columns(self) -> Columns:
        """Return what was gathered."""
        arrays: dict[str, Array] = {name: np.array(row, dtype=np.int32) for name, row in self._rows.items()}
        for name in NUMBERED:
            arrays[name] = arrays[name].astype(np.min_scalar_type(len(self._words[NUMBERED[name]].list)))
        arrays["rank"] = np.array(self._ranks, dtype=np.int64)
        arrays["service"] = np.array(self._services, dtype=np.int32)
        arrays["text"] = np.array(self._ends, dtype=np.int64)
        return Columns(arrays, self._words, b"".join(self._texts))


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the columns of several segments as those of one index."""
    if len(parts) == 1:
        return parts[0]
    words = {name: Words() for name in WORDS}
    renumbered = [
        {name: [words[name].number(word) for word in known.list] for name, known in part.words.items()}
        for part in parts
    ]
    arrays = {name: _joined(name, parts, words, renumbered) for name in parts[0].arrays}
    return Columns(arrays, words, b"".join(part.text for part in parts))


def _joined(
    name: str,
    parts: Sequence[Columns],
    words: Mapping[str, Words],
    renumbered: Sequence[Mapping[str, list[int]]],
) -> Array:
    """Return one column of several segments as one."""
    values = [part.arrays[name] for part in parts]
    if name in ENDS:
        return _appended(values)
    kind = NUMBERED.get(name)
    if kind is None:
        return np.concatenate(values)
    narrow = np.min_scalar_type(len(words[kind].list))
    told = (
        numbers
        if by_number[kind] == list(range(len(by_number[kind])))
        else np.array(by_number[kind])[numbers]
        for numbers, by_number in zip(values, renumbered, strict=True)
    )
    return np.concatenate([numbers.astype(narrow, copy=False) for numbers in told])


def _appended(ends: Sequence[Array]) -> Array:
    """Return running ends that go on from part to part."""
    starts = np.cumsum([0, *(each[-1] for each in ends[:-1])])
    further = (each[1:] + start for each, start in zip(ends[1:], starts[1:], strict=True))
    return np.concatenate([ends[0], *further])


def names_of(document: SearchDocument) -> str:
    """Return all names of an agency as one text, a line each, the first letter telling which kind."""
    lines = [NAME_MARK + document.name]
    lines += (ALIAS_MARK + name for name in document.aliases)
    lines += (FORMER_MARK + name for name in document.formers)
    return LINE.join(lines)


def profile_of(agency_id: int, names: str, region: str) -> Profile:
    """Return what ranking knows of an agency from the text of its names."""
    named: dict[str, list[str]] = {NAME_MARK: [], ALIAS_MARK: [], FORMER_MARK: []}
    for line in names.split(LINE):
        named[line[0]].append(line[1:])
    return Profile(
        agency_id, named[NAME_MARK][0], tuple(named[ALIAS_MARK]), tuple(named[FORMER_MARK]), region
    )
