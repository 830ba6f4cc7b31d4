"""Exemplary titles: their kinds and levels, the moves from nomination to award, and when one is in force."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError


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


class State(StrEnum):
    """Where a title is in its life."""

    NOMINATED = "nominated"
    AWARDED = "awarded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a person does to a title."""

    AWARD = "award"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """One allowed act: from which state, to which, and what it asks of the person."""

    source: State
    target: State
    second_person: bool = False
    reason: bool = False
    public: bool = False


MOVES: dict[Act, Move] = {
    Act.AWARD: Move(State.NOMINATED, State.AWARDED, second_person=True, public=True),
    Act.DECLINE: Move(State.NOMINATED, State.DECLINED, reason=True),
    Act.WITHDRAW: Move(State.AWARDED, State.WITHDRAWN, reason=True, public=True),
}


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    rule = MOVES[act]
    if State(state) is not rule.source:
        raise DomainError(N_("This title cannot take this step: look at where it is now."))
    if rule.reason and not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    return rule.target


def check_second_person(act: Act, *, actor: str, nominated_by: str) -> None:
    """Refuse an award by the person who nominated."""
    if MOVES[act].second_person and actor == nominated_by:
        raise NotAllowedError(N_("A second person has to award what you nominated yourself."))


def usual_end(year: int) -> date:
    """Return the last day a title of a year counts unless the decision says otherwise: the next year's end."""
    return date(year + 1, 12, 31)


def is_in_force(state: str, valid_until: date | None, today: date) -> bool:
    """Tell whether a title counts today."""
    return state == State.AWARDED and (valid_until is None or today <= valid_until)
