"""Proof of a receipt: whoever derives the key that a record was filed with has its phrase."""

import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.core import receipts


@dataclass(frozen=True)
class Proof:
    """A code with the key that its phrase gave; it may still be wrong."""

    code_hash: str
    key: X25519PrivateKey
    well_formed: bool

    def fits(self, reply_key: bytes | None) -> bool:
        """Tell whether a record exists and was filed with this phrase, in the same time either way."""
        same = hmac.compare_digest(reply_key or bytes(32), self.key.public_key().public_bytes_raw())
        return same and self.well_formed and reply_key is not None


def prove(*, secret: str, typed: str) -> Proof:
    """Return what somebody typed as a proof; a text that is no receipt costs the same time."""
    receipt = receipts.parse(typed)
    tried = receipt or receipts.NOBODYS
    return Proof(
        receipts.code_hash(secret, tried.code),
        receipts.reply_key(secret, tried),
        well_formed=receipt is not None,
    )
