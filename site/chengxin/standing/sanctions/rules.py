"""The kinds of sanctions, the terms of their publication, and the moves of a notice from draft to end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.standing.months import later


class NoticeKind(StrEnum):
    """What the public sees: 失信曝光, 黄牌警告, 许可证处置, 严重失信名单."""

    EXPOSURE = "exposure"
    YELLOW_CARD = "yellow_card"
    LICENCE_ACTION = "licence_action"
    SERIOUS_LISTING = "serious_listing"


class LegalKind(StrEnum):
    """What the decision is in law: a penalty (处罚), an end of a permit, a measure (措施) or a listing."""

    WARNING = "warning"
    FINE = "fine"
    CONFISCATION = "confiscation"
    LICENCE_SUSPENSION = "licence_suspension"
    DOWNGRADE = "downgrade"
    LICENCE_REVOCATION = "licence_revocation"
    RESTRICTION = "restriction"
    CLOSURE = "closure"
    BARRING = "barring"
    UNLICENSED_CLOSURE = "unlicensed_closure"
    RESCISSION = "rescission"
    DEREGISTRATION = "deregistration"
    INTERVIEW = "interview"
    RECTIFICATION_ORDER = "rectification_order"
    REMINDER = "reminder"
    LISTING = "listing"


class Severity(StrEnum):
    """The class that decides how long a notice stays public (轻微、一般、严重)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


class Category(StrEnum):
    """What the agency did: the codes of the violation catalogue."""

    UNLICENSED = "unlicensed"
    UNFILED = "unfiled"
    FALSE_POSTING = "false_posting"
    DISCRIMINATION = "discrimination"
    OVERCHARGE = "overcharge"
    DEPOSIT = "deposit"
    ID_WITHHELD = "id_withheld"
    PRIVACY = "privacy"
    SHAM_OUTSOURCING = "sham_outsourcing"
    COERCION = "coercion"
    RECRUIT_TO_TRAIN = "recruit_to_train"
    PAID_REFERRAL = "paid_referral"
    MINOR_OR_BARRED_WORK = "minor_or_barred_work"
    LICENCE_ABUSE = "licence_abuse"
    ILLEGAL_CLIENT = "illegal_client"
    FAKE_SOCIAL_INSURANCE = "fake_social_insurance"
    NO_DISPLAY = "no_display"
    NO_LEDGER_REPORT = "no_ledger_report"
    JOB_FAIR = "job_fair"
    WAGE_ARREARS = "wage_arrears"
    OTHER = "other"


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


class Term(NamedTuple):
    """The first day a notice may end early and the last day it may be public."""

    min_until: date
    max_until: date


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

# A measure is no penalty: it obeys the terms of a minor one.
MEASURES = frozenset({LegalKind.INTERVIEW, LegalKind.RECTIFICATION_ORDER, LegalKind.REMINDER})
# 信用修复管理办法: months from the date of the decision document.
MONTHS: dict[Severity, tuple[int, int]] = {
    Severity.MINOR: (0, 3),
    Severity.GENERAL: (3, 12),
    Severity.SERIOUS: (12, 36),
}
LISTING_MONTHS = (6, 36)
USUAL_SEVERITY: dict[LegalKind, Severity] = {
    **dict.fromkeys((LegalKind.WARNING, *sorted(MEASURES)), Severity.MINOR),
    **dict.fromkeys(
        (
            LegalKind.LICENCE_REVOCATION,
            LegalKind.CLOSURE,
            LegalKind.BARRING,
            LegalKind.UNLICENSED_CLOSURE,
            LegalKind.LISTING,
        ),
        Severity.SERIOUS,
    ),
}


def usual_severity(legal_kind: str) -> Severity:
    """Return the class a decision of this kind usually has; general when nothing says otherwise."""
    return USUAL_SEVERITY.get(LegalKind(legal_kind), Severity.GENERAL)


def term(decision_date: date, *, severity: str, legal_kind: str, notice_kind: str) -> Term:
    """Return how long a notice is public at least and at most, counted from the decision."""
    if notice_kind == NoticeKind.SERIOUS_LISTING:
        least, most = LISTING_MONTHS
    elif legal_kind in MEASURES:
        least, most = MONTHS[Severity.MINOR]
    else:
        least, most = MONTHS[Severity(severity)]
    return Term(later(decision_date, least), later(decision_date, most))


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
