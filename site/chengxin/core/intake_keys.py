"""The files of the intake keys: the public one complaints are sealed to, and the private ones of the desk."""

import base64
import binascii
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.config import Settings
from chengxin.core.keys import keep_once, put_in_place
from chengxin.core.sealing import Keyring, Recipients, SealError, key_id


def intake_recipients(settings: Settings) -> Recipients:
    """Return whom complaints are sealed to: the desk, and the escrow if there is one. No private key is read."""
    text = settings.intake_public_key or _text_of(settings.public_key_file)
    desk = _decoded(text, "CHENGXIN_INTAKE_PUBLIC_KEY")
    escrow = settings.escrow_public_key
    return Recipients.of_raw(desk, *([_decoded(escrow, "CHENGXIN_ESCROW_PUBLIC_KEY")] if escrow else []))


def intake_keyring(settings: Settings) -> Keyring:
    """Return the desk's keys, which open what complainants sealed: the newest, then the retired ones."""
    newest = settings.private_key_file
    return Keyring(tuple(private_key_in(file) for file in (newest, *retired_files(settings))))


def retired_files(settings: Settings) -> list[Path]:
    """Return the files of the keys that were the desk's before; they stand beside the newest."""
    newest = settings.private_key_file
    return sorted(newest.parent.glob(f"{newest.stem}-*{newest.suffix}"))


def make_intake_keys(settings: Settings) -> bool:
    """Make both intake keys where there are none, and say whether this call made them.

    Several processes may call this at once: the first to link its private key into place wins. A host that
    was given the public key alone stays without a private one.
    """
    private, public = settings.private_key_file, settings.public_key_file
    if settings.intake_public_key or (public.exists() and not private.exists()):
        return False
    fresh = encoded(X25519PrivateKey.generate().private_bytes_raw())
    made = keep_once(private, fresh) == fresh
    keep_once(public, encoded(private_key_in(private).public_key().public_bytes_raw()))
    return made


def rotate(settings: Settings) -> bytes:
    """Make a new key pair, keep the old private key beside it, and return the short name of the new key.

    The private key is in place before anything can be sealed to its public half, and the old one is kept
    under its own name before that, so a process that is killed in between leaves every text readable.
    """
    private, public = settings.private_key_file, settings.public_key_file
    if settings.intake_public_key:
        raise SealError("CHENGXIN_INTAKE_PUBLIC_KEY names the key: change it there, or leave it empty first.")
    old = private_key_in(private)
    retired = private.with_name(f"{private.stem}-{key_id(old.public_key()).hex()}{private.suffix}")
    keep_once(retired, encoded(old.private_bytes_raw()))
    fresh = X25519PrivateKey.generate()
    put_in_place(private, encoded(fresh.private_bytes_raw()))
    put_in_place(public, encoded(fresh.public_key().public_bytes_raw()))
    return key_id(fresh.public_key())


def private_key_in(file: Path) -> X25519PrivateKey:
    """Return the private key a file holds."""
    return X25519PrivateKey.from_private_bytes(_decoded(_text_of(file), str(file)))


def encoded(raw: bytes) -> bytes:
    """Return a key as its file holds it: base64 in one line."""
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
