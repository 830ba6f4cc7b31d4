"""Everything that changes evidence: keep a file, keep a redacted copy, note a scan, erase."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import CHANGED_MEANWHILE
from chengxin.core.errors import StaleError
from chengxin.evidence import queries
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Room, Scan, check_room
from chengxin.evidence.sealed import Piece
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject


def add(session: Session, *, actor: str, subject: Subject, piece: Piece, room: Room) -> Evidence:
    """Keep a file with a case; the same file sent again is the one that is there.

    The event comes before the count: writing it queues this transaction behind every other, so that the
    limits hold exactly, also where several processes write at once.
    """
    already = queries.by_digest(session, piece.digest) if piece.digest else None
    if already is not None:
        return already
    row = _row(session, subject, piece)
    _record(session, row, actor=actor, verb="evidence.added")
    _check_room(session, subject, room)
    return row


def add_redacted(session: Session, *, actor: str, original: Evidence, piece: Piece, room: Room) -> Evidence:
    """Keep a copy of a picture in which something is black for good; the original stays as it is."""
    subject = Subject(original.subject_kind, original.subject_id)
    row = _row(session, subject, piece, redacted_from=original.id)
    _record(session, row, actor=actor, verb="evidence.redacted")
    _check_room(session, subject, room)
    return row


def note_scan(session: Session, *, actor: str, evidence_id: int, scan: Scan) -> bool:
    """Write down what the scanner said of a file that none had seen; tell whether this call did it."""
    written = session.execute(
        update(Evidence)
        .where(Evidence.id == evidence_id, Evidence.scan == Scan.UNSCANNED)
        .values(scan=scan)
        .returning(Evidence.id),
        execution_options={"synchronize_session": False},
    )
    done = written.scalar() is not None
    row = session.get(Evidence, evidence_id, populate_existing=True)
    if done and row is not None and scan is Scan.INFECTED:
        _record(session, row, actor=actor, verb="evidence.infected")
    return done


def erase_of(session: Session, *, actor: str, subject: Subject, reason: str = "") -> list[str]:
    """Erase all evidence of a record and return the names to clear from the shelf after the commit.

    The rows stay with the day of erasure and without title and digest. A name that is not cleared, because
    the process died in between, is swept later.
    """
    rows = [row for row in queries.of_subject(session, subject) if row.erased_on is None]
    if rows:
        _erase(session, rows, actor=actor, reason=reason)
    return [row.name for row in rows]


def erase_infected(session: Session, *, actor: str, evidence_id: int) -> list[str]:
    """Erase one file in which the scanner found a virus; return its name as `erase_of` does."""
    row = _settled(session, evidence_id, Scan.INFECTED)
    _erase(session, [row], actor=actor, reason="")
    return [row.name]


def scan_again(session: Session, *, actor: str, evidence_id: int) -> None:
    """Let the scanner look again at a file it could not read."""
    row = _settled(session, evidence_id, Scan.FAILED)
    row.scan = Scan.UNSCANNED
    _record(session, row, actor=actor, verb="evidence.scan_again")


def _settled(session: Session, evidence_id: int, scan: Scan) -> Evidence:
    row = session.get(Evidence, evidence_id)
    if row is None or row.erased_on is not None or row.scan != scan:
        raise StaleError(CHANGED_MEANWHILE)
    return row


def _erase(session: Session, rows: Sequence[Evidence], *, actor: str, reason: str) -> None:
    for row in rows:
        row.erased_on, row.sealed_title, row.digest = clock.today(), None, None
    subject = Subject(rows[0].subject_kind, rows[0].subject_id)
    held = {"files": [row.id for row in rows]}
    record(session, actor=actor, verb="evidence.erased", subject=subject, new=held, reason=reason)


def _row(session: Session, subject: Subject, piece: Piece, *, redacted_from: int | None = None) -> Evidence:
    row = Evidence(
        name=piece.name,
        subject_kind=subject.kind,
        subject_id=subject.id,
        media=piece.media,
        size=piece.size,
        sealed_title=piece.sealed_title,
        digest=piece.digest,
        added_on=clock.today(),
        from_staff=redacted_from is not None,
        scan=piece.scan,
        redacted_from=redacted_from,
    )
    session.add(row)
    session.flush()
    return row


def _record(session: Session, row: Evidence, *, actor: str, verb: str) -> None:
    subject = Subject(row.subject_kind, row.subject_id)
    record(session, actor=actor, verb=verb, subject=subject, new={"evidence": row.id, "media": row.media})


def _check_room(session: Session, subject: Subject, room: Room) -> None:
    check_room(
        in_case=queries.kept_in_case(session, subject),
        today=queries.bytes_added(session, clock.today()),
        in_all=queries.bytes_kept(session),
        room=room,
    )
