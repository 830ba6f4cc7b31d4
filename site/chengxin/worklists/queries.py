"""Read saved views and acts on many records: always those of one account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.worklists.models import BulkAct, BulkMember, SavedView
from chengxin.worklists.rules import UNDO_TERM, Outcome, State

PAGE = 30


def views_of(session: Session, account_id: int) -> Sequence[SavedView]:
    """Return the views of an account in the order they were saved."""
    return session.scalars(
        select(SavedView).where(SavedView.account_id == account_id).order_by(SavedView.id)
    ).all()


def view(session: Session, view_id: int, *, account_id: int) -> SavedView | None:
    """Return a saved view if it is this account's."""
    found = session.get(SavedView, view_id)
    return found if found is not None and found.account_id == account_id else None


def by_id(session: Session, act_id: int, *, account_id: int) -> BulkAct | None:
    """Return an act if this account did it."""
    found = session.get(BulkAct, act_id)
    return found if found is not None and found.account_id == account_id else None


def of_account(session: Session, account_id: int, *, limit: int = PAGE, offset: int = 0) -> Sequence[BulkAct]:
    """Return the acts of an account, newest first."""
    rows = select(BulkAct).where(BulkAct.account_id == account_id).order_by(BulkAct.id.desc())
    return session.scalars(rows.limit(limit).offset(offset)).all()


def count_of_account(session: Session, account_id: int) -> int:
    """Return how many acts an account did."""
    rows = select(func.count()).select_from(BulkAct).where(BulkAct.account_id == account_id)
    return session.scalar(rows) or 0


def members(session: Session, act_id: int) -> Sequence[BulkMember]:
    """Return the records of an act, by kind and number."""
    rows = select(BulkMember).where(BulkMember.bulk_act_id == act_id)
    return session.scalars(rows.order_by(BulkMember.kind, BulkMember.record_id)).all()


def latest(session: Session, account_id: int, *, now: datetime) -> BulkAct | None:
    """Return the act of the last minute that an account can still take back at once."""
    rows = select(BulkAct).where(BulkAct.account_id == account_id).order_by(BulkAct.id.desc()).limit(1)
    found = session.scalar(rows)
    fresh = found is not None and found.asked_at > now - UNDO_TERM
    return found if found is not None and fresh and found.state != State.UNDONE else None


def due(session: Session, *, now: datetime) -> list[int]:
    """Return the acts that were held back long enough, oldest first."""
    rows = select(BulkAct.id).where(BulkAct.state == State.HELD, BulkAct.due_at <= now)
    return list(session.scalars(rows.order_by(BulkAct.id)))


def holding(session: Session, kind: str, record_id: int) -> BulkAct | None:
    """Return the act that waits to change a record, if there is one."""
    rows = select(BulkAct).join(BulkMember, BulkMember.bulk_act_id == BulkAct.id)
    mine = rows.where(BulkMember.kind == kind, BulkMember.record_id == record_id)
    waits = mine.where(BulkMember.outcome == Outcome.HELD, BulkAct.state == State.HELD)
    return session.scalar(waits.order_by(BulkAct.id).limit(1))


def held_records(session: Session, kind: str, ids: Sequence[int]) -> set[int]:
    """Return which of some records an act waits to change."""
    rows = select(BulkMember.record_id).where(BulkMember.kind == kind, BulkMember.outcome == Outcome.HELD)
    return set(session.scalars(rows.where(BulkMember.record_id.in_(ids)))) if ids else set()
