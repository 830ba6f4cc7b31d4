"""Gather from the register what the index holds of each agency."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row, case, exists, func, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit, Region
from chengxin.agencies.rules import AgencyStatus, NameKind, PermitStatus, licence_status
from chengxin.agencies.vocabulary import broader
from chengxin.core.folding import compact
from chengxin.search import places
from chengxin.search.documents import Dated, SearchDocument
from chengxin.search.orders import rank_of
from chengxin.search.predecessors import numbers_of
from chengxin.search.sounds import reading_table
from chengxin.search.vocabulary import RegisterWords
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind
from chengxin.standing.queries import revoked_on
from chengxin.standing.rules import standing_of
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State

BATCH = 1_000
NO_LONGER_USED = frozenset({NameKind.FORMER, NameKind.MERGED})
AGENCY_FACTS = ("id", "name", "region_code", "place", "uscc", "grade", "status", "opened_on")
PERMIT_FACTS = ("kind", "number", "status", "status_on", "issued_on", "valid_from", "valid_to")
SANCTION_FACTS = (
    "notice_kind",
    "legal_kind",
    "state",
    "decision_date",
    "max_until",
    "year",
    "number",
    "title",
    "summary",
)
HONOUR_FACTS = ("state", "year", "valid_until")
ONE_DAY = timedelta(days=1)

Rows = Mapping[int, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows that belong to the agencies of one batch."""

    names: Rows
    services: Rows
    permits: Rows
    sanctions: Rows
    honours: Rows
    inherited: Mapping[int, Sequence[str]]


def ids_by_rank(session: Session) -> Sequence[int]:
    """Return all agencies, those a reader most likely means first: valid, in business, well graded."""
    valid = exists().where(Permit.agency_id == Agency.id, Permit.status == PermitStatus.VALID)
    ranked = select(Agency.id).where(Agency.merged_into_id.is_(None))
    return session.scalars(
        ranked.order_by(
            case((valid, 0), else_=1),
            case((Agency.status == AgencyStatus.ACTIVE, 0), else_=1),
            func.length(Agency.grade).desc(),
            func.length(Agency.name),
            Agency.id,
        )
    ).all()


def register_words(session: Session) -> RegisterWords:
    """Return the words only the register knows."""
    regions = session.execute(select(Region.code, Region.name).order_by(Region.code)).all()
    services = select(AgencyService.service).distinct().order_by(AgencyService.service)
    return RegisterWords(
        regions=[*((code, name) for code, name in regions), *_learned_places(session)],
        services=session.scalars(services).all(),
        readings=reading_table(),
    )


def _learned_places(session: Session) -> Iterator[places.Learned]:
    """Return the divisions that only the texts of agencies' places name."""
    told = select(Agency.region_code, Agency.place).where(Agency.place != "").distinct()
    rows = session.execute(told.order_by(Agency.region_code, Agency.place))
    return places.learned((row.region_code, row.place) for row in rows)


def documents(session: Session, ids: Iterable[int], *, today: date) -> Iterator[SearchDocument]:
    """Yield the documents of some agencies in the given order, a batch of queries at a time."""
    above = _divisions_above(session)
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        yield from _batch(session, some, above, today)


def _batch(
    session: Session, ids: Sequence[int], above: Mapping[str, tuple[str, ...]], today: date
) -> Iterator[SearchDocument]:
    rows = select(*(getattr(Agency, fact) for fact in AGENCY_FACTS)).where(
        Agency.id.in_(ids), Agency.merged_into_id.is_(None)
    )
    agencies = {row.id: row for row in session.execute(rows)}
    known = _known(session, ids)
    for agency_id in ids:
        if agency_id in agencies:
            yield _document(agencies[agency_id], known, above, today)


def _document(
    agency: Any, known: _Known, above: Mapping[str, tuple[str, ...]], today: date
) -> SearchDocument:
    names, permits = known.names[agency.id], known.permits[agency.id]
    licence = _licence(permits, today)
    return SearchDocument(
        agency_id=agency.id,
        rank=_rank(agency, permits),
        opened=_opened(agency, permits),
        name=compact(agency.name) or "-",
        aliases=(*_names(names, former=False), *places.said(agency.name)),
        formers=_names(names, former=True),
        region=agency.region_code or "",
        places=(*above.get(agency.region_code or "", ()), *_own_places(agency)),
        **_services(known.services[agency.id]),
        codes=_codes(agency.uscc, permits, known.inherited[agency.id]),
        grade=agency.grade,
        licence=licence,
        standing=_standing(agency, known, licence, today),
    )


def _rank(agency: Any, permits: Sequence[Any]) -> int:
    return rank_of(
        agency.id,
        name=agency.name,
        grade=agency.grade,
        is_valid=any(permit.status == PermitStatus.VALID for permit in permits),
        is_active=agency.status == AgencyStatus.ACTIVE,
    )


def _opened(agency: Any, permits: Sequence[Any]) -> date:
    """Return the day of the first permit, or else the day the file was opened."""
    days = (permit.issued_on or permit.valid_from for permit in permits)
    first: date = min((day for day in days if day), default=agency.opened_on)
    return first


def _own_places(agency: Any) -> Iterator[str]:
    return (key for key, _ in places.keys(agency.region_code, agency.place))


def _services(rows: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """Return the services as the register names them, and with them the broader ones they belong to."""
    named = tuple(row.service for row in rows)
    wider = filter(None, map(broader, named))
    return {"services": tuple(dict.fromkeys((*named, *wider))), "named_services": named}


def _known(session: Session, ids: Sequence[int]) -> _Known:
    notices = select(*_columns(Sanction, SANCTION_FACTS)).where(Sanction.state == State.PUBLISHED)
    titles = select(*_columns(Honour, HONOUR_FACTS)).where(Honour.kind == HonourKind.AGENCY)
    return _Known(
        names=_grouped(session, select(*_columns(AgencyName, ("kind", "name"))), AgencyName, ids),
        services=_grouped(session, select(*_columns(AgencyService, ("service",))), AgencyService, ids),
        permits=_grouped(session, select(*_columns(Permit, PERMIT_FACTS)), Permit, ids),
        sanctions=_grouped(session, notices, Sanction, ids),
        honours=_grouped(session, titles, Honour, ids),
        inherited=numbers_of(session, ids),
    )


def _names(rows: Sequence[Any], *, former: bool) -> tuple[str, ...]:
    found = (compact(row.name) for row in rows if (row.kind in NO_LONGER_USED) is former)
    return tuple(name for name in dict.fromkeys(found) if name)


def _codes(uscc: str | None, permits: Sequence[Any], inherited: Sequence[str]) -> tuple[str, ...]:
    numbers = (compact(number) for number in (*(permit.number for permit in permits), *inherited))
    return tuple(code for code in dict.fromkeys((compact(uscc or ""), *numbers)) if code)


def _licence(permits: Sequence[Any], today: date) -> Dated:
    """Return the licence status, and what it becomes when the next term ends."""
    ends = [permit.valid_to for permit in permits if permit.valid_to and permit.valid_to >= today]
    now = licence_status(permits, today)
    if not ends:
        return Dated(now)
    return Dated(now, min(ends), licence_status(permits, min(ends) + ONE_DAY))


def _standing(agency: Any, known: _Known, licence: Dated, today: date) -> Dated:
    """Return the standing, and what it becomes when time alone next changes it."""

    def on(day: date, status: str) -> tuple[str, date | None]:
        verdict = standing_of(
            sanctions=known.sanctions[agency.id],
            honours=known.honours[agency.id],
            licence=status,
            licence_since=revoked_on(known.permits[agency.id], day),
            agency_status=agency.status,
            today=day,
        )
        return verdict.standing, verdict.holds_until

    now, until = on(today, licence.value)
    ends = [day for day in (until, licence.last_day) if day is not None]
    if not ends:
        return Dated(now)
    last = min(ends)
    status = licence.after if last == licence.last_day else licence.value
    return Dated(now, last, on(last + ONE_DAY, status)[0])


def _columns(model: Any, names: Iterable[str]) -> list[Any]:
    return [getattr(model, name) for name in ("agency_id", *names)]


def _grouped(session: Session, rows: Any, model: Any, ids: Sequence[int]) -> Rows:
    """Return rows by their agency, oldest first."""
    order = model.id if hasattr(model, "id") else model.service
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(rows.where(model.agency_id.in_(ids)).order_by(order)):
        found[row.agency_id].append(row)
    return found


def _divisions_above(session: Session) -> dict[str, tuple[str, ...]]:
    """Return for each division its own code and those above it; a circle in the register ends the climb."""
    parents = {row.code: row.parent_code for row in session.execute(select(Region.code, Region.parent_code))}
    above: dict[str, tuple[str, ...]] = {}
    for code in parents:
        climb: dict[str, None] = {}
        at: str | None = code
        while at and at not in climb:
            climb[at] = None
            at = parents.get(at)
        above[code] = tuple(climb)
    return above
