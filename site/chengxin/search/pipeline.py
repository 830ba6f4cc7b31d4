"""The pipeline: carry a plan through an engine, strictest stage first, and rank what it gives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from chengxin.search import ranking
from chengxin.search.engine import Engine, Matches, Narrowing, Profile
from chengxin.search.planner import Plan
from chengxin.search.ranking import Hit, Matched
from chengxin.search.sounds import Sounds

RANKED = 200
CANDIDATES = 400
COMPARED = 40

Judge = Callable[[Profile], Hit]


class Answer(Protocol):
    """The agencies that answer a query, before filters and paging."""

    @property
    def matches(self) -> Matches:
        """Return the set of them."""

    def hits(self, narrowing: Narrowing, today: date, start: int, stop: int) -> tuple[int, list[Hit]]:
        """Return the exact total under the filters and one stretch of ranked hits."""


@dataclass(frozen=True, slots=True)
class Found:
    """Agencies that hold what was typed: counted exactly, the likeliest ranked first."""

    matches: Matches
    leading: Matches | None
    judge: Judge

    def hits(self, narrowing: Narrowing, today: date, start: int, stop: int) -> tuple[int, list[Hit]]:
        """Return the exact total under the filters and one stretch of ranked hits."""
        matches = self.matches.narrowed(narrowing, today)
        leading = self.leading.narrowed(narrowing, today) if self.leading else None
        ordered = self._ranked(matches, leading)
        if stop > len(ordered) and matches.total > len(ordered):
            known = {hit.agency_id for hit in ordered}
            further = matches.profiles(0, stop + len(known))
            ordered += [self.judge(each) for each in further if each.agency_id not in known]
        return matches.total, ordered[start:stop]

    def any_above(self, score: float) -> bool:
        """Tell whether some of the first agencies answer better than a score."""
        return any(self.judge(each).score > score for each in self.matches.profiles(0, CANDIDATES))

    def _ranked(self, matches: Matches, leading: Matches | None) -> list[Hit]:
        """Return the first hits by score; those of equal score keep the engine's order."""
        profiles: list[Profile] = leading.profiles(0, RANKED) if leading else []
        known = {profile.agency_id for profile in profiles}
        rest = matches.profiles(0, RANKED) if len(known) < RANKED else []
        profiles += [each for each in rest if each.agency_id not in known]
        return sorted(map(self.judge, profiles), key=lambda hit: -hit.score)


@dataclass(frozen=True, slots=True)
class Resembling:
    """Agencies that only resemble what was typed; those not close enough are left out."""

    matches: Matches
    plan: Plan
    sounds: Sounds

    def hits(self, narrowing: Narrowing, today: date, start: int, stop: int) -> tuple[int, list[Hit]]:
        """Return the number of close agencies under the filters and one stretch of them."""
        plan, characters = self.plan, frozenset(self.plan.text)
        profiles = self.matches.narrowed(narrowing, today).profiles(0, CANDIDATES)
        profiles.sort(key=lambda each: -ranking.shared(each, characters))
        words = [word for word in plan.words if len(word) > 1]
        judged = (
            ranking.similar(each, plan.text, words, plan.syllables, self.sounds)
            for each in profiles[:COMPARED]
        )
        close = sorted((hit for hit in judged if hit.score > 0), key=lambda hit: -hit.score)
        return len(close), close[start:stop]


def answer(plan: Plan, engine: Engine, today: date) -> Answer:
    """Return the answer of the first stage that finds anything."""
    for stage in (_coded, _literal, _spoken, _initials):
        found = stage(plan, engine, today)
        if found is not None and found.matches.total:
            return found
    return _relaxed(plan, engine)


def _coded(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (every stage has one shape)
    if not plan.code:
        return None
    return Found(engine.coded(plan.code), None, lambda each: Hit(each.agency_id, Matched.CODE, 0.0))


def _literal(plan: Plan, engine: Engine, today: date) -> Found | None:
    """Return the agencies that hold every unit; a state named in the text narrows them when it can."""
    if plan.asks_for_everything:
        return Found(engine.everything(), None, lambda each: Hit(each.agency_id, Matched.NAME, 0.0))
    found = engine.all_of(plan.strict) if plan.strict else engine.everything()
    if plan.narrowing != Narrowing():
        narrowed = found.narrowed(plan.narrowing, today)
        found = narrowed if narrowed.total or not plan.strict else found
    leading = engine.all_of(plan.literal) if plan.literal and found.total > RANKED else None
    said = Found(found, leading, _literally(plan, engine))
    return said if not plan.doubtful or _is_held(plan.doubtful, found) else None


def _is_held(text: str, found: Matches) -> bool:
    """Tell whether some of the first agencies have a name that holds a text as it stands."""
    profiles = found.profiles(0, CANDIDATES)
    return any(text in name for each in profiles for name in (each.name, *each.aliases, *each.formers))


def _literally(plan: Plan, engine: Engine) -> Judge:
    """Return the judge of names; words in Latin letters may also be the sound of a name."""
    words, letters = engine.vocabulary, "".join(plan.syllables)
    is_place = letters in words.spoken_places

    def judge(profile: Profile) -> Hit:
        hit = ranking.literal(profile, plan.text, plan.words)
        if not plan.text.isascii() or hit.score >= ranking.SAID:
            return hit
        heard = ranking.spoken(profile, letters, words.sounds)
        if is_place and words.begins_with_a_place(profile.name, len(plan.syllables)):
            heard = replace(heard, score=heard.score - ranking.PLACE_INSTEAD_OF_NAME)
        return max(hit, heard, key=lambda each: each.score)

    return judge


def _spoken(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (as above)
    sounds, letters = engine.vocabulary.sounds, "".join(plan.syllables)
    for clauses in plan.spoken:
        found = engine.all_of(clauses)
        heard = Found(found, None, lambda each: ranking.spoken(each, letters, sounds))
        if found.total and (plan.text.isascii() or heard.any_above(0.0)):
            return heard
    return None


def _initials(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (as above)
    if not plan.initials:
        return None
    sounds = engine.vocabulary.sounds
    return Found(
        engine.all_of(plan.initials), None, lambda each: ranking.abbreviated(each, plan.text, sounds)
    )


def _relaxed(plan: Plan, engine: Engine) -> Answer:
    found = engine.most_of(plan.relaxed, limit=CANDIDATES)
    return Resembling(found, plan, engine.vocabulary.sounds)
