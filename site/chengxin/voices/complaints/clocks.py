"""The two clocks of a case: labour inspection counts working days, petitions count calendar days.

The law runs them apart (劳动保障监察条例 and its 若干规定 against 信访工作条例); an officer chooses which one a
case follows, and a deadline can always be computed again from where it started.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from chengxin.core.workdays import Calendar, Due, add_workdays, official, workdays_between


class Unit(StrEnum):
    """What a term counts."""

    WORKDAY = "workday"
    CALENDAR = "calendar"


class Clock(StrEnum):
    """Which set of terms a case follows (劳动保障监察, 信访)."""

    INSPECTION = "inspection"
    PETITION = "petition"


class Phase(StrEnum):
    """What has to be done within a term."""

    ACCEPT = "accept"
    ANSWER = "answer"
    INVESTIGATE = "investigate"
    EXTENSION = "extension"
    DECIDE = "decide"
    SUPPLEMENT = "supplement"
    ASK_REVIEW = "ask_review"
    REVIEW = "review"


@dataclass(frozen=True)
class Term:
    """A number of working or calendar days."""

    days: int
    unit: Unit


@dataclass(frozen=True)
class Deadline:
    """A term with the day it runs from, so that it can be computed again with a newer calendar."""

    start: date
    days: int
    unit: Unit

    def due(self, calendar: Calendar | None = None) -> Due:
        """Return its last day; the day after the start counts as the first."""
        if self.unit is Unit.CALENDAR:
            return Due(self.start + timedelta(days=self.days), provisional=False)
        return add_workdays(self.start, self.days, calendar)

    def later(self, days: int) -> "Deadline":
        """Return the same deadline some days of its unit later."""
        return replace(self, days=self.days + days)


def _workdays(days: int) -> Term:
    return Term(days, Unit.WORKDAY)


def _calendar(days: int) -> Term:
    return Term(days, Unit.CALENDAR)


ASKED_WORKDAYS = 15  # assumed: no term for an answer to a request for more was found
SHARED: Mapping[Phase, Term] = {
    Phase.SUPPLEMENT: _workdays(ASKED_WORKDAYS),
    Phase.ASK_REVIEW: _calendar(30),  # 信访工作条例 art. 35
    Phase.REVIEW: _calendar(30),
}
TERMS: Mapping[Clock, Mapping[Phase, Term]] = {
    Clock.INSPECTION: {
        **SHARED,
        Phase.ACCEPT: _workdays(5),  # 关于实施《劳动保障监察条例》若干规定, art. 18
        Phase.ANSWER: _workdays(15),  # the promise of this site, well inside the law's 60
        Phase.INVESTIGATE: _workdays(60),  # 劳动保障监察条例 art. 17, from the filing of the case
        Phase.EXTENSION: _workdays(30),  # the same article, when a leader approves
        Phase.DECIDE: _workdays(15),  # 青岛市劳动保障监察条例; assumed elsewhere
    },
    Clock.PETITION: {
        **SHARED,
        Phase.ACCEPT: _calendar(15),  # 信访工作条例 art. 23
        Phase.ANSWER: _calendar(60),  # the same, art. 34
        Phase.INVESTIGATE: _calendar(60),
        Phase.EXTENSION: _calendar(30),
        Phase.DECIDE: _calendar(15),
    },
}


def deadline(clock: str, phase: Phase, start: date) -> Deadline:
    """Return the deadline of a phase that starts on a day."""
    term = TERMS[Clock(clock)][phase]
    return Deadline(start, term.days, term.unit)


def waited(since: date, until: date, unit: Unit) -> int:
    """Return how many days of a unit a pause took."""
    return workdays_between(since, until) if unit is Unit.WORKDAY else (until - since).days


def calendar_version() -> str:
    """Return which official table deadlines are computed with now; it is stored beside each of them."""
    return official().version
