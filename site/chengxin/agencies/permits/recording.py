"""Write what happened to permits, one row a change."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from chengxin.agencies.permits.models import PermitEvent
from chengxin.agencies.permits.rules import Told
from chengxin.core import clock

EVENTS = PermitEvent.metadata.tables[PermitEvent.__tablename__]


def row_of(
    permit: Any,
    told: Told,
    *,
    region: str | None,
    decision_no: str = "",
    source: str = "",
    source_ref: str = "",
) -> dict[str, Any]:
    """Return the row of a change; the permit may be a record or a row of its table."""
    return {
        "permit_id": permit.id,
        "agency_id": permit.agency_id,
        "permit_kind": permit.kind,
        "permit_number": permit.number,
        "region_code": region,
        "change": told.change.value,
        "on_day": told.on,
        "dated": told.dated,
        "fact": told.fact,
        "old": told.old,
        "new": told.new,
        "decision_no": decision_no,
        "source": source,
        "source_ref": source_ref,
        "recorded_at": clock.now(),
    }


def write(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Insert changes past the unit of work, in their order."""
    found = list(rows)
    if found:
        session.execute(insert(EVENTS), found)
