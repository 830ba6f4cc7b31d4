"""The seam to pyotp: one-time codes of an authenticator app, and how their seeds are kept.

A seed is kept encrypted under a key that grows out of the installation's secret, so a copy of the database
alone gives no codes. While it is being set up it is not kept at all: it grows out of the secret and the
session, so that a page can show it twice without writing.
"""

import base64
import hmac
import os
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

STEP_SECONDS = 30
SEED_BYTES = 20
NONCE_BYTES = 12
# A clock may be a step off on either side.
STEPS_AROUND = (0, -1, 1)


def pending_seed(secret: str, *, account_id: int, version: int, token: str) -> str:
    """Return the seed offered to one session of one account; it is another after every change of the account."""
    told = f"seed on offer/{account_id}/{version}/{token}"
    return base64.b32encode(_derived(secret, told)[:SEED_BYTES]).decode()


def sealed(seed: str, *, secret: str, account_id: int) -> bytes:
    """Return a seed as the database keeps it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(secret).encrypt(nonce, seed.encode(), _owner(account_id))


def opened(kept: bytes, *, secret: str, account_id: int) -> str | None:
    """Return the seed of an account, or nothing when it was kept under another secret."""
    try:
        plain = _cipher(secret).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], _owner(account_id))
    except InvalidTag:
        return None
    return plain.decode()


def step_of(seed: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code this is, or nothing when it is the code of none that counts now."""
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(seed)
    for around in STEPS_AROUND:
        if hmac.compare_digest(totp.generate_otp(now + around), code):
            return now + around
    return None


def address(seed: str, *, username: str, site: str) -> str:
    """Return what an authenticator app reads from the picture."""
    return pyotp.TOTP(seed).provisioning_uri(name=username, issuer_name=site)


def grouped(seed: str) -> str:
    """Return a seed as people type it, four signs a group."""
    return " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))


def _cipher(secret: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(secret, "key of second factors"))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"chengxin {purpose}".encode(), "sha256")


def _owner(account_id: int) -> bytes:
    return f"account {account_id}".encode()
