"""Write a batch of an import: new agencies and changes, each with one public event."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from chengxin.agencies.actions import without_persons
from chengxin.agencies.differences import Difference, names_of
from chengxin.agencies.matching import Target
from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit
from chengxin.agencies.permits import news
from chengxin.agencies.permits.rules import news_until
from chengxin.agencies.reading import PermitRecord, Record
from chengxin.core import clock
from chengxin.core.folding import fold_name
from chengxin.core.models import Base
from chengxin.ledger.rules import Entry, Subject

FACTS: dict[str, Any] = {
    "address": "",
    "legal_representative": "",
    "established": "",
    "ownership": "",
    "business_phone": "",
    "supervision_phone": "",
    "website": "",
    "grade": "",
    "staff_total": None,
    "status": "active",
}
KEPT_MARKS = 50
CACHE_KILOBYTES = 32_768


class Staging:
    """Gathers what the rows of a batch bring and writes it with a few statements."""

    def __init__(self, session: Session, *, actor: str, source: str) -> None:
        """Keep who imports and from where."""
        self.session = session
        self.actor = actor
        self.source = source
        self.new: list[Target] = []
        self.differences: list[tuple[Record, Difference, list[str]]] = []

    def write(self) -> list[Entry]:
        """Write the batch and return its events in order."""
        entries = [*self._write_new(), *self._write_differences()]
        self.new, self.differences = [], []
        return entries

    def _write_new(self) -> Iterator[Entry]:
        if not self.new:
            return
        ids = _next_ids(self.session, len(self.new))
        rows = [self._agency_row(target, number) for target, number in zip(self.new, ids, strict=True)]
        self._insert(Agency, rows)
        self._insert_parts([(target.id or 0, _record(target)) for target in self.new])
        news.write_grants(
            self.session,
            [(target.id or 0, _record(target), _record(target).permits) for target in self.new],
            source=self.source,
            agencies_are_new=True,
        )
        for target in self.new:
            record = _record(target)
            new = {"name": record.name, "uscc": record.uscc, "region": record.region_code}
            yield self._entry("agency.enrolled", target.id or 0, None, new, record.row)

    def _agency_row(self, target: Target, agency_id: int) -> dict[str, Any]:
        record, at = _record(target), clock.now()
        target.id = agency_id
        return FACTS | {
            "id": agency_id,
            "uid": target.uid,
            "name": record.name,
            "folded_name": target.folded_name,
            "uscc": record.uscc or None,
            "uscc_valid": record.uscc_valid,
            "region_code": record.region_code,
            "place": record.place,
            **record.facts,
            "flags": _flags(record),
            "opened_on": clock.today(),
            "fingerprint": " ".join(target.fingerprints),
            "created_at": at,
            "updated_at": at,
            "source": self.source,
            "source_ref": str(record.row),
        }

    def _insert_parts(self, parts: Sequence[tuple[int, Record]]) -> None:
        """Insert names, services and permits of new agencies."""
        self._insert(AgencyName, [_name_row(at, *name) for at, record in parts for name in names_of(record)])
        services = [{"agency_id": at, "service": each} for at, record in parts for each in record.services]
        self._insert(AgencyService, services)
        self._insert(
            Permit,
            [self._permit_row(at, each, record.row) for at, record in parts for each in record.permits],
        )

    def _write_differences(self) -> Iterator[Entry]:
        if not self.differences:
            return
        updates = [self._update_row(*each) for each in self.differences]
        for row in updates:
            self.session.execute(update(Agency).where(Agency.id == row.pop("id")).values(row))
        found = [(record, difference) for record, difference, _ in self.differences]
        self._insert(
            AgencyName, [_name_row(each.agency_id, *name) for _, each in found for name in each.names]
        )
        for _, each in found:
            self._write_services(each)
            for permit in each.permit_changes:
                values = permit["new"] | _watched(permit["new"])
                self.session.execute(update(Permit).where(Permit.id == permit["id"]).values(values))
        rows = [
            self._permit_row(each.agency_id, permit, record.row)
            for record, each in found
            for permit in each.permits
        ]
        self._insert(Permit, rows)
        news.write_differences(self.session, found, source=self.source)
        for record, each in found:
            verb = "agency.renamed" if "folded_name" in each.new else "agency.changed"
            yield self._entry(verb, each.agency_id, *_told(each), record.row)

    def _update_row(self, record: Record, difference: Difference, marks: list[str]) -> dict[str, Any]:
        return {
            "id": difference.agency_id,
            **difference.new,
            "fingerprint": " ".join(marks[-KEPT_MARKS:]),
            "updated_at": clock.now(),
            "source": self.source,
            "source_ref": str(record.row),
        }

    def _write_services(self, difference: Difference) -> None:
        if difference.services_gone:
            self.session.execute(
                delete(AgencyService).where(
                    AgencyService.agency_id == difference.agency_id,
                    AgencyService.service.in_(difference.services_gone),
                )
            )
        rows = [{"agency_id": difference.agency_id, "service": each} for each in difference.services]
        self._insert(AgencyService, rows)

    def _permit_row(self, agency_id: int, permit: PermitRecord, row: int) -> dict[str, Any]:
        return {
            "agency_id": agency_id,
            "kind": permit.kind,
            "number": permit.number,
            "folded_number": permit.folded_number,
            "scope": permit.scope,
            "authority": permit.authority,
            "issued_on": permit.issued_on,
            "valid_from": permit.valid_from,
            "valid_to": permit.valid_to,
            "status": permit.status,
            "status_on": permit.status_on,
            "status_text": permit.status_text,
            "decision_no": permit.decision_no,
            "runs_until": news_until(permit.valid_to, recorded_on=clock.today()),
            "source": self.source,
            "source_ref": str(row),
        }

    def _insert(self, model: type[Base], rows: list[dict[str, Any]]) -> None:
        """Insert rows past the unit of work, which would cost as much as all the rest."""
        if rows:
            self.session.execute(insert(Base.metadata.tables[model.__tablename__]), rows)

    def _entry(self, verb: str, agency_id: int, old: Any, new: dict[str, Any], row: int) -> Entry:
        told = {**new, "source": self.source, "row": row}
        return Entry(
            actor=self.actor, verb=verb, subject=Subject("agency", agency_id), old=old, new=told, public=True
        )


def give_room(session: Session) -> None:
    """Let SQLite hold the pages of its indexes, which a large import touches everywhere."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA cache_size=-{CACHE_KILOBYTES}"))


def _next_ids(session: Session, count: int) -> list[int]:
    """Return ids for new agencies: from PostgreSQL's sequence, or after the last one of SQLite's one writer."""
    if session.get_bind().dialect.name == "postgresql":
        drawn = text("SELECT nextval(pg_get_serial_sequence('agency', 'id')) FROM generate_series(1, :count)")
        return [int(number) for number in session.scalars(drawn, {"count": count})]
    last = session.scalar(select(Agency.id).order_by(Agency.id.desc()).limit(1)) or 0
    return list(range(last + 1, last + 1 + count))


def _record(target: Target) -> Record:
    assert target.record is not None
    return target.record


def _name_row(agency_id: int, kind: str, name: str) -> dict[str, Any]:
    return {"agency_id": agency_id, "kind": kind, "name": name, "folded_name": fold_name(name)}


def _flags(record: Record) -> str:
    return " ".join(sorted(set(record.flags)))


def _watched(new: dict[str, Any]) -> dict[str, Any]:
    """Return from when the end of a new term is news, if the term changed."""
    return {"runs_until": news_until(new["valid_to"], recorded_on=clock.today())} if "valid_to" in new else {}


def _told(difference: Difference) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what an event tells of a change: old facts and new ones."""
    old, new = without_persons(difference.old), without_persons(difference.new)
    if difference.names:
        new["names"] = [name for _, name in difference.names]
    if difference.services or difference.services_gone:
        old["services"], new["services"] = difference.services_gone, difference.services
    if difference.permits:
        new["permits"] = [{"number": each.number, "status": each.status} for each in difference.permits]
    if difference.permit_changes:
        old["permits_changed"] = [
            {"number": each["number"], **each["old"]} for each in difference.permit_changes
        ]
        new["permits_changed"] = [
            {"number": each["number"], **each["new"]} for each in difference.permit_changes
        ]
    return old, new
