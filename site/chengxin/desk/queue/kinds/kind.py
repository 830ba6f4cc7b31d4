"""What a kind of record tells the queue: which of its records wait, by when, for whom, and how a row reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, false, func, literal, not_, null, select, true
from sqlalchemy import case as when
from sqlalchemy.orm import InstrumentedAttribute, Session

from chengxin.accounts import scope
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Agency
from chengxin.core.regions import region_start
from chengxin.core.sealing import Keyring
from chengxin.desk.queue.filtering import Chip, Filter, Stage, Waits, Whose
from chengxin.desk.reach import in_reach

NEVER = date(9999, 12, 31)  # a paused clock sorts last
UNDATED = date(9999, 12, 30)  # what has no deadline waits behind all that have one
NOBODY = 0
SOON_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one row of the queue says about a record, beside its deadline; `state` is where an ended one stands."""

    code: str
    title: str
    text: str
    cells: tuple[str, str, str]
    version: int = 0
    tag: str = ""
    state: str = ""


# What gives the keys; without it sealed texts stay shut.
Opener = Callable[[], Keyring] | None
Lines = Callable[[Session, Sequence[int], Opener], Mapping[int, Line]]
Texts = Callable[[Session, Sequence[int]], Iterator[tuple[int, Callable[[Keyring], str]]]]


@dataclass(frozen=True, kw_only=True)
class End:
    """One way a kind of record ends: the column that tells when, which an index orders, and which records it concerns."""

    on: Any
    ended: ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class WaitingKind:
    """One kind of record in the queue; a new kind is one of these, named in `KINDS`.

    `waiting` says which records wait; it must keep to an index, so that closed ones are never read. A kind
    without a region of its own names the column of its `agency`. `able` tells which of them an officer can act
    on now: what waits for others is listed apart and counted nowhere else. `heard` is set while there is news from
    whoever filed a record. `found` tells which records some words mean, `found_ended` the same without reading
    closed ones; `texts` gives the sealed texts to search, each with what opens it. `called` names a record by its
    number, as its row does.
    """

    name: str
    label: str
    rights: tuple[Right, ...]
    unless: tuple[Right, ...] = ()
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
    found: Callable[[str], ColumnElement[bool]] | None = None
    texts: Texts | None = None
    able: Callable[[Officer], ColumnElement[bool]] | None = None
    heard: Any = None
    ends: tuple[End, ...] = ()
    found_ended: Callable[[str], ColumnElement[bool]] | None = None
    called: Callable[[int], str] | None = None

    @property
    def table(self) -> str:
        """Return the table of its records, which is the kind of their events."""
        return str(self.id.class_.__tablename__)

    def places(self, wanted: Filter, officer: Officer, today: date) -> Select[Any]:
        """Return where the records of this kind stand in a part of the queue: day, kind, id."""
        columns: tuple[Any, ...] = (self._due.label("due_on"), literal(self.name).label("kind"))
        rows = select(*columns, self.id.label("id"))
        narrowed = [*self._staged(wanted, officer), *self._narrowed(wanted, officer, today)]
        return self._joined(rows, officer, [wanted]).where(*self.waiting, *self.scope(officer), *narrowed)

    def counts(self, parts: Sequence[Filter], officer: Officer, today: date) -> Select[Any]:
        """Return how many records wait for an officer, and in each of some parts of the queue, in one pass."""
        columns: list[Any] = [literal(self.name).label("kind"), _count(self._able(officer)).label("all")]
        for number, wanted in enumerate(parts):
            asked = wanted.kind in {"", self.name} and wanted.stage != Stage.ENDED
            narrowed = [*self._staged(wanted, officer), *self._narrowed(wanted, officer, today)]
            columns.append((_count(and_(true(), *narrowed)) if asked else literal(0)).label(f"part{number}"))
        rows = select(*columns).select_from(self.id.class_)
        return self._joined(rows, officer, parts).where(*self.waiting, *self.scope(officer))

    def ended(self, end: End, wanted: Filter, officer: Officer, today: date) -> Select[Any]:
        """Return the records of this kind that ended in one way, in no order: when, and their number."""
        asked = self._narrowed(wanted.narrowed(chip="", waits=""), officer, today, ended=True)
        rows = select(end.on.label("at"), self.id.label("id")).where(end.ended, *self.scope(officer), *asked)
        return self._joined(rows, officer, [wanted])

    def url(self, record_id: int, view: str | None, page: str | None = None) -> str:
        """Return the page of a record; view and page stay in the address, so that it leads on and back."""
        named: dict[str, Any] = {self.parameter: record_id}
        return url_for(self.endpoint, **named, view=view, page=page)

    def concerns(self, officer: Officer, wanted: Filter) -> bool:
        """Tell whether this kind can have a place in what an officer asks for."""
        theirs = officer.may(*self.rights) and not officer.may(*self.unless)
        return theirs and wanted.kind in {"", self.name}

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

    def scope(self, officer: Officer) -> list[ColumnElement[bool]]:
        """Return the conditions that a record is an officer's business at all."""
        if officer.region is None and not (self.assignable and officer.only_given):
            return []
        if self.assignable:
            return [scope.handled(self._region, self.owner, officer)]
        return [in_reach(self.id.class_, officer)]

    def _able(self, officer: Officer) -> ColumnElement[bool]:
        return self.able(officer) if self.able else true()

    def _staged(self, wanted: Filter, officer: Officer) -> list[ColumnElement[bool]]:
        """Return the conditions of a stage: what this officer can act on, unless another is asked for."""
        if wanted.stage == Stage.HEARD:
            return [self.heard.is_not(None) if self.heard is not None else false()]
        if wanted.stage == Stage.OTHERS:
            return [not_(self._able(officer))]
        return (
            [] if wanted.stage == Stage.ANY or (wanted.words and not wanted.stage) else [self._able(officer)]
        )

    def _narrowed(
        self, wanted: Filter, officer: Officer, today: date, *, ended: bool = False
    ) -> list[ColumnElement[bool]]:
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
            found = (self.found_ended if ended else None) or self.found or self._named
            asked.append(found(wanted.words))
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


def _count(condition: ColumnElement[bool]) -> Any:
    return func.count(when((condition, 1)))


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
