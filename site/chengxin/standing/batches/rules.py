"""The moves of a batch of notices, and what is checked before one approval publishes all of it."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.core.moves import Move

# 重大劳动保障违法行为社会公布办法: cities and counties publish by quarter, provinces and the ministry by half-year.
LABEL = re.compile(r"[12][0-9]{3}(?:Q[1-4]|H[12])")
# Assumed, found in no rule: from how large a change against the last batch a person is asked to look twice.
CHANGE_SHARE = 0.5
CHANGE_LEAST = 5
NEEDED = ("party_name", "title", "decision_no", "authority", "facts", "basis", "region_code")


class State(StrEnum):
    """Where a batch is: being put together, waiting for approval, published, or given up."""

    ASSEMBLING = "assembling"
    HANDED_IN = "handed_in"
    PUBLISHED = "published"
    DISSOLVED = "dissolved"


class Act(StrEnum):
    """What a person does to a batch."""

    ADD = "add"
    REFUSE = "refuse"
    HAND_IN = "hand_in"
    RETURN = "return"
    PUBLISH = "publish"
    DISSOLVE = "dissolve"


class Check(StrEnum):
    """What a check found."""

    EMPTY = "empty"
    NOT_SERVED = "not_served"
    MISSING_FIELDS = "missing_fields"
    DUPLICATE = "duplicate"
    TERM_OVER = "term_over"
    INTERNAL = "internal"
    PARTY_UNRESOLVED = "party_unresolved"
    OTHER_AUTHORITY = "other_authority"
    DOUBTFUL = "doubtful"
    COUNT_CHANGED = "count_changed"


# These only ask the second person to look twice and say why it is right; every other one stops the batch.
WARNINGS = frozenset({Check.PARTY_UNRESOLVED, Check.OTHER_AUTHORITY, Check.DOUBTFUL, Check.COUNT_CHANGED})


_OPEN = frozenset({State.ASSEMBLING, State.HANDED_IN})
_OWN = frozenset({State.ASSEMBLING})
_WAITING = frozenset({State.HANDED_IN})
MOVES: Mapping[Act, Move[State]] = {
    Act.ADD: Move(_OWN, State.ASSEMBLING),
    Act.REFUSE: Move(_OPEN, None, reason=True),
    Act.HAND_IN: Move(_OWN, State.HANDED_IN),
    Act.RETURN: Move(_WAITING, State.ASSEMBLING, reason=True),
    Act.PUBLISH: Move(_WAITING, State.PUBLISHED, second_person=True, reason=True),
    Act.DISSOLVE: Move(_OPEN, State.DISSOLVED, reason=True),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """What has to be known of a notice in a batch."""

    id: int
    name: str
    key: str
    authority: str
    resolved: bool
    served: bool
    publishable: bool
    max_until: date
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing a check found: about one notice, or about the batch as a whole."""

    check: Check
    item: int | None = None
    name: str = ""
    detail: str = ""

    @property
    def stops(self) -> bool:
        """Return whether the batch cannot be published while this stands."""
        return self.check not in WARNINGS


@dataclass(frozen=True)
class Change:
    """How the size of a batch compares with the last one of the same authority."""

    label: str
    before: int
    now: int

    @property
    def share(self) -> float:
        """Return the change as a share of the last batch."""
        return (self.now - self.before) / self.before if self.before else 0.0

    @property
    def is_large(self) -> bool:
        """Return whether a person should look twice."""
        return (
            self.before > 0 and abs(self.now - self.before) >= CHANGE_LEAST and abs(self.share) > CHANGE_SHARE
        )


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This batch cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


def check_label(label: str) -> None:
    """Refuse a label that names no quarter and no half-year."""
    if not LABEL.fullmatch(label):
        raise DomainError(N_("A batch is named by its quarter or half-year: 2026Q1, 2026H1."))


def label_of(day: date) -> str:
    """Return the label of the quarter a day lies in."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def check_second_person(actor: str, *, first_persons: Collection[str]) -> None:
    """Refuse an approval by whoever put the batch together or wrote in one of its notices."""
    if actor in first_persons:
        raise NotAllowedError(
            N_(
                "A second person has to approve this batch: you put it together or wrote in one of its notices."
            )
        )


def findings(
    items: Sequence[Item],
    *,
    authority: str,
    published: Collection[str],
    change: Change | None,
    today: date,
) -> list[Finding]:
    """Return everything a second person must know, what stops the batch first."""
    if not items:
        return [Finding(Check.EMPTY)]
    twice = {key for key, count in Counter(each.key for each in items if each.key).items() if count > 1}
    found = [
        finding
        for each in items
        for finding in _about(each, authority=authority, known={*published} | twice, today=today)
    ]
    if change is not None and change.is_large:
        detail = f"{change.label}: {change.before} → {change.now} ({change.share:+.0%})"
        found.append(Finding(Check.COUNT_CHANGED, detail=detail))
    return sorted(found, key=lambda each: (not each.stops, each.item or 0, each.check))


def _about(item: Item, *, authority: str, known: Collection[str], today: date) -> Iterator[Finding]:
    def say(check: Check, detail: str = "") -> Finding:
        return Finding(check, item.id, item.name, detail)

    told: tuple[tuple[bool, Callable[[], Finding]], ...] = (
        (not item.served, lambda: say(Check.NOT_SERVED)),
        (bool(item.missing), lambda: say(Check.MISSING_FIELDS, ", ".join(item.missing))),
        (item.key in known, lambda: say(Check.DUPLICATE)),
        (item.max_until < today, lambda: say(Check.TERM_OVER, item.max_until.isoformat())),
        (not item.publishable, lambda: say(Check.INTERNAL)),
        (not item.resolved, lambda: say(Check.PARTY_UNRESOLVED)),
        (item.authority != authority, lambda: say(Check.OTHER_AUTHORITY, item.authority)),
        (bool(item.flags), lambda: say(Check.DOUBTFUL, ", ".join(item.flags))),
    )
    yield from (make() for holds, make in told if holds)


def check_findings(found: Sequence[Finding]) -> None:
    """Refuse to go on while something stops the batch."""
    stopping = [each for each in found if each.stops]
    if stopping:
        raise DomainError(
            N_("%(n)s things stop this batch: mend or refuse these notices first."), n=len(stopping)
        )
