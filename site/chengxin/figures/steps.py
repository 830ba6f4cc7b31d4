"""What each event of a case or a suggestion adds to the counts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chengxin.core.workdays import workdays_between
from chengxin.figures.rules import UNKNOWN, Step, Track, flow
from chengxin.voices.complaints import rules as cases
from chengxin.voices.complaints.clocks import Clock, Phase, deadline
from chengxin.voices.complaints.rules import Move
from chengxin.voices.suggestions import rules as suggestions

# A merged case waits for the answer of the one it was merged into: merging makes nobody disappear.
WAITING = frozenset(map(str, cases.OPEN | {cases.State.MERGED}))
SUGGESTIONS_WAITING = frozenset(map(str, suggestions.OPEN))
REFUSING = frozenset({Move.REFUSE, Move.LAPSE})
DECIDING = frozenset({Move.DECIDE, Move.FOLLOW})
KEPT = "kept"  # what was found before stands after a review


@dataclass(frozen=True)
class About:
    """What the counts need to know of a record: how it was filed, what it is about, where, and its deadlines."""

    track: Track
    category: str
    region: str
    received_on: date
    first_by: date
    answer_by: date
    review_since: date | None = None


@dataclass(frozen=True)
class Happened:
    """One thing to count."""

    step: Step
    detail: str = ""
    workdays: int = UNKNOWN
    late: bool = False


def of_case(verb: str, old: str | None, new: str | None, *, day: date, about: About) -> Iterator[Happened]:
    """Give what an event of a case adds to the counts."""
    before, after = _state(old), _told(new)
    if verb == "file":
        yield Happened(Step.RECEIVED)
        return
    moved = flow(before, str(after.get("state", before)), waiting=WAITING)
    if moved:
        yield Happened(moved, detail=str(after["state"] if moved is Step.ENDED else verb))
    if verb == Move.ACCEPT:
        yield Happened(Step.ACCEPTED)
    if verb in REFUSING:
        yield Happened(Step.REFUSED, detail=str(after.get("refusal", "")))
        yield _answered(day, about, due=about.first_by)
    elif verb == Move.TRANSFER:
        yield _answered(day, about, due=about.first_by if before in cases.UNDECIDED else about.answer_by)
    elif verb in DECIDING:
        yield Happened(Step.DECIDED, detail=str(after.get("finding", "")))
        yield _answered(day, about, due=about.answer_by)
    elif verb == Move.ANSWER_REVIEW:
        yield _reviewed(day, about, finding=str(after.get("finding", "")))


def of_suggestion(
    verb: str, old: str | None, new: str | None, *, day: date, about: About
) -> Iterator[Happened]:
    """Give what an event of a suggestion adds to the counts."""
    if verb == "suggestion.received":
        yield Happened(Step.RECEIVED)
        return
    before, after = _state(old), str(_told(new).get("state", ""))
    if before and flow(before, after, waiting=SUGGESTIONS_WAITING):
        yield Happened(Step.ENDED, detail=after)
        if verb == "suggestion.answered":
            yield Happened(Step.DECIDED, detail=after)
            yield _answered(day, about, due=about.answer_by)


def _answered(day: date, about: About, *, due: date) -> Happened:
    taken = max(0, workdays_between(about.received_on, day))
    return Happened(Step.ANSWERED, workdays=taken, late=day > due)


def _reviewed(day: date, about: About, *, finding: str) -> Happened:
    """Count a review by itself, from the day it was asked for: the first answer was counted when it was given."""
    since = about.review_since or day
    due = deadline(Clock.INSPECTION, Phase.REVIEW, since).due().date
    taken = max(0, workdays_between(since, day))
    return Happened(Step.REVIEWED, detail=finding or KEPT, workdays=taken, late=day > due)


def _state(text: str | None) -> str:
    return str(_told(text).get("state", ""))


def _told(text: str | None) -> Mapping[str, Any]:
    return json.loads(text) if text else {}
