"""Erase what belongs to whoever objected when its term is over; the mark and the decision stay."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import Session

from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import OPEN

# Who takes an objection back leaves no day of decision: its answer would have been due on `answer_by`.
ended_on = case(
    (Objection.state.in_(sorted(OPEN)), None),
    else_=func.coalesce(Objection.reviewed_on, Objection.decided_on, Objection.answer_by),
)


def contacts_due(cutoff: date) -> Select[Any]:
    """Return a select of the objections that ended by a day and still hold a contact."""
    rows = select(Objection.id).where(ended_on <= cutoff, Objection.sealed_contact.is_not(None))
    return rows.order_by(Objection.id)


def words_due(cutoff: date) -> Select[Any]:
    """Return a select of the objections that ended by a day and still hold words."""
    rows = select(Objection.id).where(ended_on <= cutoff, Objection.sealed_text != b"")
    return rows.order_by(Objection.id)


def erase_contacts(session: Session, ids: Sequence[int]) -> None:
    """Erase names and numbers."""
    _change(session, ids, sealed_contact=None)


def erase_words(session: Session, ids: Sequence[int]) -> None:
    """Erase all that is sealed, and let the receipts open nothing any more."""
    for number in ids:
        code = f"erased {secrets.token_hex(16)}"
        _change(session, [number], code_hash=code, reply_key=b"", sealed_text=b"", sealed_contact=None)


def _change(session: Session, ids: Sequence[int], **values: object) -> None:
    rows = update(Objection).where(Objection.id.in_(ids))
    session.execute(
        rows.values(version=Objection.version + 1, **values),
        execution_options={"synchronize_session": False},
    )
