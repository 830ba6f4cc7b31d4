"""What a saved view may be called, how an act on many records goes, and until when it can be taken back."""

from datetime import datetime, timedelta
from enum import StrEnum

from chengxin.core.errors import N_, DomainError

MOST_VIEWS = 12
MOST_NAME = 20
MOST_MEMBERS = 100
UNDO_TERM = timedelta(seconds=60)


class State(StrEnum):
    """Where an act on many records is: held back, carried out, or taken back."""

    HELD = "held"
    DONE = "done"
    UNDONE = "undone"


class Outcome(StrEnum):
    """What became of one record: it waits, it was done, it had moved on, a rule refused it, it was put back."""

    HELD = "held"
    DONE = "done"
    MOVED_ON = "moved_on"
    REFUSED = "refused"
    UNDONE = "undone"


def check_name(name: str) -> str:
    """Return the name of a saved view as it is kept, or say what it lacks."""
    kept = " ".join(name.split())
    if not kept or len(kept) > MOST_NAME:
        raise DomainError(N_("Give the view a name of 1 to 20 characters."))
    return kept


def check_room(held: int) -> None:
    """Refuse a view more than the list can show."""
    if held >= MOST_VIEWS:
        raise DomainError(N_("You have 12 saved views already: delete one first."))


def check_members(count: int) -> None:
    """Refuse an act on nothing, or on more than a person can have looked at."""
    if not count:
        raise DomainError(N_("Select at least one row."))
    if count > MOST_MEMBERS:
        raise DomainError(N_("Select at most 100 rows at once."))


def held_until(now: datetime) -> datetime:
    """Return when an act that is held back is carried out."""
    return now + UNDO_TERM


def check_undo(state: str, *, held: bool) -> None:
    """Refuse to take back what was carried out and told, or taken back before."""
    if state == State.UNDONE:
        raise DomainError(N_("This was taken back already."))
    if state == State.DONE and held:
        raise DomainError(
            N_("This was carried out and its letters went out: it can no longer be taken back.")
        )
