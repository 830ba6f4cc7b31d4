"""The kinds of campaigns, their moves from draft to end, and how an agency did in one."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError
from chengxin.core.moves import Move


class Kind(StrEnum):
    """诚信服务月, 诚信兴业, 诚信一路同行, 创建诚信服务机构, 争创诚信服务窗口, 争当诚信服务标兵 (notice 46 三（二）)."""

    INTEGRITY_MONTH = "integrity_month"
    HONEST_BUSINESS = "honest_business"
    INTEGRITY_TOGETHER = "integrity_together"
    HONEST_AGENCIES = "honest_agencies"
    HONEST_WINDOWS = "honest_windows"
    MODEL_WORKERS = "model_workers"
    OTHER = "other"


class State(StrEnum):
    """Where a campaign is in its life; only `published` is public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a person does to a campaign."""

    REVISE = "revise"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ENROL = "enrol"
    JUDGE = "judge"


class Result(StrEnum):
    """How an agency did: still taking part, done, commended, or left."""

    TAKING_PART = "taking_part"
    COMPLETED = "completed"
    COMMENDED = "commended"
    LEFT = "left"


class Stage(StrEnum):
    """Where a public campaign is by the date."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


_OPEN = frozenset({State.DRAFT, State.PUBLISHED})
MOVES: Mapping[Act, Move[State]] = {
    Act.REVISE: Move(_OPEN),
    Act.PUBLISH: Move(frozenset({State.DRAFT}), State.PUBLISHED),
    Act.WITHDRAW: Move(frozenset({State.PUBLISHED}), State.WITHDRAWN, reason=True),
    Act.ENROL: Move(_OPEN),
    Act.JUDGE: Move(_OPEN),
}


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This campaign cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse a campaign that ends before it starts."""
    if ends_on < starts_on:
        raise DomainError(N_("The last day comes before the first: correct one of them."))


def check_result(result: Result, starts_on: date, today: date) -> None:
    """Refuse a result before the campaign has begun; leaving is always possible."""
    if result in {Result.COMPLETED, Result.COMMENDED} and today < starts_on:
        raise DomainError(N_("This campaign has not begun: there is no result yet."))


def stage(starts_on: date, ends_on: date, today: date) -> Stage:
    """Return where a campaign is on a day; its first and last day count in full."""
    if today < starts_on:
        return Stage.COMING
    return Stage.RUNNING if today <= ends_on else Stage.OVER
