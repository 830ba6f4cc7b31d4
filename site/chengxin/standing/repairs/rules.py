"""When a credit repair may be asked for, its moves from request to decision, and its terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core import moves
from chengxin.core.errors import N_, DomainError
from chengxin.core.moves import Move
from chengxin.core.workdays import add_workdays

CHECK_WORKDAYS = 3  # 深圳经济特区社会信用条例 gives three; no national term was found
DECIDE_WORKDAYS = 10  # assumed: the text of 信用修复管理办法 at hand leaves the number out
LEAST_TEXT, MOST_TEXT = 20, 4_000


class State(StrEnum):
    """Where a request is."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    GRANTING = "granting"
    GRANTED = "granted"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Act(StrEnum):
    """What is done to a request."""

    ACCEPT = "accept"
    RETURN = "return"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    DECLINE = "decline"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Applicant(StrEnum):
    """Who asks: the agency through its account, or on paper."""

    AGENCY = "agency"
    PAPER = "paper"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


OPEN = _from(State.REQUESTED, State.ACCEPTED, State.GRANTING)
MOVES: Mapping[Act, Move[State]] = {
    Act.ACCEPT: Move(_from(State.REQUESTED), State.ACCEPTED),
    Act.RETURN: Move(_from(State.REQUESTED), State.INCOMPLETE, reason=True),
    Act.PROPOSE: Move(_from(State.ACCEPTED), State.GRANTING, reason=True),
    Act.CONFIRM: Move(_from(State.GRANTING), State.GRANTED),
    Act.DECLINE: Move(_from(State.GRANTING), State.ACCEPTED, reason=True),
    Act.REFUSE: Move(_from(State.ACCEPTED), State.REFUSED, reason=True),
    Act.WITHDRAW: Move(OPEN - {State.GRANTING}, State.WITHDRAWN),
    Act.LAPSE: Move(OPEN, State.LAPSED),
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What an agency says and promises when it asks."""

    text: str
    evidence: str
    fulfilled: bool
    undertaking: bool


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This request cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


def acts_from(state: str) -> list[Act]:
    """Return the acts a person may do to a request in this state, in their usual order."""
    return [act for act in moves.acts_from(MOVES, state) if act is not Act.LAPSE]


def first_day(min_until: date | None, decision_date: date) -> date:
    """Return the first day a repair may be asked for (信用修复管理办法: after the shortest term)."""
    return min_until or decision_date


def check_day(*, public: bool, first: date, today: date, open_already: bool) -> None:
    """Refuse a request about a notice that has ended, before its shortest term, or beside an open one."""
    if not public:
        raise DomainError(N_("This notice is not public now: there is nothing to end."))
    if today < first:
        raise DomainError(N_("Credit repair can be asked for from %(day)s on, not earlier."), day=first)
    if open_already:
        raise DomainError(N_("A request for this notice is open already."))


def check_request(request: Request) -> None:
    """Refuse a request without its two promises or without words."""
    if not LEAST_TEXT <= len(request.text) <= MOST_TEXT:
        raise DomainError(N_("Write what was put right and when, from 20 to 4,000 characters."))
    if not request.fulfilled:
        raise DomainError(N_("Credit repair needs every obligation of the decision fulfilled: confirm it."))
    if not request.undertaking:
        raise DomainError(N_("Credit repair needs the undertaking to keep the law: confirm it."))


def due_on(state: str, *, check_by: date, decide_by: date | None) -> date | None:
    """Return the deadline that runs now, or None when nobody has to act."""
    if state == State.REQUESTED:
        return check_by
    return decide_by if state in OPEN else None


def check_term(requested: date) -> date:
    """Return by when a request is accepted or returned as incomplete."""
    return add_workdays(requested, CHECK_WORKDAYS).date


def decision_term(accepted: date, days: int = DECIDE_WORKDAYS) -> date:
    """Return by when an accepted request is decided."""
    return add_workdays(accepted, days).date
