"""The vocabulary: what words in a query mean, read from word lists and from the register."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chengxin.core.folding import compact, fold
from chengxin.search.places import spoken_forms
from chengxin.search.sounds import Sounds

Kind = Literal["place", "service", "standing", "licence", "grade", "form", "trade", "noise", "joint", "line"]

LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word stands for: a kind, the values of that kind, and those of them that say just this."""

    kind: Kind
    values: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterWords:
    """The words only the register knows: divisions with their codes, services, readings."""

    regions: Sequence[tuple[str, str]] = ()
    services: Sequence[str] = ()
    readings: Mapping[str, str]


class Vocabulary:
    """Every word a query may use, with its meaning."""

    def __init__(self, register: RegisterWords) -> None:
        """Gather the fixed word lists and the words of the register."""
        self.register = register
        self.sounds = Sounds(register.readings)
        self.words: dict[str, Meaning] = {}
        self.spoken_places: dict[str, tuple[str, ...]] = {}
        self._add_phrases()
        self._add_facts()
        self._add_services(register.services)
        self._add_places(register.regions)
        self._reach = _reach(self.words)

    def longest_at(self, text: str, start: int) -> tuple[str, Meaning] | None:
        """Return the longest known word that begins at this place of a folded text."""
        furthest = min(len(text), start + self._reach.get(text[start], 0))
        for end in range(furthest, start, -1):
            meaning = self.words.get(text[start:end])
            if meaning and _stands_alone(text, start, end):
                return text[start:end], meaning
        return None

    def is_place(self, text: str) -> bool:
        """Tell whether a compact text is a place."""
        meaning = self.words.get(text)
        return meaning is not None and meaning.kind == "place"

    def _add_phrases(self) -> None:
        lists = _read("phrases.toml")
        kinds: tuple[tuple[Kind, str], ...] = (
            ("joint", "joints"), ("noise", "noise"), ("trade", "trade"), ("form", "forms"), ("line", "lines"),
        )  # fmt: skip
        for kind, section in kinds:
            self.words.update((fold(word), Meaning(kind)) for word in lists[section])

    def _add_facts(self) -> None:
        kinds: tuple[Kind, ...] = ("grade", "licence", "standing")
        for kind in kinds:
            for value, words in _read("facts.toml")[kind].items():
                self.words.update((fold(word), Meaning(kind, (value,))) for word in words)

    def _add_services(self, known: Iterable[str]) -> None:
        for service in known:
            self.words[fold(service)] = Meaning("service", (compact(service),), (compact(service),))
        for entry in _read("services.toml")["service"]:
            means, says = entry["means"], entry.get("says", entry["means"])
            meaning = Meaning("service", tuple(map(compact, means)), tuple(map(compact, says)))
            self.words.update((fold(word), meaning) for word in entry["words"])

    def _add_places(self, regions: Iterable[tuple[str, str]]) -> None:
        codes: defaultdict[str, list[str]] = defaultdict(list)
        spoken: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in regions:
            for word in spoken_forms(compact(name)):
                codes[word].append(code)
                for said in self.sounds.said(word):
                    spoken[said].append(code)
        for word, found in codes.items():
            self.words.setdefault(word, Meaning("place", tuple(dict.fromkeys(found))))
        self.spoken_places = {word: tuple(dict.fromkeys(found)) for word, found in spoken.items()}


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((LEXICON / name).read_text(encoding="utf-8"))


def _reach(words: Iterable[str]) -> dict[str, int]:
    """Return for each first character the length of the longest word that begins with it."""
    reach: dict[str, int] = {}
    for word in words:
        reach[word[0]] = max(reach.get(word[0], 0), len(word))
    return reach


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word of Latin letters is not cut out of a longer one."""
    inside = (at for at in (start, end) if 0 < at < len(text))
    return not any(_latin(text[at - 1]) and _latin(text[at]) for at in inside)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def latin_runs(text: str) -> Iterator[str]:
    """Return the words of Latin letters in a folded text."""
    spaced = "".join(c if c.isascii() and c.isalpha() else " " for c in text)
    return iter(spaced.split())
