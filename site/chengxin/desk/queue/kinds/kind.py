"""What a kind of record tells the queue: which of its records wait, by when, for whom, and how a row reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, false, func, literal, null, select, true
from sqlalchemy import case as when
from sqlalchemy.orm import InstrumentedAttribute, Session

from chengxin.accounts import scope
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Agency
from chengxin.core.regions import region_start
from chengxin.core.sealing import Keyring
from chengxin.desk.queue.filtering import Chip, Filter, Waits, Whose

NEVER = date(9999, 12, 31)  # a paused clock sorts last
UNDATED = date(9999, 12, 30)  # what has no deadline waits behind all that have one
NOBODY = 0
SOON_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one row of the queue says about a record, beside its deadline."""

    code: str
    title: str
    text: str
    cells: tuple[str, str, str]
    version: int = 0


Opener = Callable[[], Keyring]
Lines = Callable[[Session, Sequence[int], Opener], Mapping[int, Line]]
Texts = Callable[[Session, Sequence[int]], Iterator[tuple[int, Callable[[Keyring], str]]]]


@dataclass(frozen=True, kw_only=True)
class WaitingKind:
    """One kind of record in the queue; a new kind is one of these, named in `KINDS`.

    `waiting` says which records wait; it must keep to an index, so that closed ones are never read. A kind
    without a region of its own names the column of its `agency`. `found` tells which records some words mean;
    `texts` gives the sealed texts to search, each with what opens it.
    """

    name: str
    label: str
    rights: tuple[Right, ...]
    id: InstrumentedAttribute[int]
    due_on: Any = None
    waiting: tuple[ColumnElement[bool], ...]
    lines: Lines
    endpoint: str
    parameter: str
    owner: Any = None
    agency: Any = None
    region: Any = None
    waits: Any = Waits.STAFF.value
    category: Any = None
    track: Any = None
    pauses: bool = False
    assignable: bool = False
    keeps_view: bool = False
    found: Callable[[str], ColumnElement[bool]] | None = None
    texts: Texts | None = None

    def places(self, wanted: Filter, officer: Officer, today: date) -> Select[Any]:
        """Return where the records of this kind stand in a part of the queue: day, kind, id."""
        columns: tuple[Any, ...] = (self._due.label("due_on"), literal(self.name).label("kind"))
        rows = select(*columns, self.id.label("id"))
        conditions = [*self.waiting, *self._scope(officer), *self._narrowed(wanted, officer, today)]
        return self._joined(rows, officer, [wanted]).where(*conditions)

    def counts(self, parts: Sequence[Filter], officer: Officer, today: date) -> Select[Any]:
        """Return how many records wait in all, and in each of some parts of the queue, in one pass."""
        columns: list[Any] = [literal(self.name).label("kind"), func.count().label("all")]
        for number, wanted in enumerate(parts):
            narrowed = and_(true(), *self._narrowed(wanted, officer, today))
            held = func.count(when((narrowed, 1))) if wanted.kind in {"", self.name} else literal(0)
            columns.append(held.label(f"part{number}"))
        rows = select(*columns).select_from(self.id.class_)
        return self._joined(rows, officer, parts).where(*self.waiting, *self._scope(officer))

    def url(self, record_id: int, view: str | None) -> str:
        """Return the page of a record; the view stays in the address where the page leads to the next one."""
        named: dict[str, Any] = {self.parameter: record_id}
        return url_for(self.endpoint, **named, view=view if self.keeps_view else None)

    def concerns(self, officer: Officer, wanted: Filter) -> bool:
        """Tell whether this kind can have a place in what an officer asks for."""
        return officer.may(*self.rights) and wanted.kind in {"", self.name}

    def _joined(self, rows: Select[Any], officer: Officer, parts: Sequence[Filter]) -> Select[Any]:
        asked = officer.region or any(wanted.region or wanted.words for wanted in parts)
        return rows.outerjoin(Agency, Agency.id == self.agency) if asked and self.agency is not None else rows

    @property
    def _due(self) -> Any:
        without = literal(NEVER if self.pauses else UNDATED)
        return without if self.due_on is None else func.coalesce(self.due_on, without)

    @property
    def _owner(self) -> Any:
        return literal(NOBODY) if self.owner is None else func.coalesce(self.owner, literal(NOBODY))

    @property
    def _waits(self) -> Any:
        return literal(self.waits) if isinstance(self.waits, str) else self.waits

    @property
    def _region(self) -> Any:
        own = self.region
        return own if own is not None else Agency.region_code if self.agency is not None else null()

    def _scope(self, officer: Officer) -> list[ColumnElement[bool]]:
        if officer.region is None and not (self.assignable and officer.only_given):
            return []
        if self.assignable:
            return [scope.handled(self._region, self.owner, officer)]
        knows_region = self.region is not None or self.agency is not None
        return [scope.within(self._region, officer) if knows_region else false()]

    def _narrowed(self, wanted: Filter, officer: Officer, today: date) -> list[ColumnElement[bool]]:
        asked: list[ColumnElement[bool]] = []
        if wanted.chip:
            asked.append(near(self._due, Chip(wanted.chip), today))
        if wanted.officer:
            asked.append(self.owned(wanted.officer, officer))
        if wanted.waits:
            asked.append(self._waits == wanted.waits)
        if wanted.region:
            knows = self.region is not None or self.agency is not None
            start = region_start(wanted.region)
            asked.append(self._region.startswith(start, autoescape=True) if knows else false())
        for column, value in ((self.category, wanted.category), (self.track, wanted.track)):
            if value:
                asked.append(column == value if column is not None else false())
        if wanted.words:
            asked.append(self.found(wanted.words) if self.found else self._named(wanted.words))
        return asked

    def owned(self, whose: str, officer: Officer) -> ColumnElement[bool]:
        """Return the condition that a record is somebody's, or nobody's where records are given to persons."""
        if whose == Whose.NOBODY:
            return and_(self._owner == NOBODY, true() if self.assignable else false())
        mine: ColumnElement[bool] = self._owner == (officer.id if whose == Whose.ME else int(whose))
        return mine

    def _named(self, words: str) -> ColumnElement[bool]:
        by_number: ColumnElement[bool] = self.id == int(words) if _is_number(words) else false()
        if self.agency is None:
            return by_number
        return by_number | Agency.name.contains(words, autoescape=True)


def near(day: Any, chip: Chip, today: date) -> ColumnElement[bool]:
    """Return the condition that a deadline has a chip."""
    soon = today + timedelta(days=SOON_DAYS)
    conditions: dict[Chip, ColumnElement[bool]] = {
        Chip.OVERDUE: day < today,
        Chip.TODAY: day == today,
        Chip.SOON: and_(day > today, day <= soon),
        Chip.LATER: and_(day > soon, day < UNDATED),
        Chip.PAUSED: day == NEVER,
    }
    return conditions[chip]


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) <= 9  # noqa: PLR2004 (what a key column holds)
