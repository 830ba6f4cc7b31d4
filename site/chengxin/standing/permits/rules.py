"""What an officer may enter about a permit, and what takes a second person."""

from datetime import date

from chengxin.agencies.permits.rules import Change, Fact
from chengxin.core.errors import N_, DomainError

# Revocation (吊销) and suspension (暂扣) are penalties (行政处罚法 art. 9): one person never imposes them here.
PENALTIES = frozenset({Change.REVOKED, Change.SUSPENDED})
OFFERED = tuple(change for change in Change if change not in {Change.GRANTED, Change.EXPIRED})
FACTUAL = frozenset({Change.CHANGED, Change.RENEWED})


def takes_two(change: str) -> bool:
    """Tell whether a decision takes effect only when a second person has confirmed it."""
    return Change(change) in PENALTIES


def check_days(*, on_day: date, decided_on: date, today: date) -> None:
    """Refuse a decision of a day that has not come, and an effect that is still to come."""
    if decided_on > today:
        raise DomainError(N_("The decision cannot be dated after today."))
    if on_day > today:
        raise DomainError(N_("Enter it on the day it takes effect, not before."))


def check_fact(change: str, fact: str, new: str) -> Fact | None:
    """Return the fact a change is about, or say what is missing."""
    kind = Change(change)
    if kind not in OFFERED:
        raise DomainError(N_("This cannot be entered by hand."))
    if kind not in FACTUAL:
        return None
    wanted = Fact.VALID_TO if kind is Change.RENEWED else Fact(fact) if fact in set(Fact) else None
    if wanted is None or not new.strip():
        raise DomainError(N_("Say what changed and write the new words."))
    return wanted


def day_of(new: str) -> date:
    """Return the new last day of a term, or say how to write it."""
    try:
        return date.fromisoformat(new.strip())
    except ValueError:
        raise DomainError(N_("Write the day as year-month-day, for example 2026-10-28.")) from None
