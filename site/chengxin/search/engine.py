"""The seam between the planner and the engines that hold the index.

An engine knows sets of terms and facts about agencies; it knows nothing of queries, pinyin or ranking.
Every promise here can be kept by arrays of postings as well as by a column of tokens in a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy.orm import Session

from chengxin.search.vocabulary import Vocabulary

Alternative = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition: at least one alternative must hold, and an alternative holds with all its terms."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters of a lookup; an empty value filters nothing."""

    standing: str = ""
    region: str = ""
    service: str = ""
    grade: str = ""
    licence: str = ""

    def over(self, other: "Narrowing") -> "Narrowing":
        """Return this narrowing, with the other's values where this one is silent."""
        return Narrowing(
            self.standing or other.standing,
            self.region or other.region,
            self.service or other.service,
            self.grade or other.grade,
            self.licence or other.licence,
        )


class Order(StrEnum):
    """How a set of agencies may be laid out; among equals the likelier record comes first."""

    RELEVANCE = "relevance"
    NAME = "name"
    NEWEST = "newest"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the matches each value of a filter would leave, the other filters applied."""

    standing: Mapping[str, int] = field(default_factory=dict)
    region: Mapping[str, int] = field(default_factory=dict)
    service: Mapping[str, int] = field(default_factory=dict)
    grade: Mapping[str, int] = field(default_factory=dict)
    licence: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """What ranking knows of an agency: its names in compact form and where it is."""

    agency_id: int
    name: str
    aliases: tuple[str, ...]
    formers: tuple[str, ...]
    region: str


class Matches(Protocol):
    """A set of agencies inside an engine, in the engine's lasting order (best records first)."""

    @property
    def total(self) -> int:
        """Return how many there are, exactly."""

    def narrowed(self, narrowing: Narrowing, today: date) -> "Matches":
        """Return those that pass the filters as they stand on a day."""

    def sorted_by(self, order: Order, today: date) -> "Matches":
        """Return them in another order: by the sound of the name, newest first, or gravest standing first."""

    def profiles(self, start: int, stop: int) -> list[Profile]:
        """Return a stretch of them with what ranking needs."""

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the agency ids of a stretch."""

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        """Return the counts of every filter; each filter's own value does not count against it."""


class Engine(Protocol):
    """An index that can be asked."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words of the register this index was built from."""

    def everything(self) -> Matches:
        """Return all agencies."""

    def coded(self, prefix: str) -> Matches:
        """Return the agencies with a credit code or licence number that begins so."""

    def these(self, ids: Sequence[int]) -> Matches:
        """Return some agencies by their ids; those it does not know are left out."""

    def all_of(self, clauses: Sequence[Clause]) -> Matches:
        """Return the agencies that meet every clause."""

    def most_of(self, terms: Sequence[str], *, limit: int) -> Matches:
        """Return the agencies with the weightiest share of the terms, best first; rare terms weigh more."""


class Source(Protocol):
    """Where engines come from: it gives the newest one there is, and none when there is none to trust."""

    def engine(self, session: Session) -> Engine | None:
        """Return an engine for the questions of one request, or None: then the database itself is asked."""

    def distrust(self, reason: BaseException) -> None:
        """Take note that an engine gave nonsense."""
