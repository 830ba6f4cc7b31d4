"""Take a case in: store it, count it, and link it to its like, all in its own transaction.

Too many cases are never a reason to lose one: beyond the usual number a case is marked as part of a surge, and
only far beyond it, where the disk itself is in danger, people are asked to come back tomorrow with their text.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import CursorResult, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.core.folding import fold_name
from chengxin.ledger.actions import wait_for_the_end
from chengxin.voices.complaints import actions, alike, queries
from chengxin.voices.complaints.alike import Sketch
from chengxin.voices.complaints.models import Complaint, IntakeCount
from chengxin.voices.complaints.sealed import Filing

ALL = "all"
TIMES_THE_USUAL = 10
COUNTS_KEPT = timedelta(days=30)
SKETCHES_KEPT = timedelta(days=365)


class FullError(DomainError):
    """So many cases came in today that no more are taken before tomorrow."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """How many cases a day are usual: in all, and against one respondent."""

    daily: int
    daily_respondent: int


def receive(
    session: Session,
    *,
    actor: str,
    filing: Filing,
    sketch: Sketch | None,
    usual: Usual,
    secret: str,
    in_surge: bool = False,
    tell: str = "",
) -> Complaint:
    """Store a case once, however often its form is sent; the same form is counted once too."""
    wait_for_the_end(session)  # so that two of one form, or two alike texts, see each other
    known = queries.by_code_hash(session, filing.code_hash)
    if known is not None:
        return known
    today = clock.today()
    in_all = _counted(session, today, ALL)
    if in_all > usual.daily * TIMES_THE_USUAL:
        raise FullError(N_("So many cases came in today that we can take no more before tomorrow."))
    against = _counted(session, today, respondent_key(filing, secret=secret, day=today))
    case = actions.file(session, actor=actor, filing=filing, tell=tell)
    case.in_surge = in_surge or in_all > usual.daily or against > usual.daily_respondent
    if sketch is not None:
        alike.link(session, case, sketch, today=today)
    return case


def respondent_key(filing: Filing, *, secret: str, day: date) -> str:
    """Return a keyed hash of whom a case is about, another one every day."""
    whom = f"agency {filing.agency_id}" if filing.agency_id else fold_name(filing.respondent)
    return hmac.new(secret.encode(), f"counted {day} {whom}".encode(), hashlib.sha256).hexdigest()[:32]


def counted_on(session: Session, day: date) -> int:
    """Return how many cases came in on a day."""
    return session.scalar(_number_of(day, ALL)) or 0


def tidy(session: Session, *, today: date) -> int:
    """Erase what only served the intake of days gone by, and return how much."""
    old = session.execute(delete(IntakeCount).where(IntakeCount.day < today - COUNTS_KEPT))
    assert isinstance(old, CursorResult)
    return old.rowcount + alike.forget_older(session, before=today - SKETCHES_KEPT)


def is_untidy(session: Session, *, today: date) -> bool:
    """Return whether there is anything to erase."""
    counts = select(IntakeCount.day).where(IntakeCount.day < today - COUNTS_KEPT).limit(1)
    return session.scalar(counts) is not None or alike.has_older(session, before=today - SKETCHES_KEPT)


def _counted(session: Session, day: date, subject: str) -> int:
    """Count one more and return the number of the day."""
    row = (IntakeCount.day == day, IntakeCount.subject == subject)
    found = session.execute(update(IntakeCount).where(*row).values(number=IntakeCount.number + 1))
    assert isinstance(found, CursorResult)
    if not found.rowcount:
        session.execute(insert(IntakeCount).values(day=day, subject=subject, number=1))
    return session.scalar(_number_of(day, subject)) or 0


def _number_of(day: date, subject: str) -> Select[int]:
    return select(IntakeCount.number).where(IntakeCount.day == day, IntakeCount.subject == subject)
