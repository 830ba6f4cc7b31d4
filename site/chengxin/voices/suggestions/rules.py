"""The states of a suggestion, what may be done to it, its term and its bounds."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from chengxin.core import moves
from chengxin.core.errors import N_, DomainError
from chengxin.core.moves import Move
from chengxin.core.workdays import Due, add_workdays

# Assumed: 人社部发〔2012〕46号, 四(三) asks that opinions are studied and answered, and names no number of days.
REPLY_WORKDAYS = 20
LEAST_TEXT, MOST_TEXT = 20, 4_000
MOST_REPLY = 4_000
MOST_RESPONDENT = 200
CONSENT_VERSION = "2026-12"


class Topic(StrEnum):
    """What a suggestion is about, in groups that everybody understands."""

    POLICY = "policy"
    SERVICE = "service"
    SUPERVISION = "supervision"
    AGENCIES = "agencies"
    PLATFORM = "platform"
    OTHER = "other"


class About(StrEnum):
    """Who should do something: the authority itself, or an agency."""

    AUTHORITY = "authority"
    AGENCY = "agency"


class Publication(StrEnum):
    """Whether the author lets the words be published."""

    AGREED = "agreed"
    REFUSED = "refused"


class State(StrEnum):
    """Where a suggestion is."""

    RECEIVED = "received"
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done to a suggestion."""

    ADOPT = "adopt"
    ADOPT_PARTLY = "adopt_partly"
    DECLINE = "decline"
    SET_ASIDE = "set_aside"
    REDACT = "redact"
    WITHDRAW = "withdraw"
    KEEP_BACK = "keep_back"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


OPEN = _from(State.RECEIVED)
OUTCOMES = (State.ADOPTED, State.PARTLY, State.NOT_ADOPTED)
ANSWERED = _from(*OUTCOMES)
# An answer that turned out wrong is given again: the same act leads from every answer to every other.
MOVES: Mapping[Act, Move[State]] = {
    Act.ADOPT: Move(OPEN | ANSWERED, State.ADOPTED, reason=True, public=True),
    Act.ADOPT_PARTLY: Move(OPEN | ANSWERED, State.PARTLY, reason=True, public=True),
    Act.DECLINE: Move(OPEN | ANSWERED, State.NOT_ADOPTED, reason=True, public=True),
    Act.SET_ASIDE: Move(OPEN, State.SET_ASIDE, reason=True),
    Act.REDACT: Move(OPEN | ANSWERED),
    Act.WITHDRAW: Move(OPEN, State.WITHDRAWN),
    Act.KEEP_BACK: Move(ANSWERED),
}
ANSWERS: Mapping[Act, State] = {
    Act.ADOPT: State.ADOPTED,
    Act.ADOPT_PARTLY: State.PARTLY,
    Act.DECLINE: State.NOT_ADOPTED,
}


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This suggestion cannot take this step: look at where it is now.")
    no_reason = N_("Write the reply: what is done, and why or why not.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal, no_reason=no_reason)


def acts_from(state: str) -> list[Act]:
    """Return the acts a suggestion in this state allows, in their usual order."""
    return moves.acts_from(MOVES, state)


def is_public(state: str) -> bool:
    """Tell whether readers see the suggestion: once it is answered, and only then."""
    return state in ANSWERED


def term(received: date) -> Due:
    """Return by when a suggestion is answered."""
    return add_workdays(received, REPLY_WORKDAYS)


def due_on(state: str, reply_by: date) -> date | None:
    """Return the deadline that runs now, or None when nobody has to act."""
    return reply_by if state in OPEN else None


def check_text(text: str) -> None:
    """Refuse a suggestion that says nothing, or more than can be read."""
    if not LEAST_TEXT <= len(text) <= MOST_TEXT:
        raise DomainError(N_("Write your suggestion with 20 to 4,000 characters."))


def check_reply(reply: str) -> None:
    """Refuse a reply that is longer than anybody reads."""
    if len(reply) > MOST_REPLY:
        raise DomainError(N_("Keep the reply to 4,000 characters."))


def check_consent(publication: str) -> None:
    """Refuse a public text that its author did not agree to."""
    if publication != Publication.AGREED:
        raise DomainError(
            N_("The author did not agree to publication: only the topic and the reply become public.")
        )
