"""What a happening means for the counts, how times are summed up, and which cells the public does not see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Fewer than this many cases in one cell of a public table are not shown (assumed; not law).
SMALLEST_SHOWN = 5
PART_OF_MOST = 90
UNKNOWN = -1


class Track(StrEnum):
    """The ways to write to the authority, as somebody filed it; what it turns into later changes no count."""

    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"


class Facet(StrEnum):
    """The side from which something is counted."""

    ALL = "all"
    CATEGORY = "category"
    REGION = "region"
    OFFICER = "officer"


class Step(StrEnum):
    """What is counted: what comes in and ends keeps the sum, the others tell how."""

    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    ENDED = "ended"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DECIDED = "decided"
    ANSWERED = "answered"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Times:
    """How long answers took, in working days: how many there were, how many were late, median and 90 %."""

    answered: int
    late: int
    median: int | None
    most: int | None


@dataclass(frozen=True)
class Reviews:
    """How reviews were answered: their times, and how many ended with another finding."""

    times: Times
    changed: int


def first_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return first_of(first_of(month) + timedelta(days=31))


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return first_of(first_of(month) - timedelta(days=1))


def flow(old: str, new: str, *, waiting: Collection[str]) -> Step | None:
    """Return what a change of state does to the sum of what waits."""
    if (old in waiting) == (new in waiting):
        return None
    return Step.ENDED if old in waiting else Step.TAKEN_UP


def times(days: Mapping[int, int], *, late: int) -> Times:
    """Sum up a distribution of working days; an unknown time is counted and left out of the middle."""
    known = {each: count for each, count in days.items() if each != UNKNOWN}
    answered = sum(days.values())
    return Times(answered, late, rank(known, 50), rank(known, PART_OF_MOST))


def rank(days: Mapping[int, int], percent: int) -> int | None:
    """Return the number of days within which a part of the answers came (nearest rank)."""
    total = sum(days.values())
    wanted, seen = -(-total * percent // 100), 0
    for each in sorted(days):
        seen += days[each]
        if seen >= wanted:
            return each
    return None


def shown(cells: Sequence[int], *, least: int = SMALLEST_SHOWN) -> list[int | None]:
    """Return the cells of a table with a public total, without those that must not be known.

    Cells from 1 to 4 are hidden. One hidden cell would follow from the total, and several nearly so where their
    sum is near its least or its most. So the cells after the first of them, in the order of the list, are hidden
    too: at least one, and until all hidden cells hold `2 * least` together, or nothing is left to hide. The order
    is the list's own: were the smallest or the largest chosen, whoever knows that would learn from the shown
    cells what the hidden ones cannot be.
    """
    small = [place for place, count in enumerate(cells) if 0 < count < least]
    if not small:
        return list(cells)
    hidden, others = list(small), [place for place in _round(small[0], len(cells)) if place not in small]
    while others and (len(hidden) == len(small) or sum(cells[place] for place in hidden) < 2 * least):
        hidden.append(others.pop(0))
    return [None if place in hidden else count for place, count in enumerate(cells)]


def _round(start: int, length: int) -> list[int]:
    return [*range(start, length), *range(start)]
