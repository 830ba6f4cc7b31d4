"""What an import tells that is news of permits: grants within their term, and differences to the row before."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Permit
from chengxin.agencies.permits.recording import row_of, write
from chengxin.agencies.permits.rules import Change, Told, changes_of, changes_of_holder, grant_is_news
from chengxin.agencies.reading import PermitRecord, Record
from chengxin.agencies.rules import ENDINGS, KINDS_BY_WEIGHT, PermitKind, read_status
from chengxin.core import clock

CHUNK = 500
Brought = Sequence[tuple[int, Record, Sequence[PermitRecord]]]


def write_grants(session: Session, brought: Brought, *, source: str, agencies_are_new: bool) -> None:
    """Write the grants among the permits of some agencies; the rest is the register's opening balance."""
    wanted: dict[tuple[int, str, str], tuple[PermitRecord, Record]] = {}
    for agency_id, record, permits in brought:
        for permit in permits:
            day = permit.issued_on or permit.valid_from
            if grant_is_news(day, recorded_on=clock.today(), agency_is_new=agencies_are_new):
                wanted[(agency_id, permit.kind, permit.folded_number)] = (permit, record)
    ids = sorted({agency_id for agency_id, _, _ in wanted})
    rows = []
    for held in _permits(session, ids):
        told = wanted.pop((held.agency_id, held.kind, held.folded_number), None)
        if told:
            rows.append(_grant(held, *told, source=source))
    write(session, rows)


def write_differences(session: Session, found: Sequence[tuple[Record, Any]], *, source: str) -> None:
    """Write what differs from the rows before: of the permits, and of the names and places they repeat."""
    rows = [row for record, difference in found for row in _changes(record, difference, source)]
    write(session, rows)
    added = [(each.agency_id, record, each.permits) for record, each in found if each.permits]
    write_grants(session, added, source=source, agencies_are_new=False)


def _changes(record: Record, difference: Any, source: str) -> Iterator[dict[str, Any]]:
    have, today = difference.held, clock.today()
    said = {"source": source, "source_ref": str(record.row)}
    region = difference.new.get("region_code") or have.agency.region_code
    by_id = {each.id: each for each in have.permits if not isinstance(each, PermitRecord)}
    for each in difference.permit_changes:
        number = each["new"].get("decision_no", "")
        for told in changes_of(each["old"], each["new"], learnt_on=today):
            yield row_of(by_id[each["id"]], told, region=region, decision_no=number, **said)
    holder = _main(list(by_id.values()))
    if holder is not None:
        for told in changes_of_holder(difference.old, difference.new, learnt_on=today):
            yield row_of(holder, told, region=region, **said)


def _main(permits: Sequence[Any]) -> Any:
    """Return the weightiest permit that runs: the one that repeats the agency's name and address."""
    running = [each for each in permits if read_status(each.status) not in ENDINGS]
    by_weight = sorted(running, key=lambda each: KINDS_BY_WEIGHT.index(PermitKind(each.kind)))
    return by_weight[0] if by_weight else None


def _grant(held: Any, permit: PermitRecord, record: Record, *, source: str) -> dict[str, Any]:
    day = permit.issued_on or permit.valid_from
    assert day is not None
    told = Told(change=Change.GRANTED, on=day)
    return row_of(
        held,
        told,
        region=record.region_code,
        decision_no=permit.decision_no,
        source=source,
        source_ref=str(record.row),
    )


def _permits(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        columns = (Permit.id, Permit.agency_id, Permit.kind, Permit.number, Permit.folded_number)
        yield from session.execute(select(*columns).where(Permit.agency_id.in_(some)).order_by(Permit.id))
