"""Likeness: which trade names (字号) people take for one another, by sound, shape or a single character; pure.

Two agencies are alike when they share a key, so the relation is the same from both sides by its making.
The first letter of a key says why: t the same, y sound, s shape, w order, d one character.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from chengxin.core.folding import compact
from chengxin.search.reading import read
from chengxin.search.sounds import Sounds
from chengxin.search.vocabulary import Vocabulary

LEXICON = Path(__file__).parent / "lexicon"
SHORTEST, LONGEST = 2, 8
SHORTEST_TO_SLIP = 3
COMPANY, BRANCH = "公司", "分公司"
SILENT = frozenset({"place", "service", "form", "trade", "line", "noise", "joint"})


class Likeness(StrEnum):
    """Why one trade name may be taken for another, the surest reason first."""

    SAME = "same_trade_name"
    TRADITIONAL = "traditional"
    HOMOPHONE = "homophone"
    SHAPE = "shape"
    SWAPPED = "swapped"
    ONE_CHARACTER = "one_character"

    @property
    def weight(self) -> int:
        """Return the place in that order."""
        return list(Likeness).index(self)


BY_LETTER = {
    "t": Likeness.SAME,
    "y": Likeness.HOMOPHONE,
    "s": Likeness.SHAPE,
    "w": Likeness.SWAPPED,
    "d": Likeness.ONE_CHARACTER,
}


@cache
def shapes() -> Mapping[str, str]:
    """Return for each character that looks like others the one that stands for all of them (形近字)."""
    groups = (LEXICON / "shapes.txt").read_text(encoding="utf-8").split()
    return {character: group[0] for group in groups for character in group}


@cache
def _tails() -> tuple[str, ...]:
    """Return what names of the trade end with after the trade name, the longest first."""
    return tuple(sorted((LEXICON / "tails.txt").read_text(encoding="utf-8").split(), key=len, reverse=True))


def core_of(name: str, vocabulary: Vocabulary) -> str:
    """Return the trade name inside a name: without place, business and legal form; perhaps nothing."""
    for unit in read(compact(name), vocabulary).units:
        core = _without_tail(unit.text) if unit.kind not in SILENT else ""
        if SHORTEST <= len(core) <= LONGEST:
            return core
    return ""


def _without_tail(text: str) -> str:
    plain = "".join(filter(str.isalnum, text))
    while tail := next((each for each in _tails() if plain.endswith(each)), ""):
        plain = plain.removesuffix(tail)
    return plain


def keys_of(core: str, sounds: Sounds) -> Iterator[str]:
    """Yield the keys of a trade name; whoever shares one may be taken for it."""
    yield f"t{core}"
    yield f"y{' '.join(sounds.spoken(core))}"
    yield f"s{''.join(shapes().get(each, each) for each in core)}"
    yield f"w{''.join(sorted(core))}"
    if len(core) >= SHORTEST_TO_SLIP:
        yield f"d{core}"
        yield from dict.fromkeys(f"d{core[:at]}{core[at + 1 :]}" for at in range(len(core)))


def likeness(key: str, one: str, other: str) -> Likeness | None:
    """Return what a shared key says of two trade names, or None when they are not that close after all."""
    kind = BY_LETTER[key[0]]
    if one == other:
        return Likeness.SAME
    if kind is Likeness.SWAPPED:
        return kind if _swapped(one, other) else None
    if kind is Likeness.ONE_CHARACTER:
        return kind if _one_apart(one, other) else None
    return kind


def _swapped(one: str, other: str) -> bool:
    """Tell whether two neighbours changed places."""
    apart = [at for at in range(min(len(one), len(other))) if one[at] != other[at]]
    return len(one) == len(other) and len(apart) == 2 and apart[1] == apart[0] + 1  # noqa: PLR2004 (a pair)


def _one_apart(one: str, other: str) -> bool:
    """Tell whether one character was replaced, left out or added."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_TO_SLIP:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def are_one_house(one: str, other: str) -> bool:
    """Tell whether one name is a branch of the other, or both are branches of one company."""
    if not (one.endswith(BRANCH) or other.endswith(BRANCH)):
        return False
    return _house(one) == _house(other)


def _house(name: str) -> str:
    head, company, _rest = name.partition(COMPANY)
    return head + company
