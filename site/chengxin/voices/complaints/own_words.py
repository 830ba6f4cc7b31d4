"""What a person may ask for: a copy of what they wrote, and new contact details in place of the old.

What was filed is sealed to the desk, so only the desk's worker can open it. It seals a copy to the phrase of
whoever asked, and from then on the desk cannot read that copy and the public face only with the phrase.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Unpack

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.ledger.actions import record, send
from chengxin.ledger.rules import WORKER, Subject
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen, current
from chengxin.voices.complaints.sealed import context_of, open_filed
from chengxin.voices.contact.rules import Contact

PARCEL = "copy"


def correct_contact(
    session: Session, *, contact: Contact, intake_key: Recipients, **seen: Unpack[Seen]
) -> Complaint:
    """Put new contact details in place of the old ones, which are gone; the desk alone can open them."""
    case = current(session, seen["case_id"], seen["version"])
    if case.erased_on is not None or case.closed_on is not None:
        raise DomainError(N_("This case is closed: nobody would use new contact details."))
    change(
        session,
        case,
        version=seen["version"],
        sealed_contact=seal(contact.written, intake_key, context=context_of(case.code_hash, "contact")),
        contact_kind=contact.kind,
        has_mail=bool(contact.email),
        contact_erased_on=None,
        sealed_copy=None,
        copy_made_on=None,
        copy_asked_on=None,
    )
    record(session, actor=seen["actor"], verb="correct_contact", subject=Subject("complaint", case.id))
    return case


def ask_copy(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Ask the desk for a copy of what was filed; its worker makes it in a moment."""
    case = current(session, seen["case_id"], seen["version"])
    if case.erased_on is not None:
        raise DomainError(N_("What you wrote has been erased: nothing is left to be copied."))
    if case.copy_asked_on is not None:
        return case
    change(session, case, version=seen["version"], copy_asked_on=clock.today())
    record(session, actor=seen["actor"], verb="ask_copy", subject=Subject("complaint", case.id))
    send(session, kind=PARCEL, payload={"case": case.id})
    return case


def make_copy(session: Session, *, case_id: int, keys: Keyring) -> bool:
    """Open what was filed and seal it to the phrase of whoever asked; tell whether it was still wanted."""
    case = session.get(Complaint, case_id, populate_existing=True)
    if case is None or case.copy_asked_on is None or case.copy_made_on is not None:
        return False
    opened = asdict(open_filed(case, keys))
    text = json.dumps(opened, ensure_ascii=False)
    sealed = seal(text, Recipients.of_raw(case.reply_key), context=context_of(case.code_hash, "copy"))
    change(session, case, version=case.version, sealed_copy=sealed, copy_made_on=clock.today())
    record(session, actor=WORKER, verb="make_copy", subject=Subject("complaint", case.id))
    return True


def open_copy(case: Complaint, key: X25519PrivateKey) -> Mapping[str, Any] | None:
    """Return what was filed, opened with the key of the phrase, or None while there is no copy."""
    if case.sealed_copy is None:
        return None
    text = unseal(case.sealed_copy, Keyring((key,)), context=context_of(case.code_hash, "copy"))
    opened: Mapping[str, Any] = json.loads(text)
    return opened
