"""The lot that draws agencies and inspectors, the results, and the moves of a batch."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.core.moves import Move
from chengxin.core.workdays import add_workdays

INSPECTORS_EACH = 2  # 行政处罚法 art. 42: no fewer than two officers
PUBLISH_WORKDAYS = 20  # 政府信息公开条例 art. 26; 人力资源市场暂行条例 art. 35 only says "in time"
MOST = 500


class Result(StrEnum):
    """What an inspection of one agency came to."""

    NO_PROBLEM = "no_problem"
    CORRECTED = "corrected"
    ORDERED = "ordered"
    CASE_OPENED = "case_opened"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class State(StrEnum):
    """Where a batch is; only `published` is ever public."""

    DRAWN = "drawn"
    HANDED_IN = "handed_in"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Act(StrEnum):
    """What a person does to a batch."""

    HAND_IN = "hand_in"
    RETURN = "return"
    PUBLISH = "publish"
    DISCARD = "discard"


MOVES: Mapping[Act, Move[State]] = {
    Act.HAND_IN: Move(frozenset({State.DRAWN}), State.HANDED_IN),
    Act.RETURN: Move(frozenset({State.HANDED_IN}), State.DRAWN, reason=True),
    Act.PUBLISH: Move(frozenset({State.HANDED_IN}), State.PUBLISHED, second_person=True, public=True),
    Act.DISCARD: Move(frozenset({State.DRAWN, State.HANDED_IN}), State.DISCARDED, reason=True),
}


def draw(seed: str, pool: Iterable[str], count: int) -> list[str]:
    """Return the drawn agencies in order: those whose SHA-256 of "seed/agency" is smallest.

    Whoever has the published seed and the agencies of the frame can draw again and gets the same list.
    """
    return sorted(set(pool), key=lambda each: _lot(seed, each))[:count]


def inspectors_for(seed: str, agency: str, inspectors: Iterable[str]) -> list[str]:
    """Return who inspects an agency: the two whose SHA-256 of "seed/agency/inspector" is smallest."""
    names = sorted(set(inspectors))
    return sorted(names, key=lambda each: _lot(seed, f"{agency}/{each}"))[:INSPECTORS_EACH]


def pool_hash(pool: Iterable[str]) -> str:
    """Return the SHA-256 of the agencies drawn from, sorted, one a line."""
    return hashlib.sha256("\n".join(sorted(set(pool))).encode()).hexdigest()


def check_frame(*, pool: int, wanted: int, inspectors: Sequence[str]) -> None:
    """Refuse a drawing that cannot be made."""
    if len(set(inspectors)) < INSPECTORS_EACH:
        raise DomainError(N_("Name two inspectors or more: two go to each agency."))
    if not 1 <= wanted <= MOST:
        raise DomainError(N_("Draw 1 to %(most)s agencies."), most=MOST)
    if pool < wanted:
        raise DomainError(N_("The frame has only %(n)s agencies: draw fewer or widen it."), n=pool)


def check_result(result: str, *, inspected_on: date | None, drawn_on: date, today: date) -> None:
    """Refuse a result without its day, or of a day before the drawing or after today."""
    if Result(result) is not Result.UNREACHABLE and inspected_on is None:
        raise DomainError(N_("Write the day of the inspection."))
    if inspected_on is not None and not drawn_on <= inspected_on <= today:
        raise DomainError(N_("The inspection lies between the drawing and today."))


def check_whole(*, missing: int) -> None:
    """Refuse to hand in a batch that lacks results."""
    if missing:
        raise DomainError(N_("Results are still missing: %(n)s."), n=missing)


def check_second_person(act: Act, *, account: int | None, first: Iterable[int | None]) -> None:
    """Refuse publication by who drew the batch, recorded a result or handed it in."""
    if MOVES[act].second_person and (account is None or account in set(first)):
        raise NotAllowedError(N_("A second person has to do this: you had a hand in this batch yourself."))


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This batch cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


def publish_by(inspected: Iterable[date | None], *, drawn_on: date) -> date:
    """Return the last day for publication, counted from the last inspection."""
    last = max((day for day in inspected if day is not None), default=drawn_on)
    return add_workdays(last, PUBLISH_WORKDAYS).date


def _lot(seed: str, text: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}/{text}".encode()).hexdigest(), text
