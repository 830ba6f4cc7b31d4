"""What came of each file that somebody sent: kept or only looked at, what was removed, or what to do instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import FileStorage

from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import told
from chengxin.core.uploads import found_no_room
from chengxin.core.web import installation
from chengxin.evidence import keeping
from chengxin.evidence.clamd import Scanner
from chengxin.evidence.examining import examine
from chengxin.evidence.keeping import Sent
from chengxin.evidence.rules import MOST_BYTES, FullError, Removed, TooLargeError, title_of
from chengxin.ledger.rules import PUBLIC, Subject

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Received:
    """One file: its own name, and what came of it; a problem means that it was not taken."""

    title: str
    removed: Sequence[Removed] = field(default=())
    problem: str = ""
    status: int = 200


def receive(file: FileStorage, subject: Subject | None) -> Received:
    """Look at a file and keep it if it has a case; say what to do instead when it cannot be taken."""
    title = title_of(file.filename or "")
    try:
        sent = _read(file)
        installed = installation()
        found = examine(sent, name=file.filename or "", scanner=Scanner(installed.settings.clamd))
        if subject is not None:
            keeping.keep(
                installed.settings,
                installed.database,
                secret=installed.secret,
                actor=PUBLIC,
                subject=subject,
                sent=Sent(sent, file.filename or ""),
                found=found,
            )
    except DomainError as error:
        return Received(title, problem=told(error), status=_status_of(error))
    return Received(title, removed=found.cleaned.removed)


def status_of_all(received: Sequence[Received]) -> int:
    """Return 200 when a file was taken, else what kept the first from it."""
    return 200 if any(not each.problem for each in received) else received[0].status


def _read(file: FileStorage) -> bytes:
    file.stream.seek(0)
    if found_no_room(file):
        raise FullError(N_("Too many people are sending files right now. Try again in a few minutes."))
    return file.stream.read(MOST_BYTES + 1)


def _status_of(error: DomainError) -> int:
    if isinstance(error, TooLargeError):
        return 413
    return 429 if isinstance(error, FullError) else UNPROCESSABLE
