"""The states of a complaint, the moves between them, its terms and its outcomes."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError
from chengxin.core.workdays import Due, add_workdays, workdays_between

ACCEPT_WORKDAYS = 5  # 关于实施《劳动保障监察条例》若干规定, art. 18
ANSWER_WORKDAYS = 15
LEAST_FACTS, MOST_FACTS = 20, 4_000
MOST_RESPONDENT = 200
MOST_REPLY = 4_000
CONSENT_VERSION = "2026-11"


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"
    DECIDED = "decided"
    CLOSED = "closed"
    NOT_ACCEPTED = "not_accepted"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class Move(StrEnum):
    """What can happen to a complaint; each move is a verb of the ledger."""

    ASK = "ask"
    SUPPLY = "supply"
    ACCEPT = "accept"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    DISCARD = "discard"
    INVESTIGATE = "investigate"
    DECIDE = "decide"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Category(StrEnum):
    """What a complaint is about, in the complainant's words; the officer sets the violation later."""

    FEES = "fees"
    FALSE_POSTING = "false_posting"
    WITHHELD = "withheld"
    WAGES = "wages"
    UNLICENSED = "unlicensed"
    OTHER = "other"


class ContactKind(StrEnum):
    """How the complainant can be reached (匿名, 留手机号, 实名)."""

    ANONYMOUS = "anonymous"
    PHONE = "phone"
    NAMED = "named"


class Finding(StrEnum):
    """What the investigation found (查实, 部分查实, 未查实, 无法查证)."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"


class Refusal(StrEnum):
    """Why a complaint is not accepted (不予受理)."""

    TOO_OLD = "too_old"
    OUT_OF_SCOPE = "out_of_scope"
    NO_RESPONDENT = "no_respondent"
    ALREADY_HANDLED = "already_handled"
    IN_COURT = "in_court"
    OTHER_JURISDICTION = "other_jurisdiction"


class Outcome(StrEnum):
    """What the public counts: one word for each complaint against an agency."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    OPEN = "open"


UNDECIDED = frozenset({State.RECEIVED, State.SUPPLEMENT})
OPEN = UNDECIDED | {State.ACCEPTED, State.INVESTIGATING, State.DECIDED}

MOVES: Mapping[Move, tuple[frozenset[State], State]] = {
    Move.ASK: (frozenset({State.RECEIVED}), State.SUPPLEMENT),
    Move.SUPPLY: (frozenset({State.SUPPLEMENT}), State.RECEIVED),
    Move.ACCEPT: (UNDECIDED, State.ACCEPTED),
    Move.REFUSE: (UNDECIDED, State.NOT_ACCEPTED),
    Move.TRANSFER: (UNDECIDED, State.TRANSFERRED),
    Move.DISCARD: (UNDECIDED, State.DISCARDED),
    Move.INVESTIGATE: (frozenset({State.ACCEPTED}), State.INVESTIGATING),
    Move.DECIDE: (frozenset({State.ACCEPTED, State.INVESTIGATING}), State.DECIDED),
    Move.CLOSE: (frozenset({State.DECIDED}), State.CLOSED),
    Move.WITHDRAW: (OPEN - {State.DECIDED}, State.WITHDRAWN),
}


@dataclass(frozen=True)
class Terms:
    """The two dates a receipt promises; provisional while a calendar of their year is missing."""

    accept: Due
    answer: Due

    @property
    def provisional(self) -> bool:
        """Return whether one of the dates may still change."""
        return self.accept.provisional or self.answer.provisional


def terms(received: date) -> Terms:
    """Return by when a complaint is accepted or refused, and by when it is answered."""
    return Terms(add_workdays(received, ACCEPT_WORKDAYS), add_workdays(received, ANSWER_WORKDAYS))


def resumed(paused_on: date, today: date, *, accept_by: date, answer_by: date) -> Terms:
    """Return the terms after a pause: each moves by the working days the complainant was waited for."""
    waited = workdays_between(paused_on, today)
    return Terms(add_workdays(accept_by, waited), add_workdays(answer_by, waited))


def moves_from(state: str) -> list[Move]:
    """Return the moves a complaint in this state allows, in their usual order."""
    return [move for move, (sources, _) in MOVES.items() if state in sources]


def after(state: str, move: Move) -> State:
    """Return the state a move leads to, or say that it cannot be made from here."""
    sources, target = MOVES[move]
    if state not in sources:
        raise DomainError(N_("This step is not possible while a complaint is in its present state."))
    return target


def outcome(state: str, finding: str) -> Outcome | None:
    """Return what the public counts, or None while nobody has accepted the complaint: it may be a mere attack."""
    if state in {State.DECIDED, State.CLOSED}:
        upheld = finding in {Finding.UPHELD, Finding.PARTLY}
        return Outcome.UPHELD if upheld else Outcome.NOT_UPHELD
    return Outcome.OPEN if state in {State.ACCEPTED, State.INVESTIGATING} else None


def is_counted(state: str) -> bool:
    """Return whether the public counts show a complaint in this state, so that a move changes public pages."""
    return outcome(state, "") is not None


def due_on(state: str, accept_by: date, answer_by: date) -> date | None:
    """Return the deadline that runs now, or None while the clock is paused or the case is done."""
    if state == State.RECEIVED:
        return accept_by
    return answer_by if state in {State.ACCEPTED, State.INVESTIGATING, State.DECIDED} else None


def normalised(text: str) -> str:
    """Return a complaint without the padding that copied texts bring: runs of blanks and of empty lines."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
