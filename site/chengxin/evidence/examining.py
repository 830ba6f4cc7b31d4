"""Examine what somebody sent: its kind, the scanner's word, and what is left when it tells no more than it shows."""

import logging
from dataclasses import dataclass

from chengxin.core.errors import N_
from chengxin.evidence import handling, rules
from chengxin.evidence.clamd import Scanner, ScannerAwayError
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import InfectedError, Scan

log = logging.getLogger("chengxin.evidence")


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: cleaned, with the scanner's word on what was sent."""

    cleaned: Cleaned
    scan: Scan


def examine(sent: bytes, *, name: str, scanner: Scanner) -> Examined:
    """Return a file cleaned, or raise what to send instead; infected ones are refused."""
    media = rules.check(sent, name=name)
    scan = _scanned(sent, scanner)
    return Examined(handling.clean(sent, media), scan)


def _scanned(sent: bytes, scanner: Scanner) -> Scan:
    try:
        scan = scanner.scan(sent)
    except ScannerAwayError:
        log.warning("the virus scanner does not answer; a file is kept as unscanned")
        return Scan.UNSCANNED
    if scan is Scan.INFECTED:
        raise InfectedError(N_("The scanner found a virus in this file. Send a screenshot of it instead."))
    return scan
