"""Scan later what came while no scanner answered; only a host with the desk's key can."""

import logging
from datetime import timedelta

from chengxin.config import Settings
from chengxin.core.clock import Pause
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
log = logging.getLogger("chengxin.evidence")


_scanner_is_away = Pause(timedelta(minutes=1))


def scan_waiting(settings: Settings, database: Database) -> int:
    """Scan some of the evidence that no scanner has seen, and return how many files were settled."""
    if not settings.clamd or not _scanner_is_away.is_over():
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
    _scanner_is_away.begin()
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
