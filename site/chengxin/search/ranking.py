"""Ranking: how well an agency answers a query, and why it was found; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chengxin.search.engine import Profile
from chengxin.search.places import is_own
from chengxin.search.sounds import Sounds

SAID = 60.0
PLACE_INSTEAD_OF_NAME = 15.0
RARER_READING = 12.0
FARTHEST = 0.4
SAID_COST, ALIAS_COST, FORMER_COST = 8.0, 3.0, 6.0
FORMS = ("有限责任公司", "股份有限公司", "有限公司", "集团", "公司")


class Matched(StrEnum):
    """Why an agency is among the answers."""

    NAME = "name"
    ALIAS = "alias"
    FORMER = "former"
    PINYIN = "pinyin"
    INITIALS = "initials"
    CODE = "code"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Hit:
    """An agency among the answers, with the reason and the rank it was given."""

    agency_id: int
    matched: Matched
    score: float


def stem(name: str) -> str:
    """Return a compact name without its legal form."""
    for form in FORMS:
        if name.endswith(form):
            return name[: -len(form)]
    return name


def _closeness(wanted: str, words: Sequence[str], name: str) -> float:
    """Return how directly a name says what was typed."""
    if name == wanted:
        return 100.0
    core = stem(name)
    if core == stem(wanted):
        return 95.0
    at = name.find(wanted)
    if at < 0:
        said = sum(len(word) for word in words if word in name)
        return 30.0 + 30.0 * said / max(1, len(wanted))
    return 80.0 - min(at, 10) - 10.0 * (1 - len(wanted) / len(name))


def literal(profile: Profile, wanted: str, words: Sequence[str]) -> Hit:
    """Return the hit of an agency that holds the typed words."""
    best, why = -1.0, Matched.NAME
    for matched, name, cost in _borne(profile):
        close = _closeness(wanted, words, name) - cost
        if close > best:
            best, why = close, matched
    return Hit(profile.agency_id, why, best)


def _borne(profile: Profile) -> Iterator[tuple[Matched, str, float]]:
    """Yield the names of an agency, each with what it costs that it is not the name as it is written."""
    yield Matched.NAME, profile.name, 0.0
    for alias in profile.aliases:
        own = is_own(alias, profile.name)
        yield (Matched.NAME, alias, SAID_COST) if own else (Matched.ALIAS, alias, ALIAS_COST)
    for former in profile.formers:
        yield Matched.FORMER, former, FORMER_COST


def spoken(profile: Profile, letters: str, sounds: Sounds) -> Hit:
    """Return the hit of an agency that sounds like what was typed; a rarer reading comes after all usual ones."""
    best = 0.0
    for matched, name, cost in _borne(profile):
        for rarer, said in enumerate(sounds.said(name)):
            at = said.find(letters)
            if at >= 0:
                shorter = 10.0 * (1 - len(letters) / len(said))
                score = 80.0 - min(at, 40) / 4 - shorter - RARER_READING * min(rarer, 1)
                best = max(best, score - (cost if matched is Matched.NAME else 0.0))
    return Hit(profile.agency_id, Matched.PINYIN, best)


def abbreviated(profile: Profile, letters: str, sounds: Sounds) -> Hit:
    """Return the hit of an agency whose first letters are what was typed."""
    best = 0.0
    for _, name, _ in _borne(profile):
        for typed in sounds.initials(name):
            at = typed.find(letters)
            if at >= 0:
                best = max(best, 80.0 - min(at, 10) - 10.0 * (1 - len(letters) / len(typed)))
    return Hit(profile.agency_id, Matched.INITIALS, best)


def shortened(profile: Profile, text: str) -> Hit:
    """Return the hit of an agency of whose name a text is an abbreviation; fewer and earlier pieces are better."""
    best, why = 0.0, Matched.NAME
    for matched, name, cost in _borne(profile):
        cut = pieces(text, name)
        if cut:
            score = 100.0 - 10.0 * cut - 0.5 * min(name.index(text[0]), 10) - 0.1 * len(name) - cost
            best, why = max((best, why), (score, matched))
    return Hit(profile.agency_id, why, best)


def pieces(text: str, name: str) -> int:
    """Return into how few pieces a text is cut when a name holds them in their order; 0 when it does not."""
    reached = {0: 0}
    for count in range(1, len(text) + 1):
        further: dict[int, int] = {}
        for start, at in reached.items():
            for end in range(start + 1, len(text) + 1):
                found = name.find(text[start:end], at)
                if found < 0:
                    break
                after = found + end - start
                further[end] = min(after, further.get(end, after))
        if len(text) in further:
            return count
        reached = further
    return 0


def shared(profile: Profile, characters: frozenset[str]) -> int:
    """Return how many of the typed characters the agency's likeliest name has, in any order."""
    return max(
        len(characters.intersection(name)) for name in (profile.name, *profile.aliases, *profile.formers)
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, as it is compared with names: places first, each in its shortest form.

    `places` holds for each place the forms in which a name may hold it, the longest first.
    """

    text: str
    syllables: Sequence[str]
    words: Sequence[str] = ()
    places: Sequence[Sequence[str]] = ()


def similar(profile: Profile, wanted: Wanted, sounds: Sounds) -> Hit:
    """Return the hit of an agency whose name is close in writing or in sound; below 0 it is not close.

    Names it bears now come before those it bore.
    """
    best = -100.0
    for _, name, cost in _borne(profile):
        for form in placed_first(name, wanted.places):
            best = max(best, _likeness(form, wanted, sounds) - cost)
    return Hit(profile.agency_id, Matched.SIMILAR, best)


def _likeness(name: str, wanted: Wanted, sounds: Sounds) -> float:
    written = edits_inside(wanted.text, name)
    heard = edits_inside(wanted.syllables, sounds.spoken(name)) if written else 0
    score = 100.0 - 10.0 * written - 6.0 * heard - 0.1 * abs(len(stem(name)) - len(wanted.text))
    too_far = min(written, heard) > len(wanted.text) * FARTHEST
    return score - 1000.0 if too_far and not any(word in name for word in wanted.words) else score


def placed_first(name: str, places: Sequence[Sequence[str]]) -> set[str]:
    """Return a name as it is written, and with its places in front in short form: 甲（上海市）公司 is 上海甲公司."""
    rest, front = name, ""
    for forms in places:
        held = next((form for form in forms if form in rest), None)
        if held is None:
            return {name}
        rest, front = rest.replace(held, "", 1), front + forms[-1]
    return {front + rest} if name.startswith(front) else {name, front + rest}


def edits_inside(pattern: Sequence[str], text: Sequence[str]) -> int:
    """Return the fewest single changes or swaps that turn some stretch of a text into a pattern.

    Bits of one number stand for the positions of the pattern (Hyyrö's method), so a step costs the same
    for every length.
    """
    size = len(pattern)
    if not size:
        return 0
    places: dict[str, int] = {}
    for at, unit in enumerate(pattern):
        places[unit] = places.get(unit, 0) | 1 << at
    full, top = (1 << size) - 1, 1 << size - 1
    up, down, diagonal, before = full, 0, 0, 0
    edits = fewest = size
    for unit in text:
        here = places.get(unit, 0)
        swapped = ((~diagonal & here) << 1) & before
        diagonal = ((((here & up) + up) ^ up) | here | down | swapped) & full
        plus = down | (~(diagonal | up) & full)
        minus = diagonal & up
        edits += bool(plus & top) - bool(minus & top)
        fewest = min(fewest, edits)
        plus, minus = (plus << 1) & full, (minus << 1) & full
        up = (minus | ~(diagonal | plus)) & full
        down = plus & diagonal
        before = here
    return fewest
