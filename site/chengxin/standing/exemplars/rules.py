"""Exemplary titles: their kinds, the moves from nomination to award and back, consent, and what blocks them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.standing.exemplars.selection_rules import SelectionState

CONSENT_TEXT = "2026-1"  # the version of the text a person signs to be named; the desk prints it


class HonourKind(StrEnum):
    """Who is named: 诚信服务示范机构, 诚信服务窗口, 诚信服务标兵."""

    AGENCY = "agency"
    WINDOW = "window"
    PERSON = "person"


class Level(StrEnum):
    """Who names: county, city, province or nation (县级、市级、省级、全国)."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATIONAL = "national"


class Via(StrEnum):
    """Who proposed: an officer, an association (行业协会), or the agency by its own application."""

    OFFICER = "officer"
    ASSOCIATION = "association"
    AGENCY = "agency"


class State(StrEnum):
    """Where a title is in its life."""

    NOMINATED = "nominated"
    CHECKED = "checked"
    SHORTLISTED = "shortlisted"
    PUBLICITY = "publicity"
    AWARDED = "awarded"
    REFUSED = "refused"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a person does to a title; the last three only happen to all of a round at once."""

    CHECK = "check"
    SHORTLIST = "shortlist"
    REFUSE = "refuse"
    DROP = "drop"
    PROPOSE_WITHDRAWAL = "propose_withdrawal"
    KEEP = "keep"
    WITHDRAW = "withdraw"
    ANNOUNCE = "announce"
    RECONSIDER = "reconsider"
    AWARD = "award"


class Block(StrEnum):
    """What keeps a title from publicity or award."""

    STANDING = "standing"
    OBJECTION = "objection"
    CONSENT = "consent"


@dataclass(frozen=True)
class Move:
    """One allowed act: from which states, in which states of the round, to which, and what it asks."""

    sources: frozenset[State]
    target: State
    during: frozenset[SelectionState]
    reason: bool = False
    public: bool = False


_HAND_IN = frozenset({SelectionState.OPEN, SelectionState.REVIEW})
_REVIEW = frozenset({SelectionState.REVIEW})
_SHOWN = frozenset({SelectionState.PUBLICITY, SelectionState.AWARDED})
_AFTER = frozenset({SelectionState.AWARDED})
PENDING = frozenset({State.NOMINATED, State.CHECKED, State.SHORTLISTED})

MOVES: dict[Act, Move] = {
    Act.CHECK: Move(frozenset({State.NOMINATED}), State.CHECKED, _HAND_IN),
    Act.SHORTLIST: Move(frozenset({State.CHECKED}), State.SHORTLISTED, _REVIEW),
    Act.REFUSE: Move(PENDING, State.REFUSED, _HAND_IN, reason=True),
    Act.DROP: Move(frozenset({State.PUBLICITY}), State.DROPPED, _SHOWN, reason=True, public=True),
    Act.ANNOUNCE: Move(frozenset({State.SHORTLISTED}), State.PUBLICITY, _REVIEW, public=True),
    Act.RECONSIDER: Move(
        frozenset({State.PUBLICITY}),
        State.SHORTLISTED,
        frozenset({SelectionState.PUBLICITY}),
        reason=True,
        public=True,
    ),
    Act.AWARD: Move(frozenset({State.PUBLICITY}), State.AWARDED, _SHOWN, public=True),
    Act.PROPOSE_WITHDRAWAL: Move(frozenset({State.AWARDED}), State.AWARDED, _AFTER, reason=True),
    Act.KEEP: Move(frozenset({State.AWARDED}), State.AWARDED, _AFTER, reason=True),
    Act.WITHDRAW: Move(frozenset({State.AWARDED}), State.WITHDRAWN, _AFTER, public=True),
}


def move(state: str, act: Act, *, during: str, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    rule = MOVES[act]
    if State(state) not in rule.sources or SelectionState(during) not in rule.during:
        raise DomainError(N_("This title cannot take this step: look at where it is now."))
    if rule.reason and not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    return rule.target


def acts_from(state: str, *, during: str, proposed: bool) -> list[Act]:
    """Return what a person may do to one title now; `proposed` tells whether its withdrawal is proposed."""
    singly = [act for act in Act if act not in {Act.ANNOUNCE, Act.RECONSIDER}]
    fitting = [act for act in singly if state in MOVES[act].sources and during in MOVES[act].during]
    if during != SelectionState.AWARDED:
        return [act for act in fitting if act is not Act.AWARD]
    deciding = {Act.KEEP, Act.WITHDRAW}
    hidden = {Act.PROPOSE_WITHDRAWAL} if proposed else deciding
    return [act for act in fitting if act not in hidden]


def check_awarder(actor: int | None, *, nominated_by: int | None, shortlisted_by: int | None) -> None:
    """Refuse an award by a person who nominated or shortlisted."""
    if actor is None or actor in {nominated_by, shortlisted_by}:
        raise NotAllowedError(
            N_("A second person has to award: you nominated, shortlisted or announced yourself.")
        )


def check_withdrawal(act: Act, *, actor: int | None, proposed_by: int | None, proposed: bool) -> None:
    """Refuse a second proposal, a decision without a proposal, and a withdrawal by one person alone."""
    if proposed == (act is Act.PROPOSE_WITHDRAWAL):
        raise DomainError(N_("This title cannot take this step: look at where it is now."))
    if act is Act.WITHDRAW and (actor is None or actor == proposed_by):
        raise NotAllowedError(N_("A second person has to confirm what you proposed yourself."))


def blocks_of(
    *, kind: str, outweighed: bool, objected: bool, consent_on: date | None, withdrawn_on: date | None
) -> tuple[Block, ...]:
    """Return everything that keeps a title from being announced or awarded now."""
    unnamed = kind == HonourKind.PERSON and not has_consent(consent_on, withdrawn_on)
    held = ((Block.STANDING, outweighed), (Block.OBJECTION, objected), (Block.CONSENT, unnamed))
    return tuple(block for block, holds in held if holds)


def has_consent(consent_on: date | None, withdrawn_on: date | None) -> bool:
    """Tell whether a person's separate consent to be named (PIPL art. 25) is on record and stands."""
    return consent_on is not None and withdrawn_on is None


def may_name(kind: str, consent_on: date | None, withdrawn_on: date | None) -> bool:
    """Tell whether the name of the window or the person may be shown to the public."""
    return kind != HonourKind.PERSON or has_consent(consent_on, withdrawn_on)


def check_consent_day(kind: str, consent_on: date, today: date) -> None:
    """Refuse a consent for what is no person, or one that is still to come."""
    if kind != HonourKind.PERSON:
        raise DomainError(N_("Only a person consents to be named."))
    if consent_on > today:
        raise DomainError(N_("The day of the consent cannot lie in the future."))


def usual_end(year: int) -> date:
    """Return the last day a title of a year counts unless the decision says otherwise: the next year's end."""
    return date(year + 1, 12, 31)


def is_in_force(state: str, valid_until: date | None, today: date) -> bool:
    """Tell whether a title has been awarded, was not withdrawn, and its term still runs."""
    return state == State.AWARDED and (valid_until is None or today <= valid_until)


def pending_first() -> Iterator[State]:
    """Yield the states in the order a table of a round shows them."""
    yield from (State.PUBLICITY, State.SHORTLISTED, State.CHECKED, State.NOMINATED)
    yield from (State.AWARDED, State.WITHDRAWN, State.DROPPED, State.REFUSED)
