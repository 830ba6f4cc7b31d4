"""Tickets: half an hour in which a page that a receipt opened need not ask for code and phrase again.

A ticket is the key that grew out of the phrase, sealed under the installation's secret and bound to the form
token of one browser. It stands in hidden fields alone: in no cookie, no address and no store.
"""

import base64
import binascii
import hashlib
import hmac
import os
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from chengxin.core import clock
from chengxin.core.proofs import Proof

LIFE = timedelta(minutes=30)
NONCE_BYTES, TIME_BYTES, KEY_BYTES = 12, 8, 32
LONGEST = 400


def issue(proof: Proof, *, secret: str, browser: str) -> str:
    """Return a ticket for the case that a receipt has just opened, good in this browser for half an hour."""
    ends = int((clock.now() + LIFE).timestamp()).to_bytes(TIME_BYTES, "big")
    held = ends + proof.key.private_bytes_raw() + proof.code_hash.encode()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(secret).encrypt(nonce, held, browser.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def proof_of(ticket: str, *, secret: str, browser: str) -> Proof | None:
    """Return the proof a ticket holds, or None when it is foreign, damaged or too old."""
    try:
        raw = base64.urlsafe_b64decode(ticket[:LONGEST].encode())
        held = _cipher(secret).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], browser.encode())
    except (binascii.Error, InvalidTag, ValueError):
        return None
    ends, rest = int.from_bytes(held[:TIME_BYTES], "big"), held[TIME_BYTES:]
    if clock.now().timestamp() > ends:
        return None
    key = X25519PrivateKey.from_private_bytes(rest[:KEY_BYTES])
    return Proof(rest[KEY_BYTES:].decode(), key, well_formed=True)


def _cipher(secret: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(secret.encode(), b"ticket of a receipt", hashlib.sha256))
