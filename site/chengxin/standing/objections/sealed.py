"""What an applicant writes is sealed before it is stored; only the desk can open it."""

import hashlib
import json
from dataclasses import dataclass

from chengxin.core import receipts
from chengxin.core.receipts import Receipt
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """What an applicant said: about which record, on what ground, in what words."""

    target_kind: str
    target_id: int | None
    agency_id: int | None
    ground: str
    text: str
    applicant: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """An objection ready to be stored: what was written in it can only be read at the desk."""

    receipt: Receipt
    dispute: Dispute
    code_hash: str
    reply_key: bytes
    sealed_text: bytes
    sealed_contact: bytes | None


def prepare(*, secret: str, intake_key: Recipients, nonce: str, dispute: Dispute, attempt: int = 0) -> Filing:
    """Return the sealed form of an objection; the same form with the same words gives the same receipts.

    Only the public gets a receipt: who signs in, or wrote on paper, has no phrase to tell two forms apart.
    """
    digest = hashlib.sha256(json.dumps(list(vars(dispute).values())).encode()).hexdigest()
    seed, is_public = f"objection {nonce} {digest}", dispute.applicant == Applicant.PUBLIC
    receipt = receipts.mint(secret, seed, attempt=attempt) if is_public else receipts.NOBODYS
    code_hash = receipts.code_hash(secret, receipt.code) if is_public else receipts.form_hash(secret, seed)
    contact = json.dumps({"name": dispute.name, "contact": dispute.contact}, ensure_ascii=False)
    told = bool(dispute.name or dispute.contact)
    return Filing(
        receipt=receipt,
        dispute=dispute,
        code_hash=code_hash,
        reply_key=_proof_key(secret, receipt) if is_public else b"",
        sealed_text=seal(dispute.text, intake_key, context=context_of(code_hash, "text")),
        sealed_contact=seal(contact, intake_key, context=context_of(code_hash, "contact")) if told else None,
    )


def text_of(objection: Objection, keys: Keyring) -> str:
    """Return what the applicant wrote; nothing when it has been erased."""
    context = context_of(objection.code_hash, "text")
    return unseal(objection.sealed_text, keys, context=context) if objection.sealed_text else ""


def contact_of(objection: Objection, keys: Keyring) -> str:
    """Return the applicant's name and how to reach them, in one line; nothing when nothing was left."""
    if objection.sealed_contact is None:
        return ""
    told = json.loads(
        unseal(objection.sealed_contact, keys, context=context_of(objection.code_hash, "contact"))
    )
    return " · ".join(part for part in (told["name"], told["contact"]) if part)


def _proof_key(secret: str, receipt: Receipt) -> bytes:
    return receipts.reply_key(secret, receipt).public_key().public_bytes_raw()


def context_of(code_hash: str, part: str) -> str:
    """Return what a sealed part is bound to, so that it opens in its own record only."""
    return f"objection {code_hash} {part}"
