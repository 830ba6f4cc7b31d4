"""Where a record of two persons is, what may be done to it, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError


class State(StrEnum):
    """Where a record is in its life; only `in_force` is ever public."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    REMOVED = "removed"


class Act(StrEnum):
    """What a person does to a record."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    PROPOSE_REMOVAL = "propose_removal"
    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True)
class Move:
    """One allowed act: from which state, to which, and what it asks of the person."""

    source: State
    target: State
    removal_proposed: bool = False
    second_person: bool = False
    reason: bool = False
    public: bool = False


MOVES: Mapping[Act, Move] = {
    Act.CONFIRM: Move(State.PROPOSED, State.IN_FORCE, second_person=True, public=True),
    Act.DECLINE: Move(State.PROPOSED, State.DECLINED, reason=True),
    Act.PROPOSE_REMOVAL: Move(State.IN_FORCE, State.IN_FORCE, reason=True),
    Act.KEEP: Move(State.IN_FORCE, State.IN_FORCE, removal_proposed=True, reason=True),
    Act.REMOVE: Move(State.IN_FORCE, State.REMOVED, removal_proposed=True, second_person=True, public=True),
}


def acts_from(state: str, *, removal_proposed: bool = False) -> list[Act]:
    """Return what may be done to a record now, by somebody."""
    return [
        act
        for act, rule in MOVES.items()
        if rule.source == state and (state != State.IN_FORCE or rule.removal_proposed is removal_proposed)
    ]


def move(state: str, act: Act, *, removal_proposed: bool = False, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    if act not in acts_from(state, removal_proposed=removal_proposed):
        raise DomainError(N_("This record cannot take this step: look at where it is now."))
    if MOVES[act].reason and not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    return MOVES[act].target


def first_person(act: Act, *, proposed_by: int | None, end_proposed_by: int | None) -> int | None:
    """Return who proposed what an act decides on, if it takes another person."""
    if not MOVES[act].second_person:
        return None
    return end_proposed_by if MOVES[act].removal_proposed else proposed_by


def check_second_person(act: Act, *, account: int | None, first: int | None) -> None:
    """Refuse an act that takes a second person when nobody signs for it or the first person does."""
    if MOVES[act].second_person and (account is None or account == first):
        raise NotAllowedError(N_("A second person has to do this: you proposed it yourself."))
