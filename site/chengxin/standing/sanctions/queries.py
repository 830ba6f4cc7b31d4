"""Read notices for the public: only what is in force today ever leaves this file with its text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from chengxin.core.counting import counted
from chengxin.core.regions import region_start
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.rules import LAPSED, State, Tombstone, end_of, is_public

CHUNK = 500
PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader narrows the list by; empty means everything.

    `among` are the ids of the notices whose text holds `q`, where somebody knows; their titles are asked anyway.
    """

    kind: str = ""
    year: int | None = None
    region: str = ""
    legal: str = ""
    severity: str = ""
    category: str = ""
    period: str = ""
    q: str = ""
    among: Select[int] | None = field(default=None, compare=False)


EVERYTHING = Filters()
# Which column each plain filter narrows.
COLUMNS = {
    "kind": Sanction.notice_kind,
    "legal": Sanction.legal_kind,
    "severity": Sanction.severity,
    "category": Sanction.category,
    "period": Sanction.period,
}


def published(
    session: Session,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    limit: int = PAGE,
    offset: int = 0,
) -> Sequence[Sanction]:
    """Return notices in force, newest publication first."""
    rows = select(Sanction).where(*_narrowed(filters, today))
    ordered = rows.order_by(Sanction.published_on.desc(), Sanction.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_published(session: Session, filters: Filters = EVERYTHING, *, today: date) -> int:
    """Return how many notices `published` would list."""
    rows = select(func.count()).select_from(Sanction).where(*_narrowed(filters, today))
    return session.scalar(rows) or 0


def latest(session: Session, *, today: date, limit: int = 4) -> Sequence[Sanction]:
    """Return the notices in force that were published last."""
    return published(session, today=today, limit=limit)


def addresses(session: Session, *, today: date, limit: int) -> Sequence[tuple[int, int, date]]:
    """Return year, number and day of publication of the notices in force, newest first."""
    rows = select(Sanction.year, Sanction.number, Sanction.published_on).where(*_public(today))
    ordered = rows.order_by(Sanction.published_on.desc(), Sanction.id.desc())
    return [
        (year, number, day)
        for year, number, day in session.execute(ordered.limit(limit))
        if year and number and day
    ]


def is_party(agency_id: Any, today: date) -> ColumnElement[bool]:
    """Return whether a notice in force is about an agency."""
    return select(Sanction.id).where(*_public(today), Sanction.agency_id == agency_id).exists()


def in_force(session: Session, *, today: date, after: int = 0, limit: int = 1_000) -> Sequence[Sanction]:
    """Return notices in force by id, after one; call again with the last id for the next."""
    rows = select(Sanction).where(*_public(today), Sanction.id > after)
    return session.scalars(rows.order_by(Sanction.id).limit(limit)).all()


def by_number(session: Session, year: int, number: int, *, today: date) -> Sanction | Tombstone | None:
    """Return the notice of an address, what is left of it after its end, or None if there never was one."""
    rows = select(Sanction).where(Sanction.year == year, Sanction.number == number)
    sanction = session.scalar(rows)
    if sanction is None or is_public(sanction.state, sanction.max_until, today):
        return sanction
    return tombstone_of(sanction, today)


def by_agency(session: Session, agency_id: int, *, today: date) -> Sequence[Sanction]:
    """Return the notices in force against one agency, newest decision first."""
    return by_agencies(session, [agency_id], today=today)[agency_id]


def by_agencies(session: Session, ids: Collection[int], *, today: date) -> dict[int, list[Sanction]]:
    """Return the notices in force against some agencies, newest decision first, without a query a row."""
    found: dict[int, list[Sanction]] = {each: [] for each in ids}
    wanted = list(found)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = select(Sanction).where(*_public(today), Sanction.agency_id.in_(some))
        for each in session.scalars(rows.order_by(Sanction.decision_date.desc(), Sanction.id.desc())):
            found[each.agency_id or 0].append(each)
    return found


def counts_by(
    session: Session, name: str, filters: Filters = EVERYTHING, *, today: date
) -> Mapping[str, int]:
    """Return how many notices in force there are of each value of a filter, with the other filters as they are."""
    every: dict[str, Any] = {name: ""}
    column, others = COLUMNS[name], replace(filters, **every)
    rows = select(column, func.count()).where(*_narrowed(others, today), column != "")
    return counted(session, rows.group_by(column).order_by(column))


def counts_by_year(session: Session, filters: Filters = EVERYTHING, *, today: date) -> Mapping[int, int]:
    """Return how many notices in force there are of each year, newest year first."""
    rows = select(Sanction.year, func.count()).where(*_narrowed(filters, today))
    ordered = rows.group_by(Sanction.year).order_by(Sanction.year.desc())
    return {year: count for year, count in session.execute(ordered) if year is not None}


def counts_by_region(session: Session, filters: Filters = EVERYTHING, *, today: date) -> Mapping[str, int]:
    """Return how many notices in force there are of each region's code."""
    rows = select(Sanction.region_code, func.count()).where(*_narrowed(filters, today))
    ordered = rows.group_by(Sanction.region_code).order_by(Sanction.region_code)
    return {code: count for code, count in session.execute(ordered) if code is not None}


def revisions(session: Session, sanction_id: int) -> Sequence[SanctionRevision]:
    """Return the published wordings of a notice, first one first."""
    rows = select(SanctionRevision).where(SanctionRevision.sanction_id == sanction_id)
    return session.scalars(rows.order_by(SanctionRevision.revision)).all()


def corrected_on(session: Session, ids: Collection[int]) -> Mapping[int, date]:
    """Return when some notices were last corrected; one that never was is not among them."""
    rows = select(SanctionRevision.sanction_id, func.max(SanctionRevision.published_on))
    later = rows.where(SanctionRevision.sanction_id.in_(ids), SanctionRevision.revision > 1)
    return {row[0]: row[1] for row in session.execute(later.group_by(SanctionRevision.sanction_id))}


def _public(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of `rules.is_public` for the database."""
    return (Sanction.state == State.PUBLISHED, Sanction.max_until >= today)


def _narrowed(filters: Filters, today: date) -> list[ColumnElement[bool]]:
    conditions = list(_public(today))
    chosen = ((column, getattr(filters, name)) for name, column in COLUMNS.items())
    conditions.extend(column == value for column, value in chosen if value)
    if filters.year is not None:
        conditions.append(Sanction.year == filters.year)
    if filters.region:
        conditions.append(Sanction.region_code.startswith(region_start(filters.region), autoescape=True))
    if filters.q:
        held = [] if filters.among is None else [Sanction.id.in_(filters.among)]
        conditions.append(or_(_containing(filters.q), *held))
    return conditions


def _containing(text: str) -> ColumnElement[bool]:
    columns = (Sanction.title, Sanction.party_name, Sanction.decision_no, Sanction.summary)
    return or_(*(column.contains(text, autoescape=True) for column in columns))


def tombstone_of(sanction: Sanction, today: date) -> Tombstone | None:
    """Return what is left in public of a notice that has ended, or None if it never was public."""
    end = end_of(sanction.state, sanction.max_until, today, ended_as=sanction.ended_as)
    if end is None or sanction.year is None or sanction.number is None:
        return None
    ended_on = sanction.ended_on or sanction.max_until + timedelta(days=1)
    if end is State.EXPIRED and sanction.state == State.PUBLISHED and awaits_review(sanction):
        return Tombstone(sanction.year, sanction.number, State.WITHDRAWN, ended_on, LAPSED)
    reason = sanction.state_reason if end is State.WITHDRAWN else ""
    return Tombstone(sanction.year, sanction.number, end, ended_on, reason)


def awaits_review(sanction: Sanction) -> bool:
    """Tell whether a notice is public by the urgent path and nobody has reviewed it yet."""
    return bool(sanction.urgent_reason) and sanction.reviewed_by is None
