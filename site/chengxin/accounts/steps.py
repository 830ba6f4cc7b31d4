"""What lies between a right password and an open session, and how long each of them lasts."""

from datetime import datetime, timedelta
from enum import StrEnum

SESSION_TERM = timedelta(hours=12)
IDLE_TERM = timedelta(minutes=30)
PROOF_TERM = timedelta(minutes=10)
HALF_TERM = timedelta(minutes=15)
CODE_TRIES = 5


class Step(StrEnum):
    """The next thing somebody has to do who has given the right password."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 (the name of a step)
    FACTOR = "factor"
    DONE = "done"


def next_step(*, has_factor: bool, proven: bool, must_change: bool, forced: bool) -> Step:
    """Return what is still asked: the second factor first, so that nothing changes on a password alone."""
    if has_factor and not proven:
        return Step.CODE
    if must_change:
        return Step.PASSWORD
    if forced and not has_factor:
        return Step.FACTOR
    return Step.DONE


def is_idle(seen: datetime | None, now: datetime) -> bool:
    """Return whether a browser was left alone too long; one that says nothing was."""
    return seen is None or now - seen > IDLE_TERM


def is_proven(proven_at: datetime | None, now: datetime) -> bool:
    """Return whether somebody proved who they are a moment ago."""
    return proven_at is not None and now - proven_at <= PROOF_TERM
