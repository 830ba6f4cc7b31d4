"""Keep a file: sealed and on the disk first, then in the database; what is refused leaves no trace."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.intake_keys import intake_recipients
from chengxin.evidence import actions, sealed
from chengxin.evidence.examining import Examined
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Room
from chengxin.evidence.sealed import Piece
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.rules import Subject

MEGABYTE, GIGABYTE = 1 << 20, 1 << 30
Add = Callable[[Session, Piece], Evidence]


@dataclass(frozen=True)
class Sent:
    """A file as somebody sent it: its bytes and what it was called."""

    content: bytes
    title: str


def room_of(settings: Settings) -> Room:
    """Return how much an installation keeps in all and takes in a day."""
    return Room(settings.evidence_gb * GIGABYTE, settings.evidence_daily_mb * MEGABYTE)


def keep(
    settings: Settings,
    database: Database,
    *,
    secret: str,
    actor: str,
    subject: Subject,
    sent: Sent,
    found: Examined,
) -> Evidence:
    """Keep a file with a case, sealed; the same file sent again is kept once."""
    piece = sealed.piece_of(
        found.cleaned.content,
        media=found.cleaned.media,
        title=sent.title,
        digest=sealed.digest_of(secret, subject, sent.content),
        scan=found.scan,
        recipients=intake_recipients(settings),
    )

    def add(session: Session, piece: Piece) -> Evidence:
        return actions.add(session, actor=actor, subject=subject, piece=piece, room=room_of(settings))

    return laid_down(settings, database, piece, add)


def laid_down(settings: Settings, database: Database, piece: Piece, add: Add) -> Evidence:
    """Put a sealed file on the shelf and then into the database; a file that was not added is cleared."""
    shelf = shelf_of(settings)
    shelf.put(piece.name, piece.sealed_file)
    try:
        row = _added(database, piece, add)
    except DomainError:
        shelf.clear([piece.name])
        raise
    if row.name != piece.name:
        shelf.clear([piece.name])
    return row


def _added(database: Database, piece: Piece, add: Add) -> Evidence:
    """Add a row; who loses a race against the same file looks again and finds the winner's."""
    for last in (False, True):
        try:
            with database.writing() as session:
                return add(session, piece)
        except IntegrityError:
            if last:
                raise
    raise AssertionError("unreachable")
