"""Read random inspections: published ones for everybody, all of them for the staff."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import AgencyStatus
from chengxin.core.counting import counted
from chengxin.core.regions import region_start
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.inspections.rules import State

PAGE = 30


def frame(session: Session, region: str = "") -> dict[str, int]:
    """Return the agencies a lot may fall on, by their public ids: in business, and in a region if one is named."""
    rows = select(Agency.uid, Agency.id).where(
        Agency.merged_into_id.is_(None), Agency.status == AgencyStatus.ACTIVE
    )
    if region:
        rows = rows.where(Agency.region_code.startswith(region_start(region), autoescape=True))
    return {uid: agency_id for uid, agency_id in session.execute(rows.order_by(Agency.id))}  # noqa: C416 (rows are not pairs to mypy)


def published(session: Session, *, limit: int = PAGE, offset: int = 0) -> Sequence[InspectionBatch]:
    """Return the published batches, newest first."""
    rows = select(InspectionBatch).where(InspectionBatch.state == State.PUBLISHED)
    ordered = rows.order_by(InspectionBatch.year.desc(), InspectionBatch.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_published(session: Session) -> int:
    """Return how many batches are published."""
    rows = select(func.count()).select_from(InspectionBatch)
    return session.scalar(rows.where(InspectionBatch.state == State.PUBLISHED)) or 0


def published_numbered(session: Session, year: int, number: int) -> InspectionBatch | None:
    """Return the published batch of an address."""
    rows = select(InspectionBatch).where(InspectionBatch.year == year, InspectionBatch.number == number)
    return session.scalar(rows.where(InspectionBatch.state == State.PUBLISHED))


def of_batch(session: Session, batch_id: int) -> Sequence[Inspection]:
    """Return the agencies of a batch in the order of the lot."""
    rows = select(Inspection).where(Inspection.batch_id == batch_id)
    return session.scalars(rows.order_by(Inspection.position)).all()


def of_agency(session: Session, agency_id: int) -> Sequence[tuple[Inspection, InspectionBatch]]:
    """Return the published inspections of one agency, newest first."""
    rows = select(Inspection, InspectionBatch).join(
        InspectionBatch, InspectionBatch.id == Inspection.batch_id
    )
    rows = rows.where(Inspection.agency_id == agency_id, InspectionBatch.state == State.PUBLISHED)
    found = session.execute(rows.order_by(InspectionBatch.published_on.desc(), Inspection.id.desc()))
    return [(inspection, batch) for inspection, batch in found]


def results_of(session: Session, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return for some batches how many agencies came to each result."""
    found: dict[int, dict[str, int]] = {each: {} for each in ids}
    rows = select(Inspection.batch_id, Inspection.result, func.count()).where(Inspection.batch_id.in_(ids))
    for batch_id, result, count in session.execute(rows.group_by(Inspection.batch_id, Inspection.result)):
        found[batch_id][result] = count
    return found


def in_state(
    session: Session, state: str, *, seen: Part = WHOLE, limit: int = PAGE, offset: int = 0
) -> Sequence[InspectionBatch]:
    """Return the batches of a state, newest first."""
    rows = select(InspectionBatch).where(InspectionBatch.state == state, seen)
    return session.scalars(rows.order_by(InspectionBatch.id.desc()).limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Part = WHOLE) -> Mapping[str, int]:
    """Return how many batches are in each state; none is a zero."""
    rows = select(InspectionBatch.state, func.count()).where(seen).group_by(InspectionBatch.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def by_id(session: Session, batch_id: int) -> InspectionBatch | None:
    """Return a batch in whatever state it is."""
    return session.get(InspectionBatch, batch_id)


def inspection(session: Session, inspection_id: int) -> Inspection | None:
    """Return one inspection."""
    return session.get(Inspection, inspection_id)
