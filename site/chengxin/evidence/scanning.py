"""Scan later what came while no scanner answered; only a host with the desk's key can."""

import logging
import time

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import Keyring, SealError
from chengxin.evidence import actions, queries, sealed
from chengxin.evidence.clamd import Scanner, ScannerAwayError
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Scan
from chengxin.evidence.shelf import Shelf, shelf_of
from chengxin.ledger.rules import WORKER

AT_ONCE = 20
SECONDS_OF_PATIENCE = 60
log = logging.getLogger("chengxin.evidence")


class Patience:
    """How long to leave a scanner alone that did not answer."""

    def __init__(self) -> None:
        """Begin without a grudge."""
        self._until = 0.0

    def is_over(self) -> bool:
        """Return whether it is time to ask."""
        return time.monotonic() >= self._until

    def begin(self) -> None:
        """Leave the scanner alone for a while."""
        self._until = time.monotonic() + SECONDS_OF_PATIENCE


_patience = Patience()


def scan_waiting(settings: Settings, database: Database) -> int:
    """Scan some of the evidence that no scanner has seen, and return how many files were settled."""
    if not settings.clamd or not _patience.is_over():
        return 0
    with database.reading() as session:
        waiting = queries.unscanned(session, most=AT_ONCE)
    if not waiting:
        return 0
    try:
        keys = intake_keyring(settings)
        return sum(
            _settled(database, row, _scanned(row, shelf_of(settings), keys, settings)) for row in waiting
        )
    except SealError:
        log.warning("evidence waits for the scanner, but this host has no key to open it")
    except ScannerAwayError:
        log.warning("the virus scanner does not answer; evidence waits for it")
    _patience.begin()
    return 0


def _scanned(row: Evidence, shelf: Shelf, keys: Keyring, settings: Settings) -> Scan:
    try:
        content = sealed.open_file(row, shelf.take(row.name), keys)
    except (OSError, SealError):
        log.warning("evidence %d cannot be opened for the scanner", row.id)
        return Scan.FAILED
    return Scanner(settings.clamd).scan(content)


def _settled(database: Database, row: Evidence, scan: Scan) -> int:
    with database.writing() as session:
        return int(actions.note_scan(session, actor=WORKER, evidence_id=row.id, scan=scan))
