"""The moves of a notice from draft to end; its kinds and terms stand beside and are named here for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.core.moves import Move
from chengxin.standing.sanctions.kinds import (
    MEASURES,
    USUAL_SEVERITY,
    Category,
    LegalKind,
    NoticeKind,
    Procedure,
    Severity,
    usual_severity,
)
from chengxin.standing.sanctions.terms import LISTING_MONTHS, MONTHS, Term, term

__all__ = [
    "BY_CALENDAR",
    "EARLY_ENDS",
    "ENDED",
    "LAPSED",
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
    "Part",
    "Procedure",
    "Severity",
    "State",
    "Term",
    "Tombstone",
    "check_complete",
    "check_decision_date",
    "check_end",
    "check_quashed",
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
    LEGAL_REVIEW = "legal_review"
    PRIOR_NOTICE = "prior_notice"
    HEARING = "hearing"
    DECIDED = "decided"
    SERVED = "served"
    PUBLISHED = "published"
    EXPIRED = "expired"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    ARCHIVED = "archived"


class Act(StrEnum):
    """What a person, or the calendar, does to a notice."""

    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    TELL = "tell"
    REPLY = "reply"
    REQUEST_HEARING = "request_hearing"
    HOLD_HEARING = "hold_hearing"
    DECIDE = "decide"
    SERVE = "serve"
    PUBLISH = "publish"
    PUBLISH_URGENTLY = "publish_urgently"
    CONFIRM_URGENT = "confirm_urgent"
    REFUSE_URGENT = "refuse_urgent"
    LAPSE = "lapse"
    PROPOSE_END = "propose_end"
    DECLINE_END = "decline_end"
    REPAIR = "repair"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    ARCHIVE = "archive"


class Part(StrEnum):
    """On which side of the four eyes a person stands: one of the authors, or a second person."""

    AUTHOR = "author"
    SECOND = "second"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_BEFORE_DECISION = _from(State.LEGAL_REVIEW, State.PRIOR_NOTICE, State.HEARING)
_PUBLIC = _from(State.PUBLISHED)

# An approval may lead further, where the stated facts put a decision that has been taken: see `stages`.
MOVES: Mapping[Act, Move[State]] = {
    Act.REVISE: Move(_from(State.DRAFT), State.DRAFT),
    Act.SUBMIT: Move(_from(State.DRAFT), State.LEGAL_REVIEW, reason=True),
    Act.RETURN: Move(_BEFORE_DECISION | {State.DECIDED, State.SERVED}, State.DRAFT, reason=True),
    Act.REJECT: Move(_BEFORE_DECISION | {State.DRAFT}, State.REJECTED, reason=True),
    Act.APPROVE: Move(_from(State.LEGAL_REVIEW), State.PRIOR_NOTICE, second_person=True, reason=True),
    Act.TELL: Move(_from(State.PRIOR_NOTICE), State.PRIOR_NOTICE, reason=True),
    Act.REPLY: Move(_from(State.PRIOR_NOTICE), State.PRIOR_NOTICE, reason=True),
    Act.REQUEST_HEARING: Move(_from(State.PRIOR_NOTICE), State.HEARING, reason=True),
    Act.HOLD_HEARING: Move(_from(State.HEARING), State.HEARING, reason=True),
    Act.DECIDE: Move(_from(State.PRIOR_NOTICE, State.HEARING), State.DECIDED, reason=True),
    Act.SERVE: Move(_from(State.DECIDED), State.SERVED, reason=True),
    Act.PUBLISH: Move(_from(State.SERVED), State.PUBLISHED, second_person=True, reason=True, public=True),
    Act.PUBLISH_URGENTLY: Move(
        _from(State.LEGAL_REVIEW), State.PUBLISHED, second_person=True, reason=True, public=True
    ),
    Act.CONFIRM_URGENT: Move(_PUBLIC, State.PUBLISHED, second_person=True, reason=True, public=True),
    Act.REFUSE_URGENT: Move(_PUBLIC, State.WITHDRAWN, second_person=True, reason=True, public=True),
    Act.LAPSE: Move(_PUBLIC, State.WITHDRAWN, public=True),
    Act.PROPOSE_END: Move(_PUBLIC, State.PUBLISHED, reason=True),
    Act.DECLINE_END: Move(_PUBLIC, State.PUBLISHED, reason=True),
    Act.REPAIR: Move(_PUBLIC, State.REPAIRED, second_person=True, reason=True, public=True),
    Act.WITHDRAW: Move(_PUBLIC, State.WITHDRAWN, second_person=True, reason=True, public=True),
    Act.EXPIRE: Move(_PUBLIC, State.EXPIRED, public=True),
    Act.ARCHIVE: Move(
        _from(State.SERVED, State.EXPIRED, State.REPAIRED, State.WITHDRAWN), State.ARCHIVED, reason=True
    ),
}
# Why an urgent publication fell; a reason is content of the site, in the language of the decisions.
LAPSED = "紧急公开后没有在期限内完成法制审核"
# What the calendar alone does, through the worker.
BY_CALENDAR = frozenset({Act.EXPIRE, Act.LAPSE})
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


def end_of(state: str, max_until: date, today: date, *, ended_as: str = "") -> State | None:
    """Return how a published notice ended, also before anybody wrote it down; None while it never was one."""
    if state in ENDED:
        return State(state)
    if state == State.ARCHIVED:
        return State(ended_as) if ended_as else None
    return State.EXPIRED if state == State.PUBLISHED and today > max_until else None


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This notice cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


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


def check_quashed(end: State, quashed_on: date | None, decided: date, today: date) -> None:
    """Refuse a day of quashing that cannot be, or beside an end that is no withdrawal."""
    if quashed_on is None:
        return
    if end is not State.WITHDRAWN:
        raise DomainError(N_("Only a withdrawal follows from a decision that was quashed."))
    if not decided <= quashed_on <= today:
        raise DomainError(N_("The decision was quashed after its own date and not after today."))


def check_complete(fields: Mapping[str, Any], needed: Iterable[str]) -> None:
    """Refuse a draft that lacks what every notice must say."""
    if any(not str(fields[name] or "").strip() for name in needed):
        raise DomainError(N_("This draft is not complete: fill in every field that is not optional."))


def check_decision_date(decision_date: date, today: date) -> None:
    """Refuse a decision of a day that has not come."""
    if decision_date > today:
        raise DomainError(N_("The decision cannot be dated after today."))
