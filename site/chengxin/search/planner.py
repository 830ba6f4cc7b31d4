"""The planner: turn a query into stages that an engine can answer; pure, without engine or I/O."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from chengxin.search.engine import Alternative, Clause, Narrowing
from chengxin.search.places import spoken_forms
from chengxin.search.ranking import Wanted
from chengxin.search.reading import Reading, Unit, read
from chengxin.search.sounds import LONGEST_LETTERS
from chengxin.search.terms import (
    NAME,
    OFFER,
    PLACE,
    SERVICE,
    WILD,
    initials_terms,
    name_terms,
    pairs,
    sound_terms,
)
from chengxin.search.vocabulary import Vocabulary

SHORTEST_CODE = 4
LONGEST_CODE = 40
DIGITS_IN_CODE = 4
CUTS_OF_A_WORD = 2
SYLLABLES_OF_A_PLACE = 6
VARIANTS = 4
MOST_UNITS = 10
SHORTEST_ABBREVIATION, LONGEST_ABBREVIATION = 3, 6

Clauses = tuple[Clause, ...]
FACTS = frozenset({"standing", "licence", "grade"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to ask of an engine for one query, strictest first; an empty part is skipped."""

    text: str = ""
    words: tuple[str, ...] = ()
    code: str = ""
    narrowing: Narrowing = Narrowing()
    strict: Clauses = ()
    exact: Clauses = ()
    literal: Clauses = ()
    is_reduced: bool = False
    spoken: tuple[Clauses, ...] = ()
    initials: Clauses = ()
    scattered: Clauses = ()
    relaxed: tuple[str, ...] = ()
    wanted: Wanted = Wanted("", ())
    syllables: tuple[str, ...] = ()
    doubtful: str = ""

    @property
    def asks_for_everything(self) -> bool:
        """Tell whether the query holds nothing to look for."""
        return not (self.text or self.code or self.strict) and self.narrowing == Narrowing()


def plan(text: str, vocabulary: Vocabulary) -> Plan:
    """Return the plan of a query."""
    reading = read(text, vocabulary)
    telling = _telling(reading)
    units = [unit for unit in telling if unit.kind not in FACTS]
    whole = _alnum(reading.text)
    named = "".join(_alnum(unit.text) for unit in units)
    syllables = _syllables([unit.text for unit in units], vocabulary)
    strict = tuple(_clauses(reading, units[:MOST_UNITS], vocabulary))
    just = [replace(unit, values=()) if unit.says else unit for unit in units[:MOST_UNITS]]
    exact = tuple(_clauses(reading, just, vocabulary)) if just != units[:MOST_UNITS] else ()
    return Plan(
        text=named or whole,
        words=tuple(_alnum(unit.text) for unit in units),
        code=_code(reading.text, whole),
        narrowing=_narrowing(telling),
        strict=tuple(dict.fromkeys(strict)),
        exact=tuple(dict.fromkeys(exact)),
        literal=(Clause((name_terms(whole),)),) if whole else (),
        is_reduced=any(unit.kind in {"noise", "joint"} for unit in reading.units),
        spoken=tuple(_spoken(reading, units[:MOST_UNITS], vocabulary))[:VARIANTS],
        initials=_initials(whole),
        scattered=tuple(_scattered(named)),
        relaxed=tuple(_relaxed(named, syllables)),
        wanted=_wanted(units, vocabulary),
        syllables=syllables,
        doubtful=_doubtful(units),
    )


def _telling(reading: Reading) -> list[Unit]:
    """Return the units that say which agency is meant; politeness only when there is nothing else."""
    for silent in ({"noise", "trade", "form", "joint"}, {"noise", "form", "joint"}):
        units = [unit for unit in reading.units if unit.kind not in silent]
        if any(len(unit.text) > 1 for unit in units):
            return units
    return [
        Unit("name", unit.text, unit.start, unit.end) if unit.kind in {"noise", "form", "joint"} else unit
        for unit in reading.units
    ]


def _code(text: str, whole: str) -> str:
    """Return the credit code or licence number a query consists of or holds, or nothing."""
    digits = sum(character.isdecimal() for character in whole)
    if SHORTEST_CODE <= len(whole) <= LONGEST_CODE and digits >= DIGITS_IN_CODE:
        if whole.isascii() or "证字" in whole or "备字" in whole:
            return whole
        words = (word for word in text.split() if word.isascii() and word.isalnum())
        return max((w for w in words if sum(map(str.isdecimal, w)) >= DIGITS_IN_CODE), key=len, default="")
    return ""


def _narrowing(units: Sequence[Unit]) -> Narrowing:
    first = {unit.kind: unit.values[0] for unit in reversed(units) if unit.values}
    return Narrowing(
        standing=first.get("standing", ""), licence=first.get("licence", ""), grade=first.get("grade", "")
    )


def _clauses(reading: Reading, units: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[Clause]:
    for unit in units:
        alternatives = tuple(_ways(reading, unit, vocabulary))
        if alternatives:
            yield Clause(alternatives)


def _ways(reading: Reading, unit: Unit, vocabulary: Vocabulary) -> Iterator[Alternative]:
    """Return the ways in which an agency may satisfy one unit."""
    yield from _places_and_services(unit, vocabulary)
    text = _joined(reading, unit)
    if text:
        yield name_terms(text)
    if unit.kind == "latin":
        yield from (sound_terms(said) for said in _breaths([unit.text], vocabulary))
        yield from _beside_a_place(unit, vocabulary)


def _beside_a_place(unit: Unit, vocabulary: Vocabulary) -> Iterator[Alternative]:
    """Return the ways to read the beginning or the last of some Latin words as a place."""
    for place, rest in dict.fromkeys(_parted(unit.text, vocabulary)):
        codes = vocabulary.spoken_places.get(place, ())
        said = _breaths([rest], vocabulary) if codes else []
        yield from ((PLACE + code, *sound_terms(each)) for each in said for code in codes)


def _parted(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Return the ways to part Latin words into a place and the rest: after a syllable, before the last word."""
    words = text.split()
    if len(words) > 1:
        yield words[0], " ".join(words[1:])
        yield words[-1], " ".join(words[:-1])
    for cut in vocabulary.sounds.cuts("".join(words))[:CUTS_OF_A_WORD]:
        ends = range(1, min(len(cut), SYLLABLES_OF_A_PLACE + 1))
        yield from (("".join(cut[:end]), "".join(cut[end:])) for end in ends)


def _joined(reading: Reading, unit: Unit) -> str:
    """Return a unit's letters and characters; a single one takes its neighbours along."""
    text = _alnum(unit.text)
    if len(text) > 1 or not text:
        return text
    before, after = reading.touches(unit)
    return before + text + after


def _alnum(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _spoken(reading: Reading, units: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[Clauses]:
    """Return the readings by sound: all in one breath first, then unit by unit with places as places."""
    texts = [unit.text for unit in units]
    yield from ((Clause((sound_terms(said),)),) for said in _breaths(texts, vocabulary))
    parts: list[Clause] = []
    for unit in units:
        ways = [*_places_and_services(unit, vocabulary)]
        ways += [sound_terms(said) for said in _breaths([_joined(reading, unit)], vocabulary)]
        parts.append(Clause(tuple(ways)))
    if len(parts) > 1:
        yield tuple(dict.fromkeys(part for part in parts if part.alternatives))


def _places_and_services(unit: Unit, vocabulary: Vocabulary) -> Iterator[Alternative]:
    if unit.kind == "place":
        yield from ((PLACE + code,) for code in unit.values)
    elif unit.kind == "service":
        yield from ((SERVICE + value,) for value in unit.values)
        yield from ((OFFER + value,) for value in unit.says if not unit.values)
    elif unit.kind == "latin":
        yield from ((PLACE + code,) for code in vocabulary.spoken_places.get(unit.text, ()))


def _breaths(texts: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Return how texts sound when said one after the other."""
    sounds = vocabulary.sounds
    said: list[tuple[str, ...]] = [()]
    for word in (_alnum(word) for text in texts for word in text.split()):
        latin = word.isascii() and word.isalpha()
        cuts = sounds.cuts(word)[:CUTS_OF_A_WORD] if latin else [tuple(sounds.spoken(word))]
        said = [(*before, *cut) for before in said for cut in cuts][:VARIANTS]
    return [each for each in said if each]


def _doubtful(units: Sequence[Unit]) -> str:
    """Return the stretch around a name of one character; it is likelier to hold a slip than to be meant so."""
    stretch: list[Unit] = []
    for unit in (*units, None):
        if unit and stretch and stretch[-1].end == unit.start:
            stretch.append(unit)
            continue
        if len(stretch) > 1 and any(each.kind == "name" and len(each.text) == 1 for each in stretch):
            return "".join(_alnum(each.text) for each in stretch)
        stretch = [unit] if unit else []
    return ""


def _initials(whole: str) -> Clauses:
    if not (whole.isascii() and whole.isalpha() and 1 < len(whole) <= LONGEST_LETTERS):
        return ()
    return (Clause((initials_terms(whole),)),)


def _scattered(text: str) -> Iterator[Clause]:
    """Return the conditions of names that hold each character of a short name, wherever it stands."""
    if text.isascii() or not SHORTEST_ABBREVIATION <= len(text) <= LONGEST_ABBREVIATION:
        return
    for character in dict.fromkeys(text[:-1]):
        yield Clause(((NAME + character + WILD,),))
    yield Clause(((NAME + text[-1] + WILD,), (NAME + text[-2:],)))


def _relaxed(text: str, syllables: Sequence[str]) -> dict[str, None]:
    """Return every pair of characters and of sounds; an engine weighs them by rarity.

    Characters with one between them may belong together: it is one too many, or it changed places.
    """
    terms = dict.fromkeys(
        NAME + pair for pair in (*pairs(text), *map("".join, zip(text, text[2:], strict=False)))
    )
    return terms | dict.fromkeys(sound_terms(syllables) if len(syllables) > 1 else ())


def _wanted(units: Sequence[Unit], vocabulary: Vocabulary) -> Wanted:
    """Return what names are compared with."""
    places = [spoken_forms(unit.text) for unit in units if unit.kind == "place"]
    texts = [forms[-1] for forms in places] + [unit.text for unit in units if unit.kind != "place"]
    words = [_alnum(unit.text) for unit in units if unit.kind in {"name", "latin"}]
    return Wanted(
        text="".join(map(_alnum, texts)),
        syllables=_syllables(texts, vocabulary),
        words=[word for word in words if len(word) > 1],
        places=places,
    )


def _syllables(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the likeliest sound of some texts, Latin letters cut into syllables where they can be."""
    said: list[str] = []
    for word in (_alnum(word) for text in texts for word in text.split()):
        for latin, group in groupby(word, key=lambda c: c.isascii() and c.isalpha()):
            run = "".join(group)
            cuts = vocabulary.sounds.cuts(run) if latin else []
            said.extend(cuts[0] if cuts else vocabulary.sounds.spoken(run))
    return tuple(said)
