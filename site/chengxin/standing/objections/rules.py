"""What an objection can be about, its moves from receipt to review, and its terms in working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core import moves
from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.core.moves import Move
from chengxin.core.workdays import add_workdays

MARK_WORKDAYS = 1  # 上海市社会信用条例, art. 36: other places only say "in time", so this is a setting
ANSWER_WORKDAYS = 15  # 重大劳动保障违法行为社会公布办法; other records take the same term
REVIEW_WORKDAYS = 7  # assumed from the practice of some provinces, not found in a national rule
LEAST_TEXT, MOST_TEXT = 20, 4_000
MOST_MARK = 200


class Target(StrEnum):
    """The kinds of record that can be disputed; the value is the kind of its ledger subject."""

    SANCTION = "sanction"
    HONOUR = "honour"
    AGENCY = "agency"
    PERMIT = "permit"
    RATING = "rating"
    ARTICLE = "article"
    INSPECTION = "inspection"
    NONE = ""


class Ground(StrEnum):
    """What is said to be wrong with the record."""

    WRONG = "wrong"
    MISSING = "missing"
    OVER_TIME = "over_time"
    WRONGLY_LISTED = "wrongly_listed"
    PRIVACY = "privacy"


class Applicant(StrEnum):
    """Who objects: the agency itself, anybody through the public page, or somebody on paper."""

    AGENCY = "agency"
    PUBLIC = "public"
    PAPER = "paper"


class State(StrEnum):
    """Where an objection is."""

    RECEIVED = "received"
    MARKED = "marked"
    DECIDED = "decided"
    REVIEW = "review"
    REVIEWED = "reviewed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done to an objection."""

    MARK = "mark"
    REFUSE = "refuse"
    DECIDE = "decide"
    ASK_REVIEW = "ask_review"
    REVIEW = "review"
    WITHDRAW = "withdraw"


class Outcome(StrEnum):
    """What an objection comes to."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


MOVES: Mapping[Act, Move[State]] = {
    Act.MARK: Move(_from(State.RECEIVED), State.MARKED, reason=True),
    Act.REFUSE: Move(_from(State.RECEIVED), State.REFUSED, reason=True),
    Act.DECIDE: Move(_from(State.MARKED), State.DECIDED, reason=True),
    Act.ASK_REVIEW: Move(_from(State.DECIDED), State.REVIEW, reason=True),
    Act.REVIEW: Move(_from(State.REVIEW), State.REVIEWED, reason=True),
    Act.WITHDRAW: Move(_from(State.RECEIVED, State.MARKED, State.REVIEW), State.WITHDRAWN),
}
OPEN = _from(State.RECEIVED, State.MARKED, State.REVIEW)
VISIBLE = _from(State.MARKED, State.REVIEW)
ANSWERED = _from(State.DECIDED, State.REVIEWED)


@dataclass(frozen=True)
class Terms:
    """By when an objection marks the record, and by when it is decided."""

    mark_by: date
    answer_by: date


def terms(received: date, *, mark_days: int = MARK_WORKDAYS, answer_days: int = ANSWER_WORKDAYS) -> Terms:
    """Return the two days an objection promises, counted in working days."""
    return Terms(add_workdays(received, mark_days).date, add_workdays(received, answer_days).date)


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This objection cannot take this step: look at where it is now.")
    no_reason = N_("Write what is to be said: it is kept with the record.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal, no_reason=no_reason)


def acts_from(state: str) -> list[Act]:
    """Return the acts an objection in this state allows, in their usual order."""
    return moves.acts_from(MOVES, state)


def is_visible(state: str) -> bool:
    """Tell whether the disputed record shows that it is disputed."""
    return state in VISIBLE


def due_on(state: str, *, mark_by: date, answer_by: date, review_by: date | None) -> date | None:
    """Return the deadline that runs now, or None when nobody has to act."""
    dates = {State.RECEIVED: mark_by, State.MARKED: answer_by, State.REVIEW: review_by}
    return dates.get(State(state))


def check_impartial(actor: str, first_persons: Iterable[str]) -> None:
    """Refuse a decision by somebody who wrote or decided what is disputed."""
    if actor in set(first_persons):
        raise NotAllowedError(N_("Another person has to decide: what is disputed is your own work."))


def check_in_time(decided_on: date | None, today: date) -> None:
    """Refuse a review asked for after its term."""
    if decided_on is None or today > add_workdays(decided_on, REVIEW_WORKDAYS).date:
        raise DomainError(N_("The term for asking for a review is over."))


def check_text(text: str) -> None:
    """Refuse an objection that says nothing, or more than can be read."""
    if not LEAST_TEXT <= len(text) <= MOST_TEXT:
        raise DomainError(N_("Write what is wrong and how you know, from 20 to 4,000 characters."))
