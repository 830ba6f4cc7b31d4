"""What is sealed and who can open it: the desk what was filed, the complainant what was answered."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.agencies.models import Agency
from chengxin.core import receipts
from chengxin.core.receipts import Receipt
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.voices.complaints.models import Complaint, ComplaintMessage, ComplaintNote
from chengxin.voices.complaints.rules import Track
from chengxin.voices.contact.rules import Contact, ContactKind


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a complainant may add: when and where it happened, how much it was about, what they wish for."""

    happened_from: str = ""
    happened_to: str = ""
    place: str = ""
    amount: str = ""
    wish: str = ""
    proceedings: str = ""

    def __bool__(self) -> bool:
        """Return whether anything was added at all."""
        return any(vars(self).values())


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a complainant wrote, as it stands on the check page."""

    respondent: str
    category: str
    facts: str
    contact_kind: str
    name: str
    phone: str
    email: str = ""
    track: str = Track.COMPLAINT
    region_code: str | None = None
    details: Details = field(default_factory=Details)

    @property
    def digest(self) -> str:
        """Return a hash of all that was written; what the first release did not ask leaves it alone when empty."""
        first = [self.respondent, self.category, self.facts, self.contact_kind, self.name, self.phone]
        later = [self.email, self.track, self.region_code, asdict(self.details)]
        asked = [] if later == ["", Track.COMPLAINT, None, asdict(Details())] else later
        return hashlib.sha256(json.dumps([*first, *asked]).encode()).hexdigest()

    @property
    def contact(self) -> str:
        """Return how to reach them, as it is sealed."""
        return Contact(name=self.name, phone=self.phone, email=self.email).written


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
    track: str
    has_mail: bool
    sealed_facts: bytes
    sealed_contact: bytes | None
    sealed_details: bytes | None


@dataclass(frozen=True)
class Opened:
    """What the desk reads of a complaint."""

    facts: str
    name: str
    phone: str
    email: str = ""
    details: Details = field(default_factory=Details)


def prepare(
    *,
    secret: str,
    intake_key: Recipients,
    nonce: str,
    answers: Answers,
    agency: Agency | None,
    reply_key: bytes | None = None,
    attempt: int = 0,
) -> Filing:
    """Return the sealed form of a complaint; the same form with the same text gives the same receipts.

    A reply key that is given spares the slow stretching of the phrase, which then opens nothing.
    """
    receipt = receipts.mint(secret, f"{nonce} {answers.digest}", attempt=attempt)
    code_hash = receipts.code_hash(secret, receipt.code)
    reachable = answers.contact_kind != ContactKind.ANONYMOUS or bool(answers.email)

    def sealed(text: str, part: str) -> bytes:
        return seal(text, intake_key, context=context_of(code_hash, part))

    return Filing(
        receipt=receipt,
        code_hash=code_hash,
        reply_key=reply_key or receipts.reply_key(secret, receipt).public_key().public_bytes_raw(),
        respondent=answers.respondent,
        agency_id=agency.id if agency else None,
        region_code=answers.region_code or (agency.region_code if agency else None),
        category=answers.category,
        contact_kind=answers.contact_kind,
        track=answers.track,
        has_mail=bool(answers.email),
        sealed_facts=sealed(answers.facts, "facts"),
        sealed_contact=sealed(answers.contact, "contact") if reachable else None,
        sealed_details=sealed(json.dumps(asdict(answers.details)), "details") if answers.details else None,
    )


def open_filed(case: Complaint, keys: Keyring) -> Opened:
    """Open what was filed, with the desk's key; what was erased is empty."""
    facts = facts_of(case, keys)
    contact = Contact.read(_open(case, case.sealed_contact, "contact", keys))
    details = json.loads(_open(case, case.sealed_details, "details", keys) or "{}")
    return Opened(facts, contact.name, contact.phone, contact.email, Details(**details))


def facts_of(case: Complaint, keys: Keyring) -> str:
    """Open what happened and nothing else, for lists of the desk."""
    return _open(case, case.sealed_facts or None, "facts", keys)


def sealed_message(case: Complaint, text: str, *, intake_key: Recipients) -> tuple[bytes, bytes]:
    """Return a letter of either side, sealed to the complainant and to the desk."""
    context = context_of(case.code_hash, "message")
    return (
        seal(text, Recipients.of_raw(case.reply_key), context=context),
        seal(text, intake_key, context=context),
    )


def sealed_note(case: Complaint, text: str, *, intake_key: Recipients) -> bytes:
    """Return a note of the staff, sealed to the desk alone."""
    return seal(text, intake_key, context=context_of(case.code_hash, "note"))


def open_note(case: Complaint, note: ComplaintNote, keys: Keyring) -> str:
    """Open a note of the staff."""
    return unseal(note.sealed_text, keys, context=context_of(case.code_hash, "note"))


def open_as_complainant(case: Complaint, message: ComplaintMessage, key: X25519PrivateKey) -> str:
    """Open a message with the key of the receipt phrase."""
    return unseal(
        message.for_complainant or b"", Keyring((key,)), context=context_of(case.code_hash, "message")
    )


def open_as_desk(case: Complaint, message: ComplaintMessage, keys: Keyring) -> str:
    """Open a message with the desk's key."""
    return unseal(message.for_desk or b"", keys, context=context_of(case.code_hash, "message"))


def _open(case: Complaint, sealed: bytes | None, part: str, keys: Keyring) -> str:
    return unseal(sealed, keys, context=context_of(case.code_hash, part)) if sealed else ""


def context_of(code_hash: str, part: str) -> str:
    """Return what a sealed part is bound to, so that it opens in its own record only."""
    return f"complaint {code_hash} {part}"
