"""Erase what belongs to the author of a suggestion when its term is over; what was published stays."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from chengxin.voices.suggestions.models import Suggestion

ended_on = func.coalesce(Suggestion.closed_on, Suggestion.answered_on)


def contacts_due(cutoff: date) -> Select[Any]:
    """Return a select of the suggestions that ended by a day and still hold a contact."""
    rows = select(Suggestion.id).where(ended_on <= cutoff, Suggestion.sealed_contact.is_not(None))
    return rows.order_by(Suggestion.id)


def words_due(cutoff: date) -> Select[Any]:
    """Return a select of the suggestions that ended by a day and can still be opened with a receipt."""
    rows = select(Suggestion.id).where(ended_on <= cutoff, Suggestion.reply_key != b"")
    return rows.order_by(Suggestion.id)


def erase_contacts(session: Session, ids: Sequence[int]) -> None:
    """Erase names and numbers."""
    _change(session, ids, sealed_contact=None)


def erase_words(session: Session, ids: Sequence[int]) -> None:
    """Erase all that is sealed, and let the receipts open nothing any more."""
    sealed = ("sealed_text", "sealed_contact", "sealed_redaction", "note_for_author", "note_for_desk")
    for number in ids:
        gone = {"code_hash": f"erased {secrets.token_hex(16)}", "reply_key": b"", **dict.fromkeys(sealed)}
        _change(session, [number], **gone)
    # The name of somebody who stands in no register may be a person's.
    unlisted = update(Suggestion).where(Suggestion.id.in_(ids), Suggestion.agency_id.is_(None))
    session.execute(unlisted.values(respondent=""), execution_options={"synchronize_session": False})


def _change(session: Session, ids: Sequence[int], **values: object) -> None:
    rows = update(Suggestion).where(Suggestion.id.in_(ids))
    session.execute(
        rows.values(version=Suggestion.version + 1, **values),
        execution_options={"synchronize_session": False},
    )
