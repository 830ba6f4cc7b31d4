"""The deadlines of a notice, each in the unit its rule counts in (working days or calendar days)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chengxin.core.workdays import Due, add_workdays
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.stages import HEARING_DAYS, Course, is_internal, may_be_heard, reply_until


class Clock(StrEnum):
    """What has to be done by a day."""

    REVIEW = "review"
    REPLY = "reply"
    HEARING_REQUEST = "hearing_request"
    DECIDE = "decide"
    SERVE = "serve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class Unit(StrEnum):
    """In which days a rule counts."""

    WORKDAY = "workday"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Span:
    """How long a rule gives, in its unit, and where the rule stands."""

    days: int
    unit: Unit
    source: str


@dataclass(frozen=True)
class Practice:
    """What an installation sets for itself: shorter terms than the law's, and what it publishes at all."""

    publish_days: int = 7
    publish_minor: bool = True


@dataclass(frozen=True)
class Deadline:
    """One deadline that runs: what for, its last day, and whether it is the agency's and not the office's."""

    clock: Clock
    due: date
    provisional: bool
    of_agency: bool = False


USUAL = Practice()
# The law's own terms (working days by art. 85 of 行政处罚法); local practice only shortens publication.
SPANS: dict[Clock, Span] = {
    Clock.REVIEW: Span(1, Unit.WORKDAY, ""),
    Clock.REPLY: Span(5, Unit.WORKDAY, "行政处罚法第四十五条"),
    Clock.HEARING_REQUEST: Span(HEARING_DAYS, Unit.WORKDAY, "行政处罚法第六十四条"),
    Clock.DECIDE: Span(90, Unit.CALENDAR, "行政处罚法第六十条"),
    Clock.SERVE: Span(7, Unit.WORKDAY, "行政处罚法第六十一条"),
    Clock.PUBLISH: Span(20, Unit.WORKDAY, "政府信息公开条例第二十六条"),
    Clock.WITHDRAW: Span(3, Unit.WORKDAY, "行政处罚法第四十八条"),
}


def due_after(clock: Clock, start: date, practice: Practice = USUAL) -> Due:
    """Return the last day of a deadline that starts on a day; the day after it counts as the first."""
    span = SPANS[clock]
    if span.unit is Unit.CALENDAR:
        return Due(start + timedelta(days=span.days), provisional=False)
    days = min(span.days, practice.publish_days) if clock is Clock.PUBLISH else span.days
    return add_workdays(start, days)


def deadlines_of(course: Course, practice: Practice = USUAL) -> list[Deadline]:
    """Return every deadline that runs now, the nearest first."""
    return sorted(_running(course, practice), key=lambda each: (each.due, each.clock))


def next_due(course: Course, practice: Practice = USUAL) -> date | None:
    """Return the nearest last day the office itself has to keep, or None when no deadline runs."""
    own = (each.due for each in deadlines_of(course, practice) if not each.of_agency)
    return next(own, None)


def _running(course: Course, practice: Practice) -> Iterator[Deadline]:
    match State(course.state):
        case State.DRAFT | State.LEGAL_REVIEW if not course.decided:
            yield from _deadline(Clock.DECIDE, course.filed_on)
        case State.PRIOR_NOTICE:
            yield from _deadline(Clock.DECIDE, course.filed_on)
            yield from _of_agency(course)
        case State.HEARING:
            yield from _deadline(Clock.DECIDE, course.filed_on)
        case State.DECIDED:
            yield from _deadline(Clock.SERVE, course.decision_date)
            yield from _publication(course, practice)
        case State.DRAFT | State.LEGAL_REVIEW | State.SERVED:
            yield from _publication(course, practice)
        case State.PUBLISHED:
            yield from _of_published(course)
        case _:
            return


def _of_agency(course: Course) -> Iterator[Deadline]:
    if course.told_on is None:
        return
    if course.replied_on is None:
        yield Deadline(Clock.REPLY, reply_until(course.told_on), provisional=False, of_agency=True)
    if may_be_heard(course.legal_kind, course.severity):
        yield from _deadline(Clock.HEARING_REQUEST, course.told_on, of_agency=True)


def _publication(course: Course, practice: Practice) -> Iterator[Deadline]:
    """Yield the day of publication, unless the decision stays internal: then nothing presses."""
    if course.publication_basis.strip() or not is_internal(course.legal_kind, course.severity):
        yield from _deadline(Clock.PUBLISH, course.decision_date, practice=practice)


def _of_published(course: Course) -> Iterator[Deadline]:
    if course.awaits_review:
        yield from _deadline(Clock.REVIEW, course.published_on)
    if course.proposed_end == State.WITHDRAWN:
        yield from _deadline(Clock.WITHDRAW, course.quashed_on or course.proposed_end_on)


def _deadline(
    clock: Clock, start: date | None, *, practice: Practice = USUAL, of_agency: bool = False
) -> Iterator[Deadline]:
    if start is not None:
        due = due_after(clock, start, practice)
        yield Deadline(clock, due.date, due.provisional, of_agency)
