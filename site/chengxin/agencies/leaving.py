"""How an agency may have left the register, and which mergers there may be; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.agencies.rules import (
    ENDINGS,
    GONE,
    AgencyStatus,
    LicenceStatus,
    PermitFacts,
    licence_status,
    status_at,
)
from chengxin.core.errors import DomainError


class Leaving(StrEnum):
    """Why an agency that was listed is listed no longer."""

    MERGED = "merged"
    CLOSED = "closed"
    UNLISTED = "unlisted"
    LICENCE_ENDED = "licence_ended"


@dataclass(frozen=True)
class Departure:
    """That an agency was listed and is no longer: why, and since when if that is known."""

    kind: Leaving
    on: date | None = None


def departure_of(
    *, status: str, left_on: date | None, merged: bool, permits: Iterable[PermitFacts], today: date
) -> Departure | None:
    """Return how an agency left the register, or None while it is in it or was never properly in it."""
    if merged:
        return Departure(Leaving.MERGED, left_on)
    if status in GONE:
        kind = Leaving.CLOSED if status == AgencyStatus.CLOSED else Leaving.UNLISTED
        return Departure(kind, left_on)
    held = list(permits)
    if licence_status(held, today) in {LicenceStatus(ending) for ending in ENDINGS}:
        return Departure(Leaving.LICENCE_ENDED, _last_end(held, today))
    return None


def _last_end(permits: Iterable[PermitFacts], today: date) -> date | None:
    ended = (each for each in permits if status_at(each.status, each.valid_to, today) in ENDINGS)
    return max((day for each in ended if (day := each.status_on or each.valid_to)), default=None)


def check_merger(old: int, new: int, *, old_into: int | None, new_into: int | None) -> None:
    """Say why one agency cannot be merged into another, if it cannot."""
    if old == new:
        raise DomainError("An agency cannot be merged into itself.")
    if old_into is not None:
        raise DomainError("This agency has been merged already; undo that merger first.")
    if new_into is not None:
        raise DomainError("The other agency was itself merged into a third; name that one.")


def check_reason(reason: str) -> str:
    """Return the reason of a merger; without one it is not done."""
    given = " ".join(reason.split())
    if not given:
        raise DomainError("Give a reason: it is kept with the record and shown in public.")
    return given
