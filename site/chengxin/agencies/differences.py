"""What a record would change of an agency that the register already has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit
from chengxin.agencies.reading import PermitRecord, Record
from chengxin.agencies.rules import ENDINGS, Flag, NameKind, PermitStatus, read_status

PERMIT_FACTS = (
    "number",
    "issued_on",
    "valid_from",
    "valid_to",
    "authority",
    "scope",
    "decision_no",
    "status_on",
)
STATUS_FACTS = frozenset({"status_on", "decision_no", "valid_to"})


@dataclass(slots=True)
class Known:
    """What the register has of one agency."""

    agency: Any
    names: set[tuple[str, str]] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    permits: list[Any] = field(default_factory=list)

    def take(self, found: "Difference") -> None:
        """Remember what a row adds, so that the next row of the same agency does not add it again."""
        self.names.update(found.names)
        self.services.update(found.services)
        self.permits += found.permits


@dataclass(slots=True)
class Difference:
    """What one row changes: facts with their old values, and what is added or taken away."""

    agency_id: int
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    services_gone: list[str] = field(default_factory=list)
    permits: list[PermitRecord] = field(default_factory=list)
    permit_changes: list[dict[str, Any]] = field(default_factory=list)
    held: Any = None

    @property
    def is_empty(self) -> bool:
        """Tell whether the row says nothing new."""
        return not (
            self.new
            or self.names
            or self.services
            or self.services_gone
            or self.permits
            or self.permit_changes
        )


def known(session: Session, ids: Collection[int]) -> dict[int, Known]:
    """Load what the register has of some agencies."""
    found = {
        row.id: Known(row)
        for row in session.execute(select(*Agency.__table__.columns).where(Agency.id.in_(ids)))
    }
    names = select(AgencyName.agency_id, AgencyName.kind, AgencyName.name).where(
        AgencyName.agency_id.in_(ids)
    )
    for agency_id, kind, name in session.execute(names):
        found[agency_id].names.add((kind, name))
    services = select(AgencyService.agency_id, AgencyService.service).where(AgencyService.agency_id.in_(ids))
    for agency_id, service in session.execute(services):
        found[agency_id].services.add(service)
    permits = select(*Permit.__table__.columns).where(Permit.agency_id.in_(ids)).order_by(Permit.id)
    for row in session.execute(permits):
        found[row.agency_id].permits.append(row)
    return found


def difference(have: Known, record: Record, *, joins: bool) -> Difference:
    """Return what a record changes; a further row of the same list only adds."""
    found = Difference(have.agency.id, held=have)
    if not joins:
        _compare_facts(have, record, found)
        if record.services:
            found.services_gone = sorted(have.services - set(record.services))
    found.names += [name for name in names_of(record) if name not in have.names and name not in found.names]
    found.services = [service for service in record.services if service not in have.services]
    _compare_permits(have, record, found)
    if not joins:
        _note(found, "flags", have.agency.flags, " ".join(sorted(set(record.flags))))
    return found


def names_of(record: Record) -> list[tuple[str, str]]:
    """Return the other names a record tells, each with its kind."""
    return list(
        dict.fromkeys(
            [(NameKind.FORMER.value, name) for name in record.former_names]
            + [(NameKind.TRADE.value, name) for name in record.trade_names]
            + [(NameKind.ALIAS.value, name) for name in record.aliases]
        )
    )


def _compare_facts(have: Known, record: Record, found: Difference) -> None:
    """Compare what the row tells; a cell it leaves empty says nothing."""
    for name, value in record.facts.items():
        _note(found, name, getattr(have.agency, name), value)
    if record.region_code:
        _note(found, "region_code", have.agency.region_code, record.region_code)
        _note(found, "place", have.agency.place, record.place)
    elif record.place and not have.agency.region_code:
        _note(found, "place", have.agency.place, record.place)
    if record.uscc and record.uscc != have.agency.uscc and (record.uscc_valid or not have.agency.uscc_valid):
        _note(found, "uscc", have.agency.uscc, record.uscc)
        _note(found, "uscc_valid", have.agency.uscc_valid, record.uscc_valid)
    if record.name != have.agency.name:
        if record.folded_name != have.agency.folded_name:
            found.names.append((NameKind.FORMER.value, have.agency.name))
        _note(found, "name", have.agency.name, record.name)
        _note(found, "folded_name", have.agency.folded_name, record.folded_name)


def _compare_permits(have: Known, record: Record, found: Difference) -> None:
    for permit in record.permits:
        held = _same_permit(have.permits, permit)
        if held is None:
            found.permits.append(permit)
        if held is None or isinstance(held, PermitRecord):
            continue
        facts = {name: getattr(permit, name) for name in PERMIT_FACTS if getattr(permit, name)}
        if not permit.tells_status:
            facts.pop("status_on", None)
        elif _may_follow(held, permit):
            facts |= {"status": permit.status, "status_text": permit.status_text}
        else:
            facts = {name: value for name, value in facts.items() if name not in STATUS_FACTS}
            record.flags.append(Flag.STATUS_CONTRADICTS.value)
        changed = {name: value for name, value in facts.items() if getattr(held, name) != value}
        if changed:
            old = {name: getattr(held, name) for name in changed}
            found.permit_changes.append({"id": held.id, "number": held.number, "old": old, "new": changed})


def _same_permit(held: Sequence[Any], permit: PermitRecord) -> Any:
    for each in held:
        if (each.kind, each.folded_number) == permit.key:
            return each
    return None


def _may_follow(held: Any, permit: PermitRecord) -> bool:
    """Tell whether a list may change a permit's status: it never revives an ended one without a later date."""
    before, after = read_status(held.status), read_status(permit.status)
    if before not in ENDINGS - {PermitStatus.EXPIRED} or after in ENDINGS or after == before:
        return True
    return bool(permit.status_on and held.status_on and permit.status_on > held.status_on)


def _note(found: Difference, name: str, old: Any, new: Any) -> None:
    if old != new:
        found.old[name] = old
        found.new[name] = new
