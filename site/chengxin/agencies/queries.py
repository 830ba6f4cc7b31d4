"""Read the register: by what finds an agency, and in batches for lists and the index."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies import uscc
from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit
from chengxin.agencies.rules import GONE, PermitKind, PermitStatus
from chengxin.core.folding import fold_name, fold_number

CHUNK = 500
T = TypeVar("T")


def by_uid(session: Session, uid: str) -> Agency | None:
    """Return the agency of a public id."""
    return session.scalar(select(Agency).where(Agency.uid == uid))


def by_id(session: Session, agency_id: int) -> Agency | None:
    """Return the agency of an internal id."""
    return session.get(Agency, agency_id)


def by_uscc(session: Session, code: str) -> Agency | None:
    """Return the agency that holds a credit code, however the code is spaced."""
    return session.scalar(select(Agency).where(Agency.uscc == uscc.tidy(code)))


def by_licence_no(session: Session, number: str) -> Sequence[Agency]:
    """Return the agencies a licence number was given to, whatever its brackets; by id."""
    holders = select(Permit.agency_id).where(Permit.folded_number == fold_number(number))
    return session.scalars(select(Agency).where(Agency.id.in_(holders)).order_by(Agency.id)).all()


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Agency]:
    """Return agencies by their ids."""
    found: dict[int, Agency] = {}
    for some in _chunks(ids):
        found |= {each.id: each for each in session.scalars(select(Agency).where(Agency.id.in_(some)))}
    return found


def ids_by_uscc(session: Session, codes: Collection[str]) -> dict[str, int]:
    """Return which agency holds each of some credit codes."""
    found: dict[str, int] = {}
    for some in _chunks(codes):
        rows = session.execute(select(Agency.uscc, Agency.id).where(Agency.uscc.in_(some)))
        found |= {code: agency_id for code, agency_id in rows if code}
    return found


def names_of(session: Session, ids: Collection[int]) -> dict[int, list[AgencyName]]:
    """Return the other names of some agencies, former names last."""
    found: dict[int, list[AgencyName]] = {each: [] for each in ids}
    for some in _chunks(ids):
        rows = (
            select(AgencyName).where(AgencyName.agency_id.in_(some)).order_by(AgencyName.kind, AgencyName.id)
        )
        for name in session.scalars(rows):
            found[name.agency_id].append(name)
    return found


def permits_of(session: Session, ids: Collection[int]) -> dict[int, list[Permit]]:
    """Return the permits of some agencies, oldest record first."""
    found: dict[int, list[Permit]] = {each: [] for each in ids}
    for some in _chunks(ids):
        for permit in session.scalars(select(Permit).where(Permit.agency_id.in_(some)).order_by(Permit.id)):
            found[permit.agency_id].append(permit)
    return found


def services_of(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """Return the services of some agencies."""
    found: dict[int, list[str]] = {each: [] for each in ids}
    for some in _chunks(ids):
        rows = select(AgencyService).where(AgencyService.agency_id.in_(some)).order_by(AgencyService.service)
        for service in session.scalars(rows):
            found[service.agency_id].append(service.service)
    return found


def offers(session: Session, service: str) -> bool:
    """Tell whether some agency offers a service, given in the register's own words."""
    return session.scalar(select(exists().where(AgencyService.service == service))) or False


def grades(session: Session, grade: str) -> bool:
    """Tell whether some agency has a grade."""
    return session.scalar(select(exists().where(Agency.grade == grade))) or False


def addresses(session: Session, *, limit: int, offset: int = 0) -> Sequence[tuple[str, datetime]]:
    """Return public id and last change of the agencies that have a page of their own, oldest first."""
    rows = select(Agency.uid, Agency.updated_at).where(Agency.merged_into_id.is_(None)).order_by(Agency.id)
    return [(row[0], row[1]) for row in session.execute(rows.limit(limit).offset(offset))]


def is_surely_licensed(agency_id: Any, today: date) -> ColumnElement[bool]:
    """Return whether an agency is listed and holds a licence in force: then its licence needs no second look."""
    held = select(Permit.id).where(
        Permit.agency_id == agency_id,
        Permit.kind == PermitKind.LICENCE,
        Permit.status == PermitStatus.VALID,
        or_(Permit.valid_to.is_(None), Permit.valid_to >= today),
    )
    listed = select(Agency.id).where(Agency.id == agency_id, Agency.status.not_in(GONE))
    return held.exists() & listed.exists()


def named_like(session: Session, text: str, *, limit: int = 20, offset: int = 0) -> Sequence[Agency]:
    """Return agencies whose name, other name, credit code or licence number contains a text."""
    rows = select(Agency).where(_contains(text)).order_by(func.length(Agency.name), Agency.id)
    return session.scalars(rows.limit(limit).offset(offset)).all()


def count(session: Session) -> int:
    """Return how many agencies the register has."""
    return (
        session.scalar(select(func.count()).select_from(Agency).where(Agency.merged_into_id.is_(None))) or 0
    )


def permits_numbered(session: Session, number: str) -> Sequence[Permit]:
    """Return the permits of a number, whatever its brackets; by id."""
    return session.scalars(
        select(Permit).where(Permit.folded_number == fold_number(number)).order_by(Permit.id)
    ).all()


def permits_listed(session: Session, *, status: str = "", limit: int = 50, offset: int = 0) -> Sequence[Any]:
    """Return permits with their agency's uid and name, newest change of status first."""
    rows = select(Permit, Agency.uid, Agency.name).join(Agency, Agency.id == Permit.agency_id)
    if status:
        rows = rows.where(Permit.status == status)
    ordered = rows.order_by(Permit.status_on.desc().nulls_last(), Permit.id.desc())
    return session.execute(ordered.limit(limit).offset(offset)).all()


def sources(session: Session) -> Mapping[str, int]:
    """Return how many agencies each source gave."""
    rows = select(Agency.source, func.count()).group_by(Agency.source).order_by(Agency.source)
    return {source: number for source, number in session.execute(rows)}  # noqa: C416 (rows are not pairs to mypy)


def _contains(text: str) -> ColumnElement[bool]:
    name, number = fold_name(text), fold_number(text)
    other = select(AgencyName.agency_id).where(AgencyName.folded_name.contains(name, autoescape=True))
    wanted = [Agency.folded_name.contains(name, autoescape=True), Agency.id.in_(other)]
    if number:
        held = select(Permit.agency_id).where(Permit.folded_number.contains(number, autoescape=True))
        wanted += [Agency.uscc.contains(number.upper(), autoescape=True), Agency.id.in_(held)]
    return or_(*wanted)


def _chunks(values: Collection[T]) -> Iterator[list[T]]:
    """Cut a collection into parts that every database takes as parameters."""
    kept = list(values)
    for start in range(0, len(kept), CHUNK):
        yield kept[start : start + CHUNK]
