"""The moves of a correction, and what may be corrected."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from chengxin.core.errors import N_, DomainError, NotAllowedError

MOST_NOTE = 200


class State(StrEnum):
    """Where a proposed correction is."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that two wordings differ in."""
    return sorted(name for name in after if str(before.get(name, "")) != str(after[name]))


def check_proposal(*, public: bool, open_already: bool, changed: Iterable[str], note: str) -> None:
    """Refuse a correction of what is not public, of nothing, beside an open one, or without its sentence."""
    if not public:
        raise DomainError(N_("Only a notice that is public now can be corrected."))
    if open_already:
        raise DomainError(N_("A correction is proposed already: a second person decides on it first."))
    if not list(changed):
        raise DomainError(N_("Nothing is different from the notice as it stands."))
    if not note.strip() or len(note.strip()) > MOST_NOTE:
        raise DomainError(N_("Say in one sentence what is corrected and why: readers see it."))


def check_second_person(actor: str, proposed_by: str) -> None:
    """Refuse a confirmation by the person who proposed."""
    if actor == proposed_by:
        raise NotAllowedError(N_("A second person has to do this: you wrote or proposed it yourself."))


def check_open(state: str) -> None:
    """Refuse to decide a correction twice."""
    if state != State.PROPOSED:
        raise DomainError(N_("This correction is decided already."))
