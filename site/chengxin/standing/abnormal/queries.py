"""Read marks of abnormal operation: in force for everybody, all of them for the staff."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.core.counting import counted
from chengxin.core.regions import region_start
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.confirming.rules import State

PAGE = 30
CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader narrows the list by; empty means everything."""

    cause: str = ""
    region: str = ""


def in_force(
    session: Session, filters: Filters, *, limit: int = PAGE, offset: int = 0
) -> Sequence[AbnormalMark]:
    """Return the marks in force, newest first."""
    rows = select(AbnormalMark).join(Agency, Agency.id == AbnormalMark.agency_id).where(*_narrowed(filters))
    ordered = rows.order_by(AbnormalMark.set_on.desc(), AbnormalMark.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_in_force(session: Session, filters: Filters) -> int:
    """Return how many marks `in_force` would list."""
    rows = select(func.count()).select_from(AbnormalMark).join(Agency, Agency.id == AbnormalMark.agency_id)
    return session.scalar(rows.where(*_narrowed(filters))) or 0


def counts_by_cause(session: Session, filters: Filters) -> Mapping[str, int]:
    """Return how many marks in force there are of each cause."""
    rows = select(AbnormalMark.cause, func.count()).join(Agency, Agency.id == AbnormalMark.agency_id)
    return counted(session, rows.where(*_narrowed(filters)).group_by(AbnormalMark.cause))


def counts_by_region(session: Session) -> Mapping[str, int]:
    """Return how many marks in force there are in each region, in the order of the codes."""
    rows = select(Agency.region_code, func.count()).join(AbnormalMark, Agency.id == AbnormalMark.agency_id)
    rows = rows.where(AbnormalMark.state == State.IN_FORCE, Agency.region_code.is_not(None))
    return counted(session, rows.group_by(Agency.region_code).order_by(Agency.region_code))  # type: ignore[arg-type]


def by_agencies(session: Session, ids: Collection[int]) -> dict[int, list[AbnormalMark]]:
    """Return the marks in force of some agencies, newest first, without a query a row."""
    found: dict[int, list[AbnormalMark]] = {each: [] for each in ids}
    wanted = list(found)
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = select(AbnormalMark).where(
            AbnormalMark.state == State.IN_FORCE, AbnormalMark.agency_id.in_(some)
        )
        for mark in session.scalars(rows.order_by(AbnormalMark.set_on.desc(), AbnormalMark.id.desc())):
            found[mark.agency_id].append(mark)
    return found


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [AbnormalMark.state == State.IN_FORCE]
    if filters.cause:
        conditions.append(AbnormalMark.cause == filters.cause)
    if filters.region:
        conditions.append(Agency.region_code.startswith(region_start(filters.region), autoescape=True))
    return conditions
