"""What the author of a suggestion wrote is sealed to the desk; what the desk tells the author alone, to the author."""

import hashlib
import json
from dataclasses import dataclass

from chengxin.agencies.models import Agency
from chengxin.core import receipts
from chengxin.core.proofs import Proof
from chengxin.core.receipts import Receipt
from chengxin.core.redacting import Redaction
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.voices.contact.rules import Contact, ContactKind
from chengxin.voices.suggestions.models import Suggestion

TEXT, CONTACT, REDACTION, NOTE = "text", "contact", "redaction", "note"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an author wrote, as it stands on the check page."""

    topic: str
    about: str
    text: str
    publication: str
    contact_kind: str
    respondent: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A suggestion ready to be stored: what was written in it can only be read at the desk."""

    receipt: Receipt
    code_hash: str
    reply_key: bytes
    said: Said
    agency_id: int | None
    region_code: str | None
    sealed_text: bytes
    sealed_contact: bytes | None


def prepare(
    *,
    secret: str,
    intake_key: Recipients,
    nonce: str,
    said: Said,
    agency: Agency | None = None,
    reply_key: bytes | None = None,
    attempt: int = 0,
) -> Filing:
    """Return the sealed form of a suggestion; the same form with the same words gives the same receipts.

    A reply key that is given spares the slow stretching of the phrase, which then opens nothing.
    """
    digest = hashlib.sha256(json.dumps(list(vars(said).values())).encode()).hexdigest()
    receipt = receipts.mint(secret, f"suggestion {nonce} {digest}", attempt=attempt)
    code_hash = receipts.code_hash(secret, receipt.code)
    contact = Contact(name=said.name, phone=said.phone).written
    anonymous = said.contact_kind == ContactKind.ANONYMOUS
    return Filing(
        receipt=receipt,
        code_hash=code_hash,
        reply_key=reply_key or receipts.reply_key(secret, receipt).public_key().public_bytes_raw(),
        said=said,
        agency_id=agency.id if agency else None,
        region_code=agency.region_code if agency else None,
        sealed_text=seal(said.text, intake_key, context=context_of(code_hash, TEXT)),
        sealed_contact=None
        if anonymous
        else seal(contact, intake_key, context=context_of(code_hash, CONTACT)),
    )


def text_of(suggestion: Suggestion, keys: Keyring) -> str:
    """Return what the author wrote; nothing when it has been erased."""
    return _opened(suggestion, suggestion.sealed_text, keys, TEXT)


def contact_of(suggestion: Suggestion, keys: Keyring) -> str:
    """Return the author's name and number in one line; nothing when none were left."""
    left = Contact.read(_opened(suggestion, suggestion.sealed_contact, keys, CONTACT))
    return " · ".join(part for part in (left.name, left.phone) if part)


def redaction_of(suggestion: Suggestion, keys: Keyring) -> Redaction | None:
    """Return the masks that were last put on the text, or None when there were none yet."""
    written = _opened(suggestion, suggestion.sealed_redaction, keys, REDACTION)
    return Redaction.read(written) if written else None


def note_for_desk(suggestion: Suggestion, keys: Keyring) -> str:
    """Return the desk's copy of what the author alone was told."""
    return _opened(suggestion, suggestion.note_for_desk, keys, NOTE)


def note_for_author(suggestion: Suggestion, proof: Proof) -> str:
    """Return what the author alone is told, opened with the phrase."""
    return _opened(suggestion, suggestion.note_for_author, Keyring((proof.key,)), NOTE)


def sealed_note(suggestion: Suggestion, note: str, *, intake_key: Recipients) -> tuple[bytes, bytes]:
    """Return words for the author, sealed once to the author and once to the desk."""
    context = context_of(suggestion.code_hash, NOTE)
    return (
        seal(note, Recipients.of_raw(suggestion.reply_key), context=context),
        seal(note, intake_key, context=context),
    )


def sealed_redaction(
    suggestion: Suggestion, redaction: Redaction, *, intake_key: Recipients
) -> dict[str, bytes]:
    """Return the columns that keep a redaction; words below final masks are kept nowhere any more."""
    kept, hashed = redaction.burnt(), suggestion.code_hash
    columns = {"sealed_redaction": seal(kept.written(), intake_key, context=context_of(hashed, REDACTION))}
    if kept.text != redaction.text:
        columns["sealed_text"] = seal(kept.text, intake_key, context=context_of(hashed, TEXT))
    return columns


def _opened(suggestion: Suggestion, sealed: bytes | None, keys: Keyring, part: str) -> str:
    return unseal(sealed, keys, context=context_of(suggestion.code_hash, part)) if sealed else ""


def context_of(code_hash: str, part: str) -> str:
    """Return what a sealed text is bound to: its row and its column."""
    return f"suggestion {code_hash} {part}"
