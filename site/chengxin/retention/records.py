"""Where each line of the schedule finds its records, and how they go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import StaffSession
from chengxin.core.clock import SHANGHAI
from chengxin.ledger.models import Parcel
from chengxin.ledger.rules import ATTEMPTS, WORKER
from chengxin.retention.rules import What
from chengxin.standing.objections import erasing as objections
from chengxin.voices.complaints import erasing as cases
from chengxin.voices.suggestions import erasing as suggestions

Found = Select[Any]
Erase = Callable[[Session, Sequence[int]], list[str]]


@dataclass(frozen=True)
class Records:
    """The records of one rule: which are due, and how to erase some; erasing returns names of files to clear."""

    due: Callable[[date], Found]
    erase: Erase


def _quietly(erase: Callable[[Session, Sequence[int]], None]) -> Erase:
    """Return an erasure that leaves no files behind."""

    def erased(session: Session, ids: Sequence[int]) -> list[str]:
        erase(session, ids)
        return []

    return erased


def _words(session: Session, ids: Sequence[int]) -> list[str]:
    return cases.erase_words(session, ids, actor=WORKER)


def _rows_of(model: Any) -> Erase:
    def erased(session: Session, ids: Sequence[int]) -> list[str]:
        session.execute(delete(model).where(model.id.in_(ids)))
        return []

    return erased


def _parcels(cutoff: date) -> Found:
    over = or_(Parcel.done_at.is_not(None), Parcel.attempts >= ATTEMPTS)
    since = func.coalesce(Parcel.done_at, Parcel.created_at)
    return select(Parcel.id).where(over, since < _after(cutoff)).order_by(Parcel.id)


def _sessions(cutoff: date) -> Found:
    ended = func.coalesce(StaffSession.ended_at, StaffSession.expires_at)
    return select(StaffSession.id).where(ended < _after(cutoff)).order_by(StaffSession.id)


def _after(cutoff: date) -> datetime:
    """Return the first moment after a day in Shanghai."""
    return datetime.combine(cutoff + timedelta(1), time.min, SHANGHAI).astimezone(UTC)


RECORDS: Mapping[What, Records] = {
    What.COPY: Records(cases.copies_due, _quietly(cases.erase_copies)),
    What.CONTACT: Records(cases.contacts_due, _quietly(cases.erase_contacts)),
    What.ASKED: Records(cases.asked_due, _words),
    What.UNHANDLED: Records(cases.unhandled_due, _words),
    What.WORDS: Records(cases.words_due, _words),
    What.RECEIPT: Records(cases.receipts_due, _quietly(cases.erase_receipts)),
    What.SUGGESTION_CONTACT: Records(suggestions.contacts_due, _quietly(suggestions.erase_contacts)),
    What.SUGGESTION_WORDS: Records(suggestions.words_due, _quietly(suggestions.erase_words)),
    What.OBJECTION_CONTACT: Records(objections.contacts_due, _quietly(objections.erase_contacts)),
    What.OBJECTION_WORDS: Records(objections.words_due, _quietly(objections.erase_words)),
    What.MAIL: Records(_parcels, _rows_of(Parcel)),
    What.SESSION: Records(_sessions, _rows_of(StaffSession)),
}
