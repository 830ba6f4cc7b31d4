"""What an act of a case page is: a row of the table of acts, and the things it may ask for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from chengxin.accounts.rules import Officer, Right
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track


class Deed(StrEnum):
    """What the staff do with a case without moving it."""

    WRITE = "write"
    CLASSIFY = "classify"


class Ask(StrEnum):
    """One thing an act may ask for, by the name of its field."""

    LETTER = "message"
    REASON = "reason"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    FINDING = "finding"
    VIOLATION = "violation"
    TARGET = "target"
    MAIN = "main"
    CLOCK = "clock_set"


def _always(_case: Complaint, _officer: Officer) -> bool:
    return True


def not_yet_extended(case: Complaint, _officer: Officer) -> bool:
    """Tell whether an extension can still be asked for."""
    return not case.extended and case.extension_asked_by is None


def asked_by_another(case: Complaint, officer: Officer) -> bool:
    """Tell whether an extension waits that this officer may decide: somebody else asked for it."""
    return case.extension_asked_by not in {None, officer.id}


def answered_by_another(case: Complaint, officer: Officer) -> bool:
    """Tell whether this officer may decide a review: somebody else gave the answer."""
    return case.answered_by != officer.id


@dataclass(frozen=True, kw_only=True)
class Act:
    """One row: the action, how it names a letter, what it needs and may take, and when it is offered.

    An act whose action sends no letter still takes one: it is written right after, as a letter of its own.
    """

    do: Callable[..., object]
    label: str = ""
    hint: str = ""
    letter: str = ""
    needs: frozenset[Ask] = field(default_factory=frozenset)
    takes: frozenset[Ask] = field(default_factory=frozenset)
    spared_for_reports: frozenset[Ask] = field(default_factory=frozenset)
    right: Right = Right.DECIDE_CASES
    fits: Callable[[Complaint, Officer], bool] = _always
    ends: bool = True

    @property
    def asks(self) -> frozenset[Ask]:
        """Return every field this act reads."""
        return self.needs | self.takes

    def needed_for(self, track: str) -> frozenset[Ask]:
        """Return what cannot be left out for a case of this track."""
        return self.needs - (self.spared_for_reports if track == Track.REPORT else frozenset())
