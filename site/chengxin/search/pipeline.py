"""The pipeline: carry a plan through an engine, strictest stage first, and rank what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
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
    return Found(found, leading, _literally(plan, engine))


def _literally(plan: Plan, engine: Engine) -> Judge:
    """Return the judge of names; words in Latin letters may also be the sound of a name."""
    sounds = engine.vocabulary.sounds
    letters = "".join(plan.syllables)

    def judge(profile: Profile) -> Hit:
        hit = ranking.literal(profile, plan.text, plan.words)
        if not plan.text.isascii() or hit.score >= ranking.SAID:
            return hit
        return max(hit, ranking.spoken(profile, letters, sounds), key=lambda each: each.score)

    return judge


def _spoken(plan: Plan, engine: Engine, today: date) -> Found | None:  # noqa: ARG001 (as above)
    sounds, letters = engine.vocabulary.sounds, "".join(plan.syllables)
    for clauses in plan.spoken:
        found = engine.all_of(clauses)
        if found.total and (plan.text.isascii() or _is_called_so(found, plan, sounds)):
            return Found(found, None, lambda each: ranking.spoken(each, letters, sounds))
    return None


def _is_called_so(found: Matches, plan: Plan, sounds: Sounds) -> bool:
    """Tell whether some agency really has the sound of the typed name, not only its pairs of syllables."""
    profiles = found.profiles(0, COMPARED)
    return any(ranking.sounds_called(each, plan.called, sounds) for each in profiles)


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
