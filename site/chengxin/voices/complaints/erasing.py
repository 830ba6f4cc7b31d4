"""Erase what belongs to a person: the contact at once when they ask, all their words when the term is over."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, Unpack

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.evidence import actions as evidence
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import alike, keeping
from chengxin.voices.complaints.models import Complaint, ComplaintMessage, ComplaintNote
from chengxin.voices.complaints.moving import Seen, current

NOBODYS_KEY = b""
NO_CONTACT: dict[str, object] = {"sealed_contact": None, "has_mail": False}


def contacts_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases that ended by a day and still hold a contact."""
    return _ended(cutoff, Complaint.sealed_contact.is_not(None))


def asked_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases that ended by a day and whose erasure was asked for."""
    return words_due(cutoff).where(Complaint.erasure_asked_on.is_not(None))


def unhandled_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases that were taken back by a day."""
    return words_due(cutoff).where(Complaint.state.in_(sorted(keeping.UNHANDLED)))


def words_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases that ended by a day and whose words are still there."""
    return _ended(cutoff, Complaint.erased_on.is_(None))


def receipts_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases whose words went by a day and whose receipts still open them."""
    rows = select(Complaint.id).where(Complaint.erased_on <= cutoff, Complaint.reply_key != NOBODYS_KEY)
    return rows.order_by(Complaint.id)


def copies_due(cutoff: date) -> Select[Any]:
    """Return a select of the cases whose copies wait since a day."""
    waited = func.coalesce(Complaint.copy_made_on, Complaint.copy_asked_on)
    return select(Complaint.id).where(waited <= cutoff).order_by(Complaint.id)


def erase_contact(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Erase name, number and address of whoever filed a case, as they wish; the case goes on."""
    case = current(session, seen["case_id"], seen["version"])
    if case.sealed_contact is None:
        raise DomainError(N_("There are no contact details left to erase."))
    change(session, case, version=seen["version"], **_without_contact())
    _note(session, case, seen["actor"], "erase_contact")
    return case


def ask_erasure(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Keep the wish that everything be erased: the contact goes at once, the words as soon as the law lets them."""
    case = current(session, seen["case_id"], seen["version"])
    if case.erasure_asked_on is not None:
        raise DomainError(N_("You have already asked for this. What is erased when stands on this page."))
    gone = _without_copy() if case.sealed_contact is None else _without_contact()
    change(session, case, version=seen["version"], erasure_asked_on=clock.today(), **gone)
    _note(session, case, seen["actor"], "ask_erasure")
    return case


def erase_contacts(session: Session, case_ids: Sequence[int]) -> None:
    """Erase the contact details of some cases whose term is over."""
    _change_all(session, case_ids, **_without_contact())


def erase_words(session: Session, case_ids: Sequence[int], *, actor: str) -> list[str]:
    """Erase all that was written in some cases, and return the names of files to clear from the shelf.

    The row stays with its dates and codes of lists, so that every count stays true.
    """
    for table in (ComplaintMessage, ComplaintNote):
        session.execute(delete(table).where(table.complaint_id.in_(case_ids)))
    alike.forget(session, case_ids)
    gone = {"sealed_facts": b"", "sealed_details": None, **NO_CONTACT}
    _change_all(session, case_ids, erased_on=clock.today(), **gone, **_without_copy())
    # The name of somebody who stands in no register may be a person's.
    unlisted = update(Complaint).where(Complaint.id.in_(case_ids), Complaint.agency_id.is_(None))
    session.execute(unlisted.values(respondent=""), execution_options={"synchronize_session": False})
    return [
        name
        for number in case_ids
        for name in evidence.erase_of(session, actor=actor, subject=Subject("complaint", number))
    ]


def erase_receipts(session: Session, case_ids: Sequence[int]) -> None:
    """Let the receipts of some cases open nothing any more, as if they had never been."""
    for number in case_ids:
        _change_all(session, [number], code_hash=f"erased {secrets.token_hex(16)}", reply_key=NOBODYS_KEY)


def erase_copies(session: Session, case_ids: Sequence[int]) -> None:
    """Erase the copies that nobody fetched in time."""
    _change_all(session, case_ids, **_without_copy())


def _ended(cutoff: date, condition: ColumnElement[bool]) -> Select[Any]:
    return select(Complaint.id).where(Complaint.closed_on <= cutoff, condition).order_by(Complaint.id)


def _without_contact() -> dict[str, object]:
    """Return what changes in a case whose contact goes; a copy made for them holds it as well."""
    return {"contact_erased_on": clock.today(), **NO_CONTACT, **_without_copy()}


def _without_copy() -> dict[str, object]:
    return {"sealed_copy": None, "copy_made_on": None, "copy_asked_on": None}


def _change_all(session: Session, case_ids: Sequence[int], **values: object) -> None:
    """Write values to some cases, so that whoever looked at one of them before has to look again."""
    rows = update(Complaint).where(Complaint.id.in_(case_ids))
    session.execute(
        rows.values(version=Complaint.version + 1, **values), execution_options={"synchronize_session": False}
    )


def _note(session: Session, case: Complaint, actor: str, verb: str) -> None:
    record(session, actor=actor, verb=verb, subject=Subject("complaint", case.id))
