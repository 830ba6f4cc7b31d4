"""State machines as tables: which act is allowed from where, where it leads, and what it asks of a person.

A feature lists its acts once, `MOVES: Mapping[Act, Move[State]]`; its rules, actions, pages and tests read
that list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from chengxin.core.errors import N_, DomainError

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)

NO_REASON = N_("Give a reason: it is kept with the record.")


@dataclass(frozen=True)
class Move(Generic[State]):
    """One allowed act: from which states, to which (none given: it stays), and what it asks of the person."""

    sources: frozenset[State]
    target: State | None = None
    second_person: bool = False
    reason: bool = False
    public: bool = False

    def of(self, state: State, *, reason: str, refusal: str, no_reason: str = NO_REASON) -> State:
        """Return the state it leads to, or raise the refusal when it is not allowed from here."""
        if state not in self.sources:
            raise DomainError(refusal)
        if self.reason and not reason.strip():
            raise DomainError(no_reason)
        return self.target or state


def acts_from(moves: Mapping[Act, Move[State]], state: str) -> list[Act]:
    """Return the acts a state allows, in the order of the list."""
    return [act for act, move in moves.items() if state in move.sources]
