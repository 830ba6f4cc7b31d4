"""The moves of a notice from draft to end; its kinds and terms stand beside and are named here for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.standing.sanctions.kinds import (
    MEASURES,
    USUAL_SEVERITY,
    Category,
    LegalKind,
    NoticeKind,
    Severity,
    usual_severity,
)
from chengxin.standing.sanctions.terms import LISTING_MONTHS, MONTHS, Term, term

__all__ = [
    "EARLY_ENDS",
    "ENDED",
    "LISTING_MONTHS",
    "MEASURES",
    "MONTHS",
    "MOVES",
    "USUAL_SEVERITY",
    "Act",
    "Category",
    "LegalKind",
    "Move",
    "NoticeKind",
    "Severity",
    "State",
    "Term",
    "Tombstone",
    "check_complete",
    "check_decision_date",
    "check_end",
    "check_second_person",
    "end_of",
    "is_public",
    "move",
    "term",
    "usual_severity",
]


class State(StrEnum):
    """Where a notice is in its life; only `published` is ever public, and only until its last day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    EXPIRED = "expired"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Act(StrEnum):
    """What a person, or the calendar, does to a notice."""

    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    REJECT = "reject"
    PUBLISH = "publish"
    PROPOSE_END = "propose_end"
    DECLINE_END = "decline_end"
    REPAIR = "repair"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Move:
    """One allowed act: from which states, to which, and what it asks of the person."""

    sources: frozenset[State]
    target: State
    second_person: bool = False
    reason: bool = False
    public: bool = False


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


MOVES: dict[Act, Move] = {
    Act.REVISE: Move(_from(State.DRAFT), State.DRAFT),
    Act.SUBMIT: Move(_from(State.DRAFT), State.SUBMITTED),
    Act.RETURN: Move(_from(State.SUBMITTED), State.DRAFT, reason=True),
    Act.REJECT: Move(_from(State.DRAFT, State.SUBMITTED), State.REJECTED, reason=True),
    Act.PUBLISH: Move(_from(State.SUBMITTED), State.PUBLISHED, second_person=True, public=True),
    Act.PROPOSE_END: Move(_from(State.PUBLISHED), State.PUBLISHED, reason=True),
    Act.DECLINE_END: Move(_from(State.PUBLISHED), State.PUBLISHED, reason=True),
    Act.REPAIR: Move(_from(State.PUBLISHED), State.REPAIRED, second_person=True, reason=True, public=True),
    Act.WITHDRAW: Move(_from(State.PUBLISHED), State.WITHDRAWN, second_person=True, reason=True, public=True),
    Act.EXPIRE: Move(_from(State.PUBLISHED), State.EXPIRED, public=True),
}
EARLY_ENDS: dict[State, Act] = {State.WITHDRAWN: Act.WITHDRAW, State.REPAIRED: Act.REPAIR}
ENDED = frozenset({State.EXPIRED, State.REPAIRED, State.WITHDRAWN})


def is_public(state: str, max_until: date, today: date) -> bool:
    """Tell whether the text of a notice may be shown today; its last day counts in full."""
    return state == State.PUBLISHED and today <= max_until


@dataclass(frozen=True)
class Tombstone:
    """What is left in public of a notice that has ended: that it was there, and how it ended."""

    year: int
    number: int
    end: State
    ended_on: date
    reason: str = ""


def end_of(state: str, max_until: date, today: date) -> State | None:
    """Return how a published notice ended, also before anybody wrote it down; None while it never was one."""
    if state in ENDED:
        return State(state)
    return State.EXPIRED if state == State.PUBLISHED and today > max_until else None


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    rule = MOVES[act]
    if State(state) not in rule.sources:
        raise DomainError(N_("This notice cannot take this step: look at where it is now."))
    if rule.reason and not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    return rule.target


def check_second_person(act: Act, *, actor: str, first_persons: Iterable[str]) -> None:
    """Refuse an act that needs a second person when the actor was one of the first."""
    if MOVES[act].second_person and actor in set(first_persons):
        raise NotAllowedError(N_("A second person has to do this: you wrote or proposed it yourself."))


def check_end(end: State, min_until: date | None, today: date, *, proposed: str = "") -> None:
    """Refuse to propose an early end twice, or a credit repair before the shortest term is over."""
    if end not in EARLY_ENDS:
        raise DomainError(N_("A notice ends early only by withdrawal or credit repair."))
    if proposed:
        raise DomainError(N_("An end is proposed already: a second person decides on it first."))
    if end is State.REPAIRED and min_until is not None and today < min_until:
        raise DomainError(
            N_("Credit repair can end this notice from %(day)s on, not earlier."), day=min_until
        )


def check_complete(fields: Mapping[str, Any], needed: Iterable[str]) -> None:
    """Refuse a draft that lacks what every notice must say."""
    if any(not str(fields[name] or "").strip() for name in needed):
        raise DomainError(N_("This draft is not complete: fill in every field that is not optional."))


def check_decision_date(decision_date: date, today: date) -> None:
    """Refuse a decision of a day that has not come."""
    if decision_date > today:
        raise DomainError(N_("The decision cannot be dated after today."))
