"""What is sealed and who can open it: the desk what was filed, the complainant what was answered."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.agencies.models import Agency
from chengxin.core import receipts
from chengxin.core.receipts import Receipt
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.voices.complaints.models import Complaint, ComplaintMessage
from chengxin.voices.complaints.rules import ContactKind


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a complainant wrote, as it stands on the check page."""

    respondent: str
    category: str
    facts: str
    contact_kind: str
    name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A complaint ready to be stored: nothing in it can be read without the desk's key."""

    receipt: Receipt
    code_hash: str
    reply_key: bytes
    respondent: str
    agency_id: int | None
    region_code: str | None
    category: str
    contact_kind: str
    sealed_facts: bytes
    sealed_contact: bytes | None


@dataclass(frozen=True)
class Opened:
    """What the desk reads of a complaint."""

    facts: str
    name: str
    phone: str


@dataclass(frozen=True)
class Proof:
    """A code with the key that its phrase gave; it may still be wrong."""

    code_hash: str
    key: X25519PrivateKey
    well_formed: bool

    def fits(self, case: Complaint | None) -> bool:
        """Tell whether the case exists and was filed with this phrase, in the same time either way."""
        stored = case.reply_key if case else bytes(32)
        same = hmac.compare_digest(stored, self.key.public_key().public_bytes_raw())
        return same and self.well_formed and case is not None


def prepare(
    *,
    secret: str,
    intake_key: Recipients,
    nonce: str,
    answers: Answers,
    agency: Agency | None,
    reply_key: bytes | None = None,
) -> Filing:
    """Return the sealed form of a complaint; the same form with the same text gives the same receipt.

    A reply key that is given spares the slow stretching of the phrase, which then opens nothing.
    """
    digest = hashlib.sha256(json.dumps(list(vars(answers).values())).encode()).hexdigest()
    receipt = receipts.mint(secret, f"{nonce} {digest}")
    code_hash = receipts.code_hash(secret, receipt.code)
    contact = json.dumps({"name": answers.name, "phone": answers.phone}, ensure_ascii=False)
    anonymous = answers.contact_kind == ContactKind.ANONYMOUS
    return Filing(
        receipt=receipt,
        code_hash=code_hash,
        reply_key=reply_key or receipts.reply_key(secret, receipt).public_key().public_bytes_raw(),
        respondent=answers.respondent,
        agency_id=agency.id if agency else None,
        region_code=agency.region_code if agency else None,
        category=answers.category,
        contact_kind=answers.contact_kind,
        sealed_facts=seal(answers.facts, intake_key, context=_context(code_hash, "facts")),
        sealed_contact=None
        if anonymous
        else seal(contact, intake_key, context=_context(code_hash, "contact")),
    )


def prove(*, secret: str, typed: str) -> Proof:
    """Return what somebody typed as a proof; a text that is no receipt costs the same time."""
    receipt = receipts.parse(typed)
    tried = receipt or receipts.NOBODYS
    return Proof(
        receipts.code_hash(secret, tried.code),
        receipts.reply_key(secret, tried),
        well_formed=receipt is not None,
    )


def open_filed(case: Complaint, keys: Keyring) -> Opened:
    """Open what a complainant filed, with the desk's key."""
    facts = unseal(case.sealed_facts, keys, context=_context(case.code_hash, "facts"))
    if case.sealed_contact is None:
        return Opened(facts, "", "")
    contact = json.loads(unseal(case.sealed_contact, keys, context=_context(case.code_hash, "contact")))
    return Opened(facts, contact["name"], contact["phone"])


def first_words(case: Complaint, keys: Keyring, *, length: int = 40) -> str:
    """Return the beginning of what was filed, for the desk's queue."""
    return " ".join(open_filed(case, keys).facts.split())[:length]


def sealed_message(case: Complaint, text: str, *, intake_key: Recipients) -> tuple[bytes, bytes]:
    """Return a message sealed to the complainant and to the desk."""
    context = _context(case.code_hash, "message")
    return (
        seal(text, Recipients.of_raw(case.reply_key), context=context),
        seal(text, intake_key, context=context),
    )


def sealed_supply(case: Complaint, text: str, *, intake_key: Recipients) -> bytes:
    """Return what a complainant added, sealed to the desk."""
    return seal(text, intake_key, context=_context(case.code_hash, "message"))


def open_as_complainant(case: Complaint, message: ComplaintMessage, key: X25519PrivateKey) -> str:
    """Open a message with the key of the receipt phrase."""
    return unseal(
        message.for_complainant or b"", Keyring((key,)), context=_context(case.code_hash, "message")
    )


def open_as_desk(case: Complaint, message: ComplaintMessage, keys: Keyring) -> str:
    """Open a message with the desk's key."""
    return unseal(message.for_desk or b"", keys, context=_context(case.code_hash, "message"))


def _context(code_hash: str, part: str) -> str:
    return f"complaint {code_hash} {part}"
