"""Pinyin without tones: the readings of characters, and typed letters cut into syllables."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF
LONGEST_SYLLABLE = 6
LONGEST_LETTERS = 80
CUTS_KEPT = 4
READINGS_KEPT = 4

_POLYPHONES = Path(__file__).parent / "lexicon" / "polyphones.txt"


@cache
def polyphones() -> Mapping[str, tuple[str, ...]]:
    """Return the characters that names use with several readings (多音字)."""
    rows = (line.split() for line in _POLYPHONES.read_text(encoding="utf-8").splitlines())
    return {row[0]: tuple(row[1:]) for row in rows if row}


@cache
def reading_table() -> Mapping[str, str]:
    """Return the commonest reading of every Han character; slow, wanted once for an index."""
    import pypinyin  # noqa: PLC0415 54 MB and half a second, wanted only while indexing

    table: dict[str, str] = {}
    for point in range(FIRST_HAN, LAST_HAN + 1):
        character = chr(point)
        reading = pypinyin.lazy_pinyin(character, errors="ignore")
        if reading and reading[0].isascii():
            table[character] = reading[0]
    return table


class Sounds:
    """The readings of characters and the syllables they are made of."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Keep the table of commonest readings and collect its syllables."""
        self.table = table
        self._readings: dict[str, tuple[str, ...]] = {}
        self._letters: dict[str, tuple[str, ...]] = {}
        self.syllables = frozenset(table.values()) | {"lv", "nv", "lve", "nve"}

    def of(self, character: str) -> str:
        """Return the commonest reading; a character without one sounds as itself."""
        return self.table.get(character, character)

    def readings(self, character: str) -> tuple[str, ...]:
        """Return every reading a name may use the character with, the commonest first."""
        known = self._readings.get(character)
        if known is None:
            several = polyphones().get(character, ()) if character in self.table else ()
            known = self._readings[character] = tuple(dict.fromkeys((self.of(character), *several)))
        return known

    def _first_letters(self, character: str) -> tuple[str, ...]:
        known = self._letters.get(character)
        if known is None:
            letters = (reading[:1] for reading in self.readings(character))
            known = self._letters[character] = tuple(dict.fromkeys(letters))
        return known

    def spoken(self, text: str) -> list[str]:
        """Return the commonest reading of each character."""
        return [self.of(character) for character in text]

    def said(self, text: str) -> list[str]:
        """Return the pinyin a text may be typed with, the commonest first."""
        return _combined(self.readings(character) for character in text)

    def initials(self, text: str) -> list[str]:
        """Return the strings of first letters a text may be typed with, the commonest first."""
        return _combined(map(self._first_letters, text))

    def cuts(self, letters: str) -> list[tuple[str, ...]]:
        """Return the likeliest ways to cut typed letters into syllables, fewest syllables first."""
        letters = letters[:LONGEST_LETTERS].replace("ü", "v")
        best: list[list[tuple[str, ...]]] = [[()]]
        for end in range(1, len(letters) + 1):
            here: list[tuple[str, ...]] = []
            for start in range(max(0, end - LONGEST_SYLLABLE), end):
                if letters[start:end] in self.syllables:
                    here.extend((*before, letters[start:end]) for before in best[start])
            best.append(sorted(here, key=len)[:CUTS_KEPT])
        return best[-1] if letters else []


def _combined(choices: Iterable[Sequence[str]]) -> list[str]:
    """Return the first few ways to choose one part at each place, joined."""
    places = list(choices)
    if all(len(place) == 1 for place in places):
        return ["".join(place[0] for place in places)]
    return ["".join(parts) for parts in islice(product(*places), READINGS_KEPT)]


def spoken_pairs(sounds: Sounds, pair: str) -> Sequence[str]:
    """Return every way two neighbouring characters may sound."""
    return [f"{a} {b}" for a in sounds.readings(pair[0]) for b in sounds.readings(pair[1])]
