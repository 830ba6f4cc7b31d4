"""Which links between organisations there are, and which may never be made."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError


class Tie(StrEnum):
    """How a later organisation is tied to an earlier one; always an organisation, never a person."""

    SAME_ADDRESS = "same_address"
    LICENCE_TRANSFERRED = "licence_transferred"
    MERGER = "merger"
    SPLIT = "split"
    SUCCESSION = "succession"


def check_link(earlier: int, later: int, links: Iterable[tuple[int, int]]) -> None:
    """Refuse a link to itself and one that would close a circle of earlier and later organisations."""
    if earlier == later:
        raise DomainError(N_("An organisation cannot be tied to itself."))
    held = set(links)
    if (earlier, later) in held:
        raise DomainError(N_("These two are tied already, in force or proposed."))
    if earlier in _later_than(later, held):
        raise DomainError(N_("This would make a circle: the earlier organisation came out of the later one."))


def check_source(document: str, issuer: str) -> None:
    """Refuse a link without the document that says so and the authority that issued it."""
    if not document.strip() or not issuer.strip():
        raise DomainError(N_("Name the document that says so and the authority that issued it."))


def check_day(day: date, today: date) -> None:
    """Refuse a link of a day that has not come."""
    if day > today:
        raise DomainError(N_("The day of the record cannot be after today."))


def _later_than(start: int, links: set[tuple[int, int]]) -> set[int]:
    """Return every organisation that came out of one, step by step."""
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        steps = {later for earlier, later in links if earlier == at} - reached
        reached |= steps
        waiting += sorted(steps)
    return reached
