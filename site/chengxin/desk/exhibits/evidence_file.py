"""One file of a case as an officer may see it: whose it is, whether it may be opened now, and its content."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import SealError
from chengxin.core.web import installation, reading
from chengxin.desk import case_reach
from chengxin.desk.auditing.read_log import may_read_now
from chengxin.desk.guard import current_account
from chengxin.evidence import labels, queries, sealed
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Media, Scan
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN

CASE = "complaint"


@dataclass(frozen=True)
class Look:
    """A file with its case, its copies, and its own name once it may be opened."""

    row: Evidence
    case: Complaint
    copies: Sequence[Evidence] = ()
    may_open: bool = False
    title: str = ""

    @property
    def is_there(self) -> bool:
        """Return whether there is a file that is safe to open."""
        return self.row.erased_on is None and self.row.scan != Scan.INFECTED

    @property
    def is_picture(self) -> bool:
        """Return whether it can be shown as a picture."""
        return Media(self.row.media).is_picture


def existing(evidence_id: int) -> Look:
    """Return a file of a case that is this officer's business; any other looks as if it did not exist."""
    with reading() as session:
        row = queries.by_id(session, evidence_id)
        if row is None or row.subject_kind != CASE:
            raise NotFoundError(N_("There is no such file."))
        case = case_reach.existing(session, row.subject_id, current_account())
        return Look(row, case, queries.copies_of(session, row.id))


def look_at(evidence_id: int) -> Look:
    """Return a file, and note in the ledger that this officer opens it, when it may be opened now."""
    look = existing(evidence_id)
    if not look.is_there:
        return look
    if not may_read_now(Subject("evidence", evidence_id), is_open=look.case.state in OPEN):
        return look
    try:
        title = sealed.open_title(look.row, intake_keyring(installation().settings))
    except SealError:
        title = ""
    return replace(look, may_open=True, title=title)


def content_of(look: Look) -> bytes:
    """Return the cleaned file; only after `look_at` has noted the read."""
    settings = installation().settings
    try:
        lying = shelf_of(settings).take(look.row.name)
        return sealed.open_file(look.row, lying, intake_keyring(settings))
    except OSError as error:
        raise DomainError(
            N_("The file is missing from the evidence folder. Tell whoever runs the site.")
        ) from error
    except SealError as error:
        raise DomainError(N_("This file was sealed to another key and cannot be opened here.")) from error


def words() -> dict[str, Any]:
    """Return the words `parts/desk_evidence.html` needs."""
    return {"media": labels.MEDIA, "scan": labels.SCAN}
