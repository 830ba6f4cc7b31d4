"""Where each line of the schedule finds its records, and how they go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import StaffSession
from chengxin.core.clock import SHANGHAI
from chengxin.intake import counting
from chengxin.ledger.models import Parcel
from chengxin.retention.rules import What
from chengxin.standing.objections import erasing as objections
from chengxin.voices.complaints import alike
from chengxin.voices.complaints import erasing as cases
from chengxin.voices.suggestions import erasing as suggestions

Found = Select[Any]
Keys = Sequence[Any]  # the numbers of records, or the days of counts


class Erase(Protocol):
    """Erase some records in somebody's name, and return the names of files to clear."""

    def __call__(self, session: Session, ids: Keys, /, *, actor: str) -> list[str]:
        """Erase them."""


@dataclass(frozen=True)
class Records:
    """The records of one rule: which are due, and how to erase some."""

    due: Callable[[date], Found]
    erase: Erase


def _quietly(erase: Callable[[Session, Keys], None]) -> Erase:
    """Return an erasure that leaves no files behind and writes no entry of its own."""

    def erased(session: Session, ids: Keys, *, actor: str) -> list[str]:  # noqa: ARG001 (all have one shape)
        erase(session, ids)
        return []

    return erased


def _rows_of(model: Any) -> Erase:
    return _quietly(lambda session, ids: _delete(session, model, ids))


def _delete(session: Session, model: Any, ids: Keys) -> None:
    session.execute(delete(model).where(model.id.in_(ids)))


def _parcels(cutoff: date) -> Found:
    """Return the parcels that arrived or were last tried by a day; what has waited so long arrives no more."""
    since = func.coalesce(Parcel.done_at, Parcel.due_at)
    return select(Parcel.id).where(since < _after(cutoff)).order_by(Parcel.id)


def _sessions(cutoff: date) -> Found:
    ended = func.coalesce(StaffSession.ended_at, StaffSession.expires_at)
    return select(StaffSession.id).where(ended < _after(cutoff)).order_by(StaffSession.id)


def _after(cutoff: date) -> datetime:
    """Return the first moment after a day in Shanghai."""
    return datetime.combine(cutoff + timedelta(1), time.min, SHANGHAI).astimezone(UTC)


RECORDS: Mapping[What, Records] = {
    What.COPY: Records(cases.copies_due, _quietly(cases.erase_copies)),
    What.CONTACT: Records(cases.contacts_due, _quietly(cases.erase_contacts)),
    What.ASKED: Records(cases.asked_due, cases.erase_words),
    What.UNHANDLED: Records(cases.unhandled_due, cases.erase_words),
    What.WORDS: Records(cases.words_due, cases.erase_words),
    What.RECEIPT: Records(cases.receipts_due, _quietly(cases.erase_receipts)),
    What.SKETCH: Records(alike.due, _quietly(alike.forget)),
    What.SUGGESTION_CONTACT: Records(suggestions.contacts_due, _quietly(suggestions.erase_contacts)),
    What.SUGGESTION_WORDS: Records(suggestions.words_due, _quietly(suggestions.erase_words)),
    What.OBJECTION_CONTACT: Records(objections.contacts_due, _quietly(objections.erase_contacts)),
    What.OBJECTION_WORDS: Records(objections.words_due, _quietly(objections.erase_words)),
    What.COUNT: Records(counting.days_due, _quietly(counting.forget)),
    What.MAIL: Records(_parcels, _rows_of(Parcel)),
    What.SESSION: Records(_sessions, _rows_of(StaffSession)),
}
