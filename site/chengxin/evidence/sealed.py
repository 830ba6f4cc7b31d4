"""How evidence is sealed: the file and its own name, each bound to the random name it is kept under."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from chengxin.core.sealing import Keyring, Recipients, seal, seal_bytes, unseal, unseal_bytes
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Media, Scan, title_of
from chengxin.ledger.rules import Subject

NAME_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file ready to be kept: nothing in it can be read without the desk's key."""

    name: str
    media: Media
    size: int
    sealed_file: bytes
    sealed_title: bytes
    digest: str | None
    scan: Scan


def piece_of(
    content: bytes, *, media: Media, title: str, digest: str | None, scan: Scan, recipients: Recipients
) -> Piece:
    """Return a file sealed under a fresh random name."""
    name = secrets.token_hex(NAME_BYTES)
    return Piece(
        name=name,
        media=media,
        size=len(content),
        sealed_file=seal_bytes(content, recipients, context=file_context(name)),
        sealed_title=seal(title_of(title), recipients, context=title_context(name)),
        digest=digest,
        scan=scan,
    )


def digest_of(secret: str, subject: Subject, sent: bytes) -> str:
    """Return what tells the same file sent twice to the same case; without the secret it tells nothing."""
    told = f"evidence {subject.kind} {subject.id} ".encode() + hashlib.sha256(sent).digest()
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()


def open_file(row: Evidence, sealed: bytes, keys: Keyring) -> bytes:
    """Return the cleaned file of a row, with the desk's key."""
    return unseal_bytes(sealed, keys, context=file_context(row.name))


def open_title(row: Evidence, keys: Keyring) -> str:
    """Return what a file was called by the one who sent it."""
    return unseal(row.sealed_title, keys, context=title_context(row.name)) if row.sealed_title else ""


def file_context(name: str) -> str:
    """Return what binds a sealed file to its row."""
    return f"evidence {name} file"


def title_context(name: str) -> str:
    """Return what binds a sealed title to its row."""
    return f"evidence {name} title"
