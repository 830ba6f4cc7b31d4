"""Sealing: what only the holder of a private key can read, not the process that wrote it.

What complainants write is sealed to the intake key, whose private half only the desk has, and to the escrow key
if the operator keeps one. What the desk answers is sealed to a key that grows out of the receipt phrase, which
nobody keeps. So a stolen database shows neither side.

A sealed text carries a content key of its own, wrapped once for each recipient, so a change of keys wraps
anew and leaves the text alone. Texts of the first release were sealed to one key directly; they still open.
"""

import hashlib
import os
import threading
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from chengxin.core.errors import DomainError

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
DIRECT, WRAPPED = b"\x01", b"\x02"
KEY_ID_BYTES = 8
CONTENT_KEY_BYTES = 32
SLOT_BYTES = KEY_ID_BYTES + 32 + CONTENT_KEY_BYTES + 16  # who, the KEM's share, the content key, its tag
NONCE = bytes(12)  # a content key seals one text only
BLOCK = 256  # sealed lengths are multiples of it, so a length does not tell an answer
ARGON2_KIB = 19_456
ARGON2_PASSES = 2

# Each stretching takes 19 MB: hundreds at once would exhaust the machine and win no time.
_stretching = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


class SealError(DomainError):
    """A sealed text cannot be opened with this key, or a key cannot be read."""


@dataclass(frozen=True)
class Recipients:
    """The public keys something is sealed to: each of their holders can open it alone."""

    keys: tuple[X25519PublicKey, ...]

    @classmethod
    def of_raw(cls, *raws: bytes) -> "Recipients":
        """Return the recipients whose keys have these 32 bytes each."""
        return cls(tuple(X25519PublicKey.from_public_bytes(raw) for raw in raws))

    @property
    def ids(self) -> tuple[bytes, ...]:
        """Return the short names of the keys."""
        return tuple(key_id(key) for key in self.keys)


@dataclass(frozen=True)
class Keyring:
    """The private keys one holder has: the newest first, older ones for what was sealed before it."""

    keys: tuple[X25519PrivateKey, ...]

    @classmethod
    def generate(cls) -> "Keyring":
        """Return a ring with one fresh key."""
        return cls((X25519PrivateKey.generate(),))

    @property
    def recipients(self) -> Recipients:
        """Return whom to seal to so that the newest key of this ring opens it."""
        return Recipients((self.keys[0].public_key(),))

    def by_id(self) -> dict[bytes, X25519PrivateKey]:
        """Return every key under its short name."""
        return {key_id(key.public_key()): key for key in self.keys}


def seal(text: str, to: Recipients, *, context: str) -> bytes:
    """Return a text sealed to its recipients, padded; it opens only under the same context."""
    padded = text.encode() + b"\x80"
    padded += bytes(-len(padded) % BLOCK)
    return seal_bytes(padded, to, context=context)


def unseal(sealed: bytes, keys: Keyring, *, context: str) -> str:
    """Return the text a sealed message holds, or raise SealError."""
    return unseal_bytes(sealed, keys, context=context).rstrip(b"\x00")[:-1].decode()


def seal_bytes(content: bytes, to: Recipients, *, context: str) -> bytes:
    """Return bytes sealed to their recipients as they are."""
    content_key = os.urandom(CONTENT_KEY_BYTES)
    body = ChaCha20Poly1305(content_key).encrypt(NONCE, content, _info(context))
    return _slots(content_key, to, context) + body


def unseal_bytes(sealed: bytes, keys: Keyring, *, context: str) -> bytes:
    """Return the bytes a sealed message holds, or raise SealError."""
    if sealed.startswith(DIRECT):
        return _open_direct(sealed, keys, context)
    content_key, body = _unwrapped(sealed, keys, context)
    try:
        return ChaCha20Poly1305(content_key).decrypt(NONCE, body, _info(context))
    except InvalidTag as error:
        raise _damaged() from error


def reseal(sealed: bytes, keys: Keyring, to: Recipients, *, context: str) -> bytes:
    """Return the same content sealed to other recipients."""
    if sealed.startswith(DIRECT):
        return seal_bytes(_open_direct(sealed, keys, context), to, context=context)
    content_key, body = _unwrapped(sealed, keys, context)
    return _slots(content_key, to, context) + body


def sealed_to(sealed: bytes) -> tuple[bytes, ...]:
    """Return the short names of the keys that open a sealed message."""
    if sealed.startswith(DIRECT):
        return (sealed[1 : 1 + KEY_ID_BYTES],)
    return tuple(slot[:KEY_ID_BYTES] for slot in _slots_of(sealed)[0])


def key_id(key: X25519PublicKey) -> bytes:
    """Return the short name of a public key, kept with each sealed text so that keys can be changed."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:KEY_ID_BYTES]


def _slots(content_key: bytes, to: Recipients, context: str) -> bytes:
    wrapped = [key_id(key) + SUITE.encrypt(content_key, key, info=_info(context)) for key in to.keys]
    return WRAPPED + bytes([len(wrapped)]) + b"".join(wrapped)


def _slots_of(sealed: bytes) -> tuple[list[bytes], bytes]:
    """Return the wrapped keys of a sealed message, and its body."""
    if not sealed.startswith(WRAPPED) or len(sealed) < 2 + sealed[1] * SLOT_BYTES:
        raise _damaged()
    end = 2 + sealed[1] * SLOT_BYTES
    return [sealed[start : start + SLOT_BYTES] for start in range(2, end, SLOT_BYTES)], sealed[end:]


def _unwrapped(sealed: bytes, keys: Keyring, context: str) -> tuple[bytes, bytes]:
    """Return the content key and the body of a sealed message."""
    held = keys.by_id()
    slots, body = _slots_of(sealed)
    for slot in slots:
        key = held.get(slot[:KEY_ID_BYTES])
        if key is not None:
            return _decrypted(slot[KEY_ID_BYTES:], key, context), body
    raise SealError("This text was sealed to another key.")


def _open_direct(sealed: bytes, keys: Keyring, context: str) -> bytes:
    key = keys.by_id().get(sealed[1 : 1 + KEY_ID_BYTES])
    if key is None:
        raise SealError("This text was sealed to another key.")
    return _decrypted(sealed[1 + KEY_ID_BYTES :], key, context)


def _decrypted(sealed: bytes, key: X25519PrivateKey, context: str) -> bytes:
    try:
        return SUITE.decrypt(sealed, key, info=_info(context))
    except (InvalidTag, ValueError) as error:
        raise _damaged() from error


def _damaged() -> SealError:
    return SealError("This sealed text was damaged or moved from another record.")


def _info(context: str) -> bytes:
    return b"chengxin " + context.encode()


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
