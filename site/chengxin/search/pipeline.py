"""The pipeline: carry a plan through an engine, strictest stage first, and rank what it gives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Protocol

from chengxin.search import ranking
from chengxin.search.engine import Engine, Matches, Narrowing, Order, Profile
from chengxin.search.planner import Clauses, Plan
from chengxin.search.ranking import Hit, Matched

RANKED = 200
CANDIDATES = 400
RESEMBLING = 240
COMPARED = 28

Judge = Callable[[Profile], Hit]


class Answer(Protocol):
    """The agencies that answer a query, before filters and paging."""

    @property
    def matches(self) -> Matches:
        """Return the set of them."""

    def hits(
        self, narrowing: Narrowing, today: date, start: int, stop: int, order: Order = Order.RELEVANCE
    ) -> tuple[int, list[Hit]]:
        """Return the exact total under the filters and one stretch of the ordered hits."""


@dataclass(frozen=True, slots=True)
class Found:
    """Agencies that hold what was typed: counted exactly; `leading` are those of them that come first."""

    matches: Matches
    leading: tuple[Matches, ...]
    judge: Judge

    def hits(
        self, narrowing: Narrowing, today: date, start: int, stop: int, order: Order = Order.RELEVANCE
    ) -> tuple[int, list[Hit]]:
        """Return the exact total under the filters and one stretch of the ordered hits."""
        matches = self.matches.narrowed(narrowing, today)
        if order is not Order.RELEVANCE:
            ordered = matches.sorted_by(order, today).profiles(start, stop)
            return matches.total, [self.judge(each) for each in ordered]
        tiers = [each.narrowed(narrowing, today) for each in self.leading]
        return matches.total, self._stretch([*tiers, matches], start, stop)

    def any_above(self, score: float) -> bool:
        """Tell whether some of the first agencies answer better than a score."""
        return any(self.judge(each).score > score for each in self.matches.profiles(0, CANDIDATES))

    def _stretch(self, tiers: Sequence[Matches], start: int, stop: int) -> list[Hit]:
        """Return a stretch of one line through all tiers; it is the same line for every stretch.

        The first of each tier stand by score, the rest in the engine's order; nobody stands twice.
        """
        line: dict[int, Hit | tuple[Matches, int]] = {}
        for tier in tiers:
            first = (each for each in tier.profiles(0, RANKED) if each.agency_id not in line)
            ranked = sorted(map(self.judge, first), key=lambda hit: -hit.score)
            line.update((hit.agency_id, hit) for hit in ranked)
            if len(line) >= stop:
                break
            for at, agency_id in enumerate(tier.ids(RANKED, RANKED + stop), RANKED):
                line.setdefault(agency_id, (tier, at))
        return self._judged(list(line.values())[start:stop])

    def _judged(self, places: Sequence[Hit | tuple[Matches, int]]) -> list[Hit]:
        """Return the hits of some places of the line, reading neighbours together."""
        hits: list[Hit] = []
        for tier, group in groupby(places, key=lambda each: None if isinstance(each, Hit) else each[0]):
            if tier is None:
                hits.extend(each for each in group if isinstance(each, Hit))
                continue
            wanted = [each[1] for each in group if not isinstance(each, Hit)]
            near = tier.profiles(wanted[0], wanted[-1] + 1)
            hits.extend(self.judge(near[at - wanted[0]]) for at in wanted)
        return hits


@dataclass(frozen=True, slots=True)
class Resembling:
    """Agencies that only resemble what was typed, those close enough, the closest first."""

    matches: Matches
    ranked: Sequence[Hit]

    def hits(
        self, narrowing: Narrowing, today: date, start: int, stop: int, order: Order = Order.RELEVANCE
    ) -> tuple[int, list[Hit]]:
        """Return the number of close agencies under the filters and one stretch of them."""
        matches = self.matches.narrowed(narrowing, today).sorted_by(order, today)
        ids = matches.ids(0, len(self.ranked))
        if order is Order.RELEVANCE:
            kept = set(ids)
            return matches.total, [hit for hit in self.ranked if hit.agency_id in kept][start:stop]
        by_id = {hit.agency_id: hit for hit in self.ranked}
        return matches.total, [by_id[agency_id] for agency_id in ids[start:stop]]


def answer(plan: Plan, engine: Engine, today: date) -> Answer:
    """Return the answer of the first stage that finds anything."""
    for stage in (_coded, _literal, _spoken, _initials, _scattered):
        found: Answer | None = stage(plan, engine, today)
        if found is not None and found.matches.total:
            return found
    return _relaxed(plan, engine)


def _coded(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (every stage has one shape)
    if not plan.code:
        return None
    return Found(engine.coded(plan.code), (), lambda each: Hit(each.agency_id, Matched.CODE, 0.0))


def _literal(plan: Plan, engine: Engine, today: date) -> Found | None:
    """Return the agencies that hold every unit; a state named in the text narrows them when it can."""
    if plan.asks_for_everything:
        return Found(engine.everything(), (), lambda each: Hit(each.agency_id, Matched.NAME, 0.0))
    found = engine.all_of(plan.strict) if plan.strict else engine.everything()
    narrowing = plan.narrowing
    if narrowing != Narrowing():
        narrowed = found.narrowed(narrowing, today)
        narrowing = narrowing if narrowed.total or not plan.strict else Narrowing()
        found = narrowed if narrowing == plan.narrowing else found
    leading = [engine.all_of(clauses).narrowed(narrowing, today) for clauses in _leading(plan, found)]
    said = Found(found, tuple(leading), _literally(plan, engine))
    return said if not plan.doubtful or _is_held(plan.doubtful, found) else None


def _leading(plan: Plan, found: Matches) -> Iterator[Clauses]:
    """Return the conditions of those that come first: names that hold the whole text, services named so."""
    if plan.literal and (found.total > RANKED or plan.is_reduced):
        yield (*plan.strict, *plan.literal)
    if plan.exact:
        yield plan.exact


def _is_held(text: str, found: Matches) -> bool:
    """Tell whether some of the first agencies have a name that holds a text as it stands."""
    profiles = found.profiles(0, CANDIDATES)
    return any(text in name for each in profiles for name in (each.name, *each.aliases, *each.formers))


def _literally(plan: Plan, engine: Engine) -> Judge:
    """Return the judge of names; words in Latin letters may also be the sound of a name.

    A name that only begins with a place of that sound comes after names that sound so.
    """
    words, letters = engine.vocabulary, "".join(plan.syllables)
    is_place = letters in words.spoken_places

    def judge(profile: Profile) -> Hit:
        hit = ranking.literal(profile, plan.text, plan.words)
        if not plan.text.isascii() or hit.score >= ranking.SAID:
            return hit
        heard = ranking.spoken(profile, letters, words.sounds)
        begins = profile.name[: len(plan.syllables)]
        if is_place and words.is_place(begins) and letters in words.sounds.said(begins):
            heard = replace(heard, score=heard.score - ranking.PLACE_INSTEAD_OF_NAME)
        return max(hit, heard, key=lambda each: each.score)

    return judge


def _spoken(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (as above)
    sounds, letters = engine.vocabulary.sounds, "".join(plan.syllables)
    for clauses in plan.spoken:
        found = engine.all_of(clauses)
        heard = Found(found, (), lambda each: ranking.spoken(each, letters, sounds))
        if found.total and (plan.text.isascii() or heard.any_above(0.0)):
            return heard
    return None


def _initials(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (as above)
    if not plan.initials:
        return None
    sounds = engine.vocabulary.sounds
    return Found(engine.all_of(plan.initials), (), lambda each: ranking.abbreviated(each, plan.text, sounds))


def _scattered(plan: Plan, engine: Engine, today: date) -> Answer | None:  # noqa: ARG001 (as above)
    """Return the agencies of whose names the text is an abbreviation: its characters, in their order."""
    if not plan.scattered:
        return None
    likely = engine.all_of(plan.scattered).profiles(0, CANDIDATES)
    return _ordered([ranking.shortened(each, plan.text) for each in likely], engine)


def _ordered(judged: Iterable[Hit], engine: Engine) -> Resembling:
    close = sorted((hit for hit in judged if hit.score > 0), key=lambda hit: -hit.score)
    return Resembling(engine.these([hit.agency_id for hit in close]), close)


def _relaxed(plan: Plan, engine: Engine) -> Answer:
    """Return the agencies whose names come closest in writing or in sound."""
    likely, sounds = _likely(plan, engine), engine.vocabulary.sounds
    return _ordered([ranking.similar(each, plan.wanted, sounds) for each in likely], engine)


def _likely(plan: Plan, engine: Engine) -> list[Profile]:
    """Return the few agencies worth a careful look: those that share most characters with what was typed."""
    found = engine.most_of(plan.relaxed, limit=RESEMBLING).profiles(0, RESEMBLING)
    characters = frozenset(plan.text)
    return sorted(found, key=lambda each: -ranking.shared(each, characters))[:COMPARED]
