"""Mark the agencies a source lists no longer, and those it lists again, each with one public event."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.agencies.rules import GONE, AgencyStatus
from chengxin.core import clock
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import Entry, Subject

CHUNK = 500


def mark_unlisted(session: Session, *, actor: str, source: str, ids: Collection[int]) -> int:
    """Mark agencies that the newest list of their source does not name; return how many were marked."""
    still = select(Agency.id, Agency.status).where(
        Agency.merged_into_id.is_(None), Agency.status.not_in(GONE)
    )
    found = list(_found(session, still, ids))
    values = {"status": AgencyStatus.UNLISTED.value, "left_on": clock.today()}
    _write(session, [row.id for row in found], values)
    return record_many(session, (_entry(actor, "agency.unlisted", row, values, source) for row in found))


def mark_listed(session: Session, *, actor: str, source: str, ids: Collection[int]) -> int:
    """Take the mark off agencies that a list names again; return how many had it."""
    unlisted = Agency.status == AgencyStatus.UNLISTED
    active_by_list = and_(Agency.left_on.is_not(None), Agency.status.not_in(GONE))
    marked = select(Agency.id, Agency.status).where(
        Agency.merged_into_id.is_(None), or_(unlisted, active_by_list)
    )
    found = list(_found(session, marked, ids))
    active = case((unlisted, AgencyStatus.ACTIVE.value), else_=Agency.status)
    _write(session, [row.id for row in found], {"status": active, "left_on": None})
    values = {"left_on": None}
    return record_many(session, (_entry(actor, "agency.listed_again", row, values, source) for row in found))


def _found(session: Session, rows: Any, ids: Collection[int]) -> Iterator[Any]:
    for some in _chunks(ids):
        yield from session.execute(rows.where(Agency.id.in_(some)).order_by(Agency.id))


def _write(session: Session, ids: Collection[int], values: dict[str, Any]) -> None:
    for some in _chunks(ids):
        changed = update(Agency).where(Agency.id.in_(some)).values(**values, updated_at=clock.now())
        session.execute(changed, execution_options={"synchronize_session": False})
    if ids:
        session.expire_all()


def _entry(actor: str, verb: str, row: Any, values: dict[str, Any], source: str) -> Entry:
    return Entry(
        actor=actor,
        verb=verb,
        subject=Subject("agency", row.id),
        old={"status": row.status},
        new=values,
        reason=source,
        public=True,
    )


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    kept = sorted(ids)
    for start in range(0, len(kept), CHUNK):
        yield kept[start : start + CHUNK]
