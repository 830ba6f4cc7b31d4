"""Read what happened to permits, newest day first; a term that is over is told by date, written down or not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.permits.models import PermitEvent
from chengxin.agencies.permits.rules import ONE_DAY, Change
from chengxin.agencies.rules import PermitStatus
from chengxin.core.clock import SHANGHAI
from chengxin.core.counting import counted
from chengxin.core.regions import region_start

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader narrows the list by; empty means everything."""

    change: str = ""
    year: int | None = None
    region: str = ""
    permit: str = ""


EVERYTHING = Filters()


@dataclass(frozen=True, order=True)
class Place:
    """Where in the list a change stands; an expiry nobody has written down has its permit's number, negative."""

    on: date
    number: int


@dataclass(frozen=True, kw_only=True)
class Happened:
    """A change of a permit as readers are told it."""

    place: Place
    agency_id: int
    permit_id: int
    permit_kind: str
    permit_number: str
    region_code: str | None
    change: Change
    dated: bool = True
    fact: str = ""
    old: str = ""
    new: str = ""
    decision_no: str = ""
    source: str = ""
    recorded_at: datetime

    @property
    def on(self) -> date:
        """Return the day it holds from."""
        return self.place.on

    @property
    def key(self) -> str:
        """Return what names this change for ever, also before its end is written down."""
        if self.change is Change.EXPIRED:
            return f"expired-{self.permit_id}-{self.on.isoformat()}"
        return f"change-{self.place.number}"


def listed(
    session: Session,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    before: Place | None = None,
    limit: int = PAGE,
) -> list[Happened]:
    """Return changes after a place of the list, newest day first."""
    rows = select(PermitEvent).where(*_narrowed(filters))
    if before:
        later = and_(PermitEvent.on_day == before.on, PermitEvent.id < before.number)
        rows = rows.where(PermitEvent.on_day <= before.on, or_(PermitEvent.on_day < before.on, later))
    ordered = rows.order_by(PermitEvent.on_day.desc(), PermitEvent.id.desc()).limit(limit)
    written = [_happened(each) for each in session.scalars(ordered)]
    due = [each for each in _due(session, filters, today) if before is None or each.place < before]
    return list(merge(written, due, key=lambda each: each.place, reverse=True))[:limit]


def recorded_last(
    session: Session, filters: Filters = EVERYTHING, *, today: date, limit: int
) -> list[Happened]:
    """Return the changes the register learnt last, for feeds: what was told late is new all the same."""
    rows = select(PermitEvent).where(*_narrowed(filters)).order_by(PermitEvent.id.desc()).limit(limit)
    return [*_due(session, filters, today), *(_happened(each) for each in session.scalars(rows))][:limit]


def of_agency(session: Session, agency_id: int) -> Sequence[Happened]:
    """Return what was written down of the permits of one agency, oldest first."""
    rows = select(PermitEvent).where(PermitEvent.agency_id == agency_id)
    return [_happened(each) for each in session.scalars(rows.order_by(PermitEvent.on_day, PermitEvent.id))]


def count(session: Session, filters: Filters = EVERYTHING, *, today: date) -> int:
    """Return how many changes the list has."""
    rows = select(func.count()).select_from(PermitEvent).where(*_narrowed(filters))
    return (session.scalar(rows) or 0) + len(_due(session, filters, today))


def counts_by_change(session: Session, filters: Filters, *, today: date) -> Mapping[str, int]:
    """Return how many changes there are of each kind."""
    found = _counts(session, PermitEvent.change, filters)
    return found + Counter(each.change.value for each in _due(session, filters, today))


def counts_by_permit(session: Session, filters: Filters, *, today: date) -> Mapping[str, int]:
    """Return how many changes there are of each kind of permit."""
    found = _counts(session, PermitEvent.permit_kind, filters)
    return found + Counter(each.permit_kind for each in _due(session, filters, today))


def counts_by_region(session: Session, filters: Filters, *, today: date) -> Mapping[str, int]:
    """Return how many changes there are of each region's code, in the order of the codes."""
    found = _counts(session, PermitEvent.region_code, filters)
    found += Counter(each.region_code for each in _due(session, filters, today))
    return {code: found[code] for code in sorted(code for code in found if code)}


def years(session: Session) -> list[int]:
    """Return the years the list reaches over, newest first."""
    last = session.scalar(select(func.max(PermitEvent.on_day)))
    first = session.scalar(select(func.min(PermitEvent.on_day)))
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def _counts(session: Session, column: Any, filters: Filters) -> Counter[Any]:
    rows = select(column, func.count()).where(*_narrowed(filters)).group_by(column)
    return Counter(counted(session, rows))


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.change:
        conditions.append(PermitEvent.change == filters.change)
    if filters.year is not None:
        conditions.append(PermitEvent.on_day.between(*_days_of(filters.year)))
    if filters.region:
        conditions.append(PermitEvent.region_code.startswith(region_start(filters.region), autoescape=True))
    if filters.permit:
        conditions.append(PermitEvent.permit_kind == filters.permit)
    return conditions


def _days_of(year: int) -> tuple[date, date]:
    bounded = min(max(year, date.min.year), date.max.year)
    return date(bounded, 1, 1), date(bounded, 12, 31)


def _due(session: Session, filters: Filters, today: date) -> list[Happened]:
    """Return the terms that are over while nobody has written it down; the worker leaves none."""
    if filters.change not in {"", Change.EXPIRED}:
        return []
    running = Permit.status.in_([PermitStatus.VALID, PermitStatus.SUSPENDED])
    rows = select(Permit, Agency.region_code).join(Agency, Agency.id == Permit.agency_id)
    rows = rows.where(running, Permit.runs_until < today)
    if filters.year is not None:
        first, last = _days_of(filters.year)
        eve = first - timedelta(days=1) if first > date.min else first
        rows = rows.where(Permit.runs_until.between(eve, last - ONE_DAY))
    if filters.region:
        rows = rows.where(Agency.region_code.startswith(region_start(filters.region), autoescape=True))
    if filters.permit:
        rows = rows.where(Permit.kind == filters.permit)
    found = session.execute(rows.order_by(Permit.runs_until.desc(), Permit.id))
    return [_over(permit, region) for permit, region in found]


def _over(permit: Permit, region: str | None) -> Happened:
    assert permit.runs_until is not None
    on = permit.runs_until + ONE_DAY
    return Happened(
        place=Place(on, -permit.id),
        agency_id=permit.agency_id,
        permit_id=permit.id,
        permit_kind=permit.kind,
        permit_number=permit.number,
        region_code=region,
        change=Change.EXPIRED,
        source=permit.source,
        recorded_at=datetime.combine(on, datetime.min.time(), SHANGHAI),
    )


def _happened(event: PermitEvent) -> Happened:
    return Happened(
        place=Place(event.on_day, event.id),
        agency_id=event.agency_id,
        permit_id=event.permit_id,
        permit_kind=event.permit_kind,
        permit_number=event.permit_number,
        region_code=event.region_code,
        change=Change(event.change),
        dated=event.dated,
        fact=event.fact,
        old=event.old,
        new=event.new,
        decision_no=event.decision_no,
        source=event.source,
        recorded_at=event.recorded_at,
    )
