"""How much comes in on a day, at each door and about each subject; counted in the transaction that stores it.

Too much is never a reason to lose a text: beyond the usual number it is marked as part of a surge, and only far
beyond it, where the disk itself is in danger, people are asked to come back tomorrow with their text.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import CursorResult, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.intake.models import IntakeCount

TIMES_THE_USUAL = 10


class Door(StrEnum):
    """Where it comes in; the value names the count of the day."""

    CASES = "all"
    SUGGESTIONS = "suggestions"
    OBJECTIONS = "objections"


class FullError(DomainError):
    """So much came in today that no more is taken before tomorrow."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """How much is usual on a day: in all, and about one subject."""

    daily: int
    daily_subject: int

    @classmethod
    def of(cls, settings: Settings) -> "Usual":
        """Return the numbers of an installation."""
        return cls(daily=settings.usual_daily, daily_subject=settings.usual_daily_respondent)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What a door is guarded with: its usual numbers, the secret of its hashes, and what was seen at the door."""

    usual: Usual
    secret: str
    in_surge: bool = False

    def let_in(self, session: Session, door: Door, subject: str) -> bool:
        """Count what comes in, refuse what the disk could not bear, and tell whether it is part of a surge."""
        today = clock.today()
        in_all = _counted(session, today, door)
        if in_all > self.usual.daily * TIMES_THE_USUAL:
            raise FullError(N_("So much came in today that we can take no more before tomorrow."))
        hashed = subject_key(f"{door} {subject}", secret=self.secret, day=today)
        about = _counted(session, today, hashed) if subject else 0
        return self.in_surge or in_all > self.usual.daily or about > self.usual.daily_subject


def subject_key(subject: str, *, secret: str, day: date) -> str:
    """Return a keyed hash of what something is about, another one every day."""
    return hmac.new(secret.encode(), f"counted {day} {subject}".encode(), hashlib.sha256).hexdigest()[:32]


def counted_on(session: Session, door: Door, day: date) -> int:
    """Return how much came in at a door on a day."""
    return session.scalar(_number_of(day, door)) or 0


def days_due(cutoff: date) -> Select[date]:
    """Return a select of the days whose counts are over."""
    return select(IntakeCount.day).where(IntakeCount.day <= cutoff).distinct().order_by(IntakeCount.day)


def forget(session: Session, days: Collection[date]) -> None:
    """Erase the counts of some days."""
    session.execute(delete(IntakeCount).where(IntakeCount.day.in_(days)))


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
