"""A cabinet of evidence for tests: one installation that keeps files in one database."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring, make_intake_keys
from chengxin.evidence import keeping, sealed
from chengxin.evidence.clamd import Scanner
from chengxin.evidence.examining import examine
from chengxin.evidence.keeping import Sent
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Media, Scan
from chengxin.evidence.sealed import Piece
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from tests import evidence_files as files
from tests.conftest import settings_in

CASE, OTHER = Subject("complaint", 7), Subject("complaint", 8)
SECRET = "a secret of the tests"


class Cabinet:
    """An installation that keeps evidence in one database."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Make the keys."""
        self.database, self.settings = database, settings_in(folder)
        make_intake_keys(self.settings)
        self.keys, self.shelf = intake_keyring(self.settings), shelf_of(self.settings)

    def keep(self, content: bytes, subject: Subject = CASE, **changes: Any) -> Evidence:
        """Keep a file as the public page does."""
        settings = settings_in(self.settings.data_dir, **changes)
        found = examine(content, name="聊天.png", scanner=Scanner(settings.clamd))
        held: Any = {"secret": SECRET, "actor": "public", "subject": subject}
        return keeping.keep(settings, self.database, sent=Sent(content, "聊天.png"), found=found, **held)

    def rows(self) -> list[Evidence]:
        """Return every row."""
        with self.database.reading() as session:
            return list(session.scalars(select(Evidence).order_by(Evidence.id)))

    def events(self) -> list[str]:
        """Return the verb of every event."""
        with self.database.reading() as session:
            return list(session.scalars(select(Event.verb).order_by(Event.id)))

    def files(self) -> list[str]:
        """Return the names of the files that lie on the shelf."""
        return sorted(self.shelf.names(older_than=-60))

    def piece(self, content: bytes = b"x" * 100, scan: Scan = Scan.UNSCANNED) -> Piece:
        """Seal some bytes as a picture would be."""
        held: Any = {"media": Media.PNG, "title": "", "digest": None, "scan": scan}
        return sealed.piece_of(content, recipients=self.keys.recipients, **held)


def picture(number: int) -> bytes:
    """Return a small picture, another for each number."""
    return files.png(size=(20 + number, 20), told=False)
