"""Read evidence: of a case, what waits for the scanner or for an officer, and how much room is taken."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Scan
from chengxin.ledger.rules import Subject

# What an officer has to settle; what is only unscanned waits for the scanner.
UNSETTLED = (Scan.INFECTED, Scan.FAILED)


def by_id(session: Session, evidence_id: int) -> Evidence | None:
    """Return the evidence of an id, also when its file was erased."""
    return session.get(Evidence, evidence_id)


def by_digest(session: Session, digest: str) -> Evidence | None:
    """Return the evidence that came from the very same file for the very same case."""
    return session.scalar(select(Evidence).where(Evidence.digest == digest))


def of_subject(session: Session, subject: Subject) -> Sequence[Evidence]:
    """Return all evidence of a record, oldest first; of what was erased only the row is left."""
    return session.scalars(_of(subject).order_by(Evidence.id)).all()


def sent_for(session: Session, subject: Subject) -> Sequence[Evidence]:
    """Return the files that a complainant sent and that are still kept, oldest first."""
    rows = _of(subject).where(Evidence.from_staff.is_(False), Evidence.erased_on.is_(None))
    return session.scalars(rows.order_by(Evidence.id)).all()


def sent_since(session: Session, subject: Subject, day: date) -> bool:
    """Tell whether a complainant sent a file for a record on a day or later, erased since or not."""
    rows = select(Evidence.id).where(
        *_conditions(subject), Evidence.from_staff.is_(False), Evidence.added_on >= day
    )
    return session.scalar(rows.limit(1)) is not None


def redacted_of(session: Session, subject: Subject) -> Sequence[Evidence]:
    """Return the redacted copies of a record: the only evidence that may be carried into a notice."""
    rows = _of(subject).where(Evidence.redacted_from.is_not(None), Evidence.erased_on.is_(None))
    return session.scalars(rows.order_by(Evidence.id)).all()


def copies_of(session: Session, evidence_id: int) -> Sequence[Evidence]:
    """Return the redacted copies that were drawn from a file."""
    rows = select(Evidence).where(Evidence.redacted_from == evidence_id, Evidence.erased_on.is_(None))
    return session.scalars(rows.order_by(Evidence.id)).all()


def unscanned(session: Session, *, most: int) -> Sequence[Evidence]:
    """Return the oldest evidence that no scanner has seen."""
    rows = select(Evidence).where(Evidence.scan == Scan.UNSCANNED, Evidence.erased_on.is_(None))
    return session.scalars(rows.order_by(Evidence.added_on, Evidence.id).limit(most)).all()


def kept_in_case(session: Session, subject: Subject) -> int:
    """Return how many files a complainant has sent for a case; an erased one makes no room."""
    rows = select(func.count()).where(*_conditions(subject), Evidence.from_staff.is_(False))
    return session.scalar(rows) or 0


def bytes_added(session: Session, day: date) -> int:
    """Return how many bytes came in on a day, erased since or not."""
    rows = select(func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.added_on == day)
    return session.scalar(rows) or 0


def bytes_kept(session: Session) -> int:
    """Return how many bytes are kept."""
    rows = select(func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.erased_on.is_(None))
    return session.scalar(rows) or 0


def kept_names(session: Session) -> set[str]:
    """Return the names under which a file should lie on the shelf."""
    return set(session.scalars(select(Evidence.name).where(Evidence.erased_on.is_(None))))


def after(session: Session, evidence_id: int, *, most: int) -> Sequence[Evidence]:
    """Return the next kept evidence after an id, in the order of ids."""
    rows = select(Evidence).where(Evidence.id > evidence_id, Evidence.erased_on.is_(None))
    return session.scalars(rows.order_by(Evidence.id).limit(most)).all()


def _of(subject: Subject) -> Select[Evidence]:
    return select(Evidence).where(*_conditions(subject))


def _conditions(subject: Subject) -> tuple[Any, Any]:
    return Evidence.subject_kind == subject.kind, Evidence.subject_id == subject.id
