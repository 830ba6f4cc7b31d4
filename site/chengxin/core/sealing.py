"""Sealing: text that only the holder of a private key can read, not the process that wrote it.

What complainants write is sealed to the intake key, whose private half only the desk has. What the desk
answers is sealed to a key that grows out of the receipt phrase, which nobody keeps. So a stolen database
shows neither side.
"""

import base64
import binascii
import hashlib
import os
import threading
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from chengxin.config import Settings
from chengxin.core.errors import DomainError
from chengxin.core.keys import keep_once

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
VERSION = b"\x01"
KEY_ID_BYTES = 8
BLOCK = 256  # sealed lengths are multiples of it, so a length does not tell an answer
ARGON2_KIB = 19_456
ARGON2_PASSES = 2

# Each stretching takes 19 MB: hundreds at once would exhaust the machine and win no time.
_stretching = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


class SealError(DomainError):
    """A sealed text cannot be opened with this key, or a key cannot be read."""


def seal(text: str, key: X25519PublicKey, *, context: str) -> bytes:
    """Return the text sealed to a public key; it opens only under the same context."""
    padded = text.encode() + b"\x80"
    padded += bytes(-len(padded) % BLOCK)
    return VERSION + key_id(key) + SUITE.encrypt(padded, key, info=_info(context))


def unseal(sealed: bytes, key: X25519PrivateKey, *, context: str) -> str:
    """Return the text a sealed message holds, or raise SealError."""
    head = VERSION + key_id(key.public_key())
    if not sealed.startswith(head):
        raise SealError("This text was sealed to another key.")
    try:
        padded = SUITE.decrypt(sealed[len(head) :], key, info=_info(context))
    except (InvalidTag, ValueError) as error:
        raise SealError("This sealed text was damaged or moved from another record.") from error
    return padded.rstrip(b"\x00")[:-1].decode()


def key_id(key: X25519PublicKey) -> bytes:
    """Return the short name of a public key, kept with each sealed text so that keys can be changed."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:KEY_ID_BYTES]


def stretched_key(phrase: str, *, salt: bytes) -> X25519PrivateKey:
    """Return the private key that grows out of a phrase; slow on purpose, so that guessing is too."""
    with _stretching:
        raw = hash_secret_raw(
            phrase.encode(),
            salt,
            time_cost=ARGON2_PASSES,
            memory_cost=ARGON2_KIB,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
    return X25519PrivateKey.from_private_bytes(raw)


def public_key_from(raw: bytes) -> X25519PublicKey:
    """Return the public key these 32 bytes are."""
    return X25519PublicKey.from_public_bytes(raw)


def intake_public_key(settings: Settings) -> X25519PublicKey:
    """Return the key that complaints are sealed to; the public face holds no other."""
    text = settings.intake_public_key or _text_of(settings.public_key_file)
    return X25519PublicKey.from_public_bytes(_decoded(text, "CHENGXIN_INTAKE_PUBLIC_KEY"))


def intake_private_key(settings: Settings) -> X25519PrivateKey:
    """Return the desk's key, which opens what complainants sealed."""
    text = _text_of(settings.private_key_file)
    return X25519PrivateKey.from_private_bytes(_decoded(text, str(settings.private_key_file)))


def make_intake_keys(settings: Settings) -> bool:
    """Make both intake keys where there are none, and say whether this call made them.

    Several processes may call this at once: the first to link its private key into place wins. A host that
    was given the public key alone stays without a private one.
    """
    private, public = settings.private_key_file, settings.public_key_file
    if settings.intake_public_key or (public.exists() and not private.exists()):
        return False
    fresh = _encoded(X25519PrivateKey.generate().private_bytes_raw())
    made = keep_once(private, fresh) == fresh
    key = intake_private_key(settings).public_key()
    keep_once(public, _encoded(key.public_bytes_raw()))
    return made


def _info(context: str) -> bytes:
    return b"chengxin " + context.encode()


def _encoded(raw: bytes) -> bytes:
    return base64.b64encode(raw) + b"\n"


def _decoded(text: str, where: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise SealError(f"{where} holds no key: it should be 32 bytes in base64.") from error
    if len(raw) != 32:  # noqa: PLR2004
        raise SealError(f"{where} holds no key: it should be 32 bytes in base64.")
    return raw


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise SealError(
            f"The key file {file} cannot be read; `chengxin db upgrade` makes the keys."
        ) from error
