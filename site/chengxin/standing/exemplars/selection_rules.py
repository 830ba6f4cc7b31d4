"""Rounds of selection (评选批次): their moves, how many places they have, and the days of publicity (公示)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.core.moves import Move, acts_from
from chengxin.core.workdays import Calendar, add_workdays


class SelectionState(StrEnum):
    """Where a round is: open for nominations, under review, in publicity, awarded or called off."""

    OPEN = "open"
    REVIEW = "review"
    PUBLICITY = "publicity"
    AWARDED = "awarded"
    CANCELLED = "cancelled"


class SelectionAct(StrEnum):
    """What a person does to a round."""

    CLOSE = "close"
    ANNOUNCE = "announce"
    RECONSIDER = "reconsider"
    AWARD = "award"
    CANCEL = "cancel"


SELECTION_MOVES: Mapping[SelectionAct, Move[SelectionState]] = {
    SelectionAct.CLOSE: Move(frozenset({SelectionState.OPEN}), SelectionState.REVIEW),
    SelectionAct.ANNOUNCE: Move(frozenset({SelectionState.REVIEW}), SelectionState.PUBLICITY),
    SelectionAct.RECONSIDER: Move(frozenset({SelectionState.PUBLICITY}), SelectionState.REVIEW, reason=True),
    SelectionAct.AWARD: Move(
        frozenset({SelectionState.PUBLICITY}), SelectionState.AWARDED, second_person=True
    ),
    SelectionAct.CANCEL: Move(
        frozenset({SelectionState.OPEN, SelectionState.REVIEW, SelectionState.PUBLICITY}),
        SelectionState.CANCELLED,
        reason=True,
    ),
}


@dataclass(frozen=True)
class Window:
    """The days of publicity: objections may be sent from the first to the last day, both counted in full."""

    first: date
    last: date
    provisional: bool = False

    def is_over(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return today > self.last


def move_selection(state: str, act: SelectionAct, *, reason: str = "") -> SelectionState:
    """Return the state an act leads a round to, or say why it may not be done now."""
    refusal = N_("This round cannot take this step: look at where it is now.")
    return SELECTION_MOVES[act].of(SelectionState(state), reason=reason, refusal=refusal)


def selection_acts_from(state: str) -> list[SelectionAct]:
    """Return what a person may do to a round now."""
    return acts_from(SELECTION_MOVES, state)


def check_closing(deadline: date | None, today: date, reason: str) -> None:
    """Refuse to close nominations before the day that was announced, unless a reason is given."""
    if deadline is not None and today <= deadline and not reason.strip():
        raise DomainError(
            N_("Nominations run until %(day)s. To close them earlier, give a reason."), day=deadline
        )


def check_nominations(state: str, deadline: date | None, today: date) -> None:
    """Refuse a nomination outside the time for nominations."""
    if state != SelectionState.OPEN or (deadline is not None and today > deadline):
        raise DomainError(N_("This round takes no nominations any more."))


def places_by_share(base: int, share: int) -> int:
    """Return the places a share in percent gives: never above the share, but at least one."""
    return max(1, base * share // 100)


def check_places(taken: int, places: int) -> None:
    """Refuse one more on the shortlist than there are places."""
    if taken >= places:
        raise DomainError(
            N_("All %(n)s places are taken. To shortlist this one, refuse another first."), n=places
        )


def window(first: date, days: int, calendar: Calendar | None = None) -> Window:
    """Return the days of publicity: so many working days after the day the list was shown."""
    due = add_workdays(first, days, calendar)
    return Window(first, due.date, due.provisional)


def check_publicity_is_over(first: date | None, days: int, today: date) -> None:
    """Refuse an award before the publicity has run its full length."""
    if first is None or not window(first, days).is_over(today):
        raise DomainError(N_("The publicity has not run its full length yet."))


def check_awarder(actor: int | None, *, announced_by: int | None) -> None:
    """Refuse an award by the person who put the list into publicity."""
    if actor is None or actor == announced_by:
        raise NotAllowedError(
            N_("A second person has to award: you nominated, shortlisted or announced yourself.")
        )
