"""The states of a rating, what hides it, and when a score is shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chengxin.core.errors import N_, DomainError

SHOWN_FROM = 5
LOWEST, HIGHEST = 1, 5
MOST_TEXT = 500
MONTHS_BACK = 24


class RaterKind(StrEnum):
    """Who rates (求职者, 用人单位, 派遣或在职员工)."""

    JOB_SEEKER = "job_seeker"
    EMPLOYER = "employer"
    STAFF = "staff"


class Dimension(StrEnum):
    """What is rated; each is a column of the rating."""

    OPENNESS = "openness"
    HONESTY = "honesty"
    FEES = "fees"
    RESULT = "result"
    ATTITUDE = "attitude"


class State(StrEnum):
    """Where a rating stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    REMOVED = "removed"


class Reason(StrEnum):
    """Why a rating is not shown; that it is negative is no reason."""

    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    NOT_A_CLIENT = "not_a_client"
    REPEATED = "repeated"
    UNLAWFUL = "unlawful"


MOVES: Mapping[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PUBLISHED, State.HIDDEN, State.REMOVED}),
    State.PUBLISHED: frozenset({State.HIDDEN, State.REMOVED}),
    State.HIDDEN: frozenset({State.PUBLISHED, State.REMOVED}),
    State.REMOVED: frozenset(),
}


@dataclass(frozen=True)
class Score:
    """The published ratings of an agency in figures: how many, their mean, and how many at each step."""

    count: int
    mean: float
    steps: Counter[int]


def may_move(state: str, to: State) -> None:
    """Say that a rating cannot go from one state to another, when it cannot."""
    if to not in MOVES[State(state)]:
        raise DomainError(N_("This step is not possible while a rating is in its present state."))


def overall(marks: Sequence[int]) -> float:
    """Return what the five marks of one rating come to."""
    return sum(marks) / len(marks)


def score(ratings: Sequence[Sequence[int]]) -> Score | None:
    """Return the score of published ratings, or None while there are too few to be fair."""
    if len(ratings) < SHOWN_FROM:
        return None
    each = [overall(marks) for marks in ratings]
    steps = Counter(int(value + 0.5) for value in each)
    return Score(len(each), round(sum(each) / len(each), 1), steps)
