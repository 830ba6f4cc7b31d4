"""Everything that waits for the staff, in one order: nearest deadline first, whatever kind it is."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.desk.queue import asking
from chengxin.desk.queue.filtering import EVERYTHING, Filter, Stage
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.kinds.kind import NEVER, UNDATED, WaitingKind

PAGE = 30
NO_ID = 1 << 31  # behind every number


@dataclass(frozen=True)
class Place:
    """Where a record stands in the queue."""

    due_on: date
    kind: str
    id: int

    @property
    def paused(self) -> bool:
        """Return whether its clock stands still."""
        return self.due_on == NEVER

    def days_left(self, today: date) -> int | None:
        """Return the days until its deadline, or None when it has none that runs."""
        return None if self.due_on >= UNDATED else (self.due_on - today).days


@dataclass(frozen=True)
class Counts:
    """How many records wait: of each kind, and in each of the parts that were asked for, in their order."""

    of_kind: Mapping[str, int]
    of_part: Sequence[int]

    @property
    def all(self) -> int:
        """Return how many wait altogether."""
        return sum(self.of_kind.values())

    def __add__(self, other: "Counts") -> "Counts":
        """Return these counts with those of other kinds in the same parts."""
        both = [mine + theirs for mine, theirs in zip(self.of_part, other.of_part, strict=True)]
        return Counts({**self.of_kind, **other.of_kind}, both)


def page_of(
    session: Session, *, view: Filter, officer: Officer, today: date, page: int = 1
) -> Sequence[Place]:
    """Return the records of one page of a part of the queue, the nearest deadline first."""
    rows = asking.rows(session, _page, view, officer, today, page, plain=not view.words)
    return [_place(row) for row in rows]


def pages_of(count: int) -> int:
    """Return how many pages some records take; nothing takes one."""
    return max(1, math.ceil(count / PAGE))


def counts(
    session: Session,
    *,
    parts: Sequence[Filter],
    officer: Officer,
    today: date,
    kinds: Collection[str] = frozenset(KINDS),
) -> Counts:
    """Return how many records of some kinds wait, in one query for all of them and all parts."""
    plain = not any(part.words for part in parts)
    rows = asking.rows(session, _counting, tuple(parts), officer, today, frozenset(kinds), plain=plain)
    of_part = [sum(row[2 + number] for row in rows) for number in range(len(parts))]
    return Counts({row[0]: row[1] for row in rows}, of_part)


def place_of(session: Session, *, kind: str, record_id: int, officer: Officer) -> Place | None:
    """Return where a record stands, whoever can act on it, or None when it waits no longer."""
    waits = _waits(Filter(kind=kind, stage=Stage.ANY), officer, date.min)
    if waits is None:
        return None
    row = session.execute(select(waits).where(waits.c.id == record_id)).first()
    return _place(row) if row else None


def still_waiting(
    session: Session, kind: str, ids: Collection[int], *, officer: Officer, today: date
) -> Sequence[Place]:
    """Return which of some records wait now and are this officer's to act on, in the order of the queue."""
    waits = _waits(Filter(kind=kind), officer, today)
    if waits is None or not ids:
        return []
    return [_place(row) for row in session.execute(_ordered(waits).where(waits.c.id.in_(ids)))]


def after(session: Session, place: Place, *, view: Filter, officer: Officer, today: date) -> Place | None:
    """Return the record that comes next in a part of the queue, or its first one, but never the same again.

    It is one this officer can act on, unless the part is about others.
    """
    waits = _waits(view if view.stage else view.narrowed(stage=Stage.MINE), officer, today)
    if waits is None:
        return None
    rows = _ordered(waits).limit(1)
    position = tuple_(waits.c.due_on, waits.c.kind, waits.c.id)
    here = tuple_(literal(place.due_on), literal(place.kind), literal(place.id))
    later = session.execute(rows.where(position > here)).first()
    found = later or session.execute(rows.where(position < here)).first()
    return _place(found) if found else None


def page_with(session: Session, place: Place, *, view: Filter, officer: Officer, today: date) -> int:
    """Return the page of a part of the queue on which a place stands."""
    waits = _waits(view, officer, today)
    if waits is None:
        return 1
    position = tuple_(waits.c.due_on, waits.c.kind, waits.c.id)
    here = tuple_(literal(place.due_on), literal(place.kind), literal(place.id))
    before = session.scalar(select(func.count()).select_from(waits).where(position < here)) or 0
    return before // PAGE + 1


@dataclass(frozen=True)
class Newest:
    """The newest records of a part, how many stand before them, and how many there are in all."""

    places: Sequence[Place]
    before: int
    of: int


def newest(
    session: Session,
    kinds: Collection[str],
    *,
    view: Filter,
    officer: Officer,
    today: date,
    most: int,
    after: tuple[str, int] | None = None,
) -> Newest:
    """Return the newest records of some kinds in a part of the queue, from behind one of them on."""
    waits = _waits(view.narrowed(stage=view.stage or Stage.ANY), officer, today)
    if waits is None:
        return Newest([], 0, 0)
    kind, number = after or ("", NO_ID)
    is_later = or_(waits.c.id < number, and_(waits.c.id == number, waits.c.kind > kind))
    rows = select(waits).where(waits.c.kind.in_(kinds))
    numbers = select(func.count(), func.count(case((is_later, 1)))).where(waits.c.kind.in_(kinds))
    of, left = session.execute(numbers).one()
    found = session.execute(rows.where(is_later).order_by(waits.c.id.desc(), waits.c.kind).limit(most))
    return Newest([_place(row) for row in found], of - left, of)


def _counting(
    parts: Sequence[Filter], officer: Officer, today: date, kinds: Collection[str]
) -> CompoundSelect[Any] | None:
    queries = [kind.counts(parts, officer, today) for kind in _of(officer, EVERYTHING) if kind.name in kinds]
    return union_all(*queries) if queries else None


def _page(view: Filter, officer: Officer, today: date, page: int) -> Select[Any] | None:
    waits = _waits(view, officer, today)
    return None if waits is None else _ordered(waits).limit(PAGE).offset((page - 1) * PAGE)


def _of(officer: Officer, view: Filter) -> Iterator[WaitingKind]:
    return (kind for kind in KINDS.values() if kind.concerns(officer, view))


def _waits(view: Filter, officer: Officer, today: date) -> Subquery | None:
    """Return the places of a part of the queue, or None when nothing can wait in it for this officer."""
    kinds = () if view.stage == Stage.ENDED else _of(officer, view)
    queries = [kind.places(view, officer, today) for kind in kinds]
    return union_all(*queries).subquery("waits") if queries else None


def _ordered(waits: Subquery) -> Select[Any]:
    return select(waits).order_by(waits.c.due_on, waits.c.kind, waits.c.id)


def _place(row: Any) -> Place:
    return Place(row.due_on, row.kind, row.id)
