"""The states of a case, the moves between them, its tracks, its outcomes and what its public wording may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core import moves
from chengxin.core.errors import N_, DomainError
from chengxin.core.moves import Move as Moving
from chengxin.core.workdays import Due
from chengxin.voices.complaints.clocks import TERMS, Clock, Deadline, Phase, deadline

ACCEPT_WORKDAYS = TERMS[Clock.INSPECTION][Phase.ACCEPT].days
ANSWER_WORKDAYS = TERMS[Clock.INSPECTION][Phase.ANSWER].days
LEAST_FACTS, MOST_FACTS = 20, 4_000
COUNTED_ELSEWHERE = (
    200  # programs count line ends and emoji otherwise: who kept to 4,000 there must pass here
)
MOST_RESPONDENT = 200
MOST_REPLY = 4_000
CONSENT_VERSION = "2026-12"


class Track(StrEnum):
    """Whether somebody was harmed and wants a decision (投诉), or anybody tells what they know (举报)."""

    COMPLAINT = "complaint"
    REPORT = "report"


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"
    SUSPENDED = "suspended"
    DECIDING = "deciding"
    DECIDED = "decided"
    CLOSED = "closed"
    REVIEW = "review"
    NOT_ACCEPTED = "not_accepted"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class Move(StrEnum):
    """What can happen to a case; each move is a verb of the ledger."""

    ASK = "ask"
    SUPPLY = "supply"
    LAPSE = "lapse"
    ACCEPT = "accept"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    DISCARD = "discard"
    MERGE = "merge"
    UNMERGE = "unmerge"
    RELEASE = "release"
    SET_CLOCK = "set_clock"
    INVESTIGATE = "investigate"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    DENY_EXTENSION = "deny_extension"
    SUSPEND = "suspend"
    RESUME = "resume"
    FINISH = "finish"
    DECIDE = "decide"
    CLOSE = "close"
    FOLLOW = "follow"
    WITHDRAW = "withdraw"
    GO_ON = "go_on"
    ASK_REVIEW = "ask_review"
    ANSWER_REVIEW = "answer_review"
    REOPEN = "reopen"


class Category(StrEnum):
    """What a case is about, in the words of who tells it; the officer sets the violation later."""

    FEES = "fees"
    FALSE_POSTING = "false_posting"
    UNLICENSED = "unlicensed"
    WITHHELD = "withheld"
    WAGES = "wages"
    PRIVACY = "privacy"
    DISCRIMINATION = "discrimination"
    SHAM = "sham"
    OTHER = "other"


class Finding(StrEnum):
    """What the investigation found (查实, 部分查实, 未查实, 无法查证)."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"


class Refusal(StrEnum):
    """Why a case is not accepted (不予受理)."""

    TOO_OLD = "too_old"
    OUT_OF_SCOPE = "out_of_scope"
    NO_RESPONDENT = "no_respondent"
    NOT_SUPPLEMENTED = "not_supplemented"
    ALREADY_HANDLED = "already_handled"
    IN_COURT = "in_court"
    OTHER_JURISDICTION = "other_jurisdiction"


class Dismissal(StrEnum):
    """Why a case is set aside as invalid (作无效处理)."""

    ADVERTISING = "advertising"
    ABUSE = "abuse"
    REPEATED = "repeated"
    EMPTY = "empty"


class Satisfaction(StrEnum):
    """How a complainant rates the handling, in words (满意度评价; 信访工作条例 lets them)."""

    VERY_POOR = "very_poor"
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    VERY_GOOD = "very_good"


class Outcome(StrEnum):
    """What the public counts: one word for each complaint against an agency."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    OPEN = "open"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


UNDECIDED = _from(State.RECEIVED, State.SUPPLEMENT)
HANDLING = _from(State.ACCEPTED, State.INVESTIGATING, State.SUSPENDED, State.DECIDING)
OPEN = UNDECIDED | HANDLING | {State.DECIDED, State.REVIEW}
PAUSED = _from(State.SUPPLEMENT, State.SUSPENDED)
LEADING = UNDECIDED | HANDLING  # what another case can be merged into: its own answer is still to come
_BEFORE_DECISION = _from(State.RECEIVED, State.SUPPLEMENT, State.ACCEPTED, State.INVESTIGATING)

MOVES: Mapping[Move, Moving[State]] = {
    Move.ASK: Moving(_from(State.RECEIVED), State.SUPPLEMENT),
    Move.SUPPLY: Moving(_from(State.SUPPLEMENT), State.RECEIVED),
    Move.LAPSE: Moving(_from(State.SUPPLEMENT), State.NOT_ACCEPTED),
    Move.ACCEPT: Moving(UNDECIDED, State.ACCEPTED),
    Move.REFUSE: Moving(UNDECIDED, State.NOT_ACCEPTED),
    Move.TRANSFER: Moving(_BEFORE_DECISION, State.TRANSFERRED),
    Move.DISCARD: Moving(UNDECIDED, State.DISCARDED, reason=True),
    Move.MERGE: Moving(_BEFORE_DECISION, State.MERGED),
    Move.UNMERGE: Moving(_from(State.MERGED), reason=True),
    Move.RELEASE: Moving(_from(State.MERGED)),
    Move.SET_CLOCK: Moving(_from(State.RECEIVED, State.ACCEPTED)),
    Move.INVESTIGATE: Moving(_from(State.ACCEPTED), State.INVESTIGATING),
    Move.ASK_EXTENSION: Moving(_from(State.INVESTIGATING), reason=True),
    Move.EXTEND: Moving(_from(State.INVESTIGATING), second_person=True),
    Move.DENY_EXTENSION: Moving(_from(State.INVESTIGATING), second_person=True, reason=True),
    Move.SUSPEND: Moving(_from(State.INVESTIGATING), State.SUSPENDED, reason=True),
    Move.RESUME: Moving(_from(State.SUSPENDED), State.INVESTIGATING),
    Move.FINISH: Moving(_from(State.INVESTIGATING), State.DECIDING),
    Move.DECIDE: Moving(_from(State.ACCEPTED, State.INVESTIGATING, State.DECIDING), State.DECIDED),
    Move.CLOSE: Moving(_from(State.DECIDED), State.CLOSED),
    Move.FOLLOW: Moving(_from(State.MERGED), State.CLOSED),
    Move.WITHDRAW: Moving(UNDECIDED | HANDLING | {State.MERGED}, State.WITHDRAWN),
    Move.GO_ON: Moving(_from(State.WITHDRAWN), State.ACCEPTED, reason=True),
    Move.ASK_REVIEW: Moving(_from(State.CLOSED, State.NOT_ACCEPTED, State.DISCARDED), State.REVIEW),
    Move.ANSWER_REVIEW: Moving(_from(State.REVIEW), second_person=True),
    Move.REOPEN: Moving(_from(State.REVIEW), State.ACCEPTED, second_person=True, reason=True),
}
# Where a case goes back to the state it had, which is kept beside it.
BACK = frozenset({Move.UNMERGE, Move.RELEASE, Move.ANSWER_REVIEW})
# What a person at the desk does by hand; the other moves come from complainants, the worker, or with another move.
BY_STAFF = frozenset(Move) - {
    Move.SUPPLY,
    Move.LAPSE,
    Move.RELEASE,
    Move.CLOSE,
    Move.FOLLOW,
    Move.WITHDRAW,
    Move.ASK_REVIEW,
}


@dataclass(frozen=True)
class Terms:
    """The two deadlines a receipt promises."""

    accept_in: Deadline
    answer_in: Deadline

    @property
    def accept(self) -> Due:
        """Return by when a case is accepted or refused."""
        return self.accept_in.due()

    @property
    def answer(self) -> Due:
        """Return by when it is answered."""
        return self.answer_in.due()

    @property
    def provisional(self) -> bool:
        """Return whether one of the dates may still change: the calendar of its year is missing."""
        return self.accept.provisional or self.answer.provisional


def terms(received: date, clock: str = Clock.INSPECTION) -> Terms:
    """Return by when a case is accepted or refused, and by when it is answered."""
    return Terms(deadline(clock, Phase.ACCEPT, received), deadline(clock, Phase.ANSWER, received))


def moves_from(state: str) -> list[Move]:
    """Return the moves a case in this state allows, in their usual order."""
    return moves.acts_from(MOVES, state)


def after(state: str, move: Move, *, reason: str = "-", before: str = "") -> State:
    """Return the state a move leads to, or say why it cannot be made from here.

    A move that leads back takes the state the case had before.
    """
    target = MOVES[move].of(
        State(state),
        reason=reason,
        refusal=N_("This step is not possible while a complaint is in its present state."),
    )
    return State(before) if move in BACK and before else target


def leaves_others(move: Move, state: str) -> bool:
    """Return whether a move ends a case without an answer that those merged into it get as well."""
    return state not in OPEN | {State.MERGED} and move not in {Move.CLOSE, Move.FOLLOW}


def outcome(state: str, finding: str) -> Outcome | None:
    """Return what the public counts, or None while nobody has accepted the case: it may be a mere attack."""
    if finding and state in {State.DECIDED, State.CLOSED, State.REVIEW}:
        upheld = finding in {Finding.UPHELD, Finding.PARTLY}
        return Outcome.UPHELD if upheld else Outcome.NOT_UPHELD
    return Outcome.OPEN if state in HANDLING else None


def is_counted(state: str, finding: str = "") -> bool:
    """Return whether the public counts show a case, so that a move of it changes public pages."""
    return outcome(state, finding) is not None


def due_on(state: str, accept_by: date, answer_by: date) -> date | None:
    """Return the deadline that runs now, or None while the clock is paused or the case is done."""
    if state == State.RECEIVED:
        return accept_by
    return answer_by if state in OPEN - UNDECIDED - PAUSED else None


def check_second_person(first: int | None, acting: int | None, refusal: str) -> None:
    """Refuse what the person before may not decide as well: an extension they asked for, a review of their answer."""
    if first is not None and first == acting:
        raise DomainError(refusal)


class Step(StrEnum):
    """All that a report's own page tells: received, being checked, handled (已收到, 核查中, 已处理)."""

    RECEIVED = "received"
    CHECKING = "checking"
    HANDLED = "handled"


def step_of_report(state: str) -> Step:
    """Return how far a report has come, in the three words its reporter reads."""
    if state in UNDECIDED:
        return Step.RECEIVED
    return Step.CHECKING if state in HANDLING | {State.MERGED, State.DECIDED, State.REVIEW} else Step.HANDLED
