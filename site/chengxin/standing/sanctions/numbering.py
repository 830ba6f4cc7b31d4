"""The numbers of notices: dense in each year, never given twice."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from chengxin.standing.sanctions.models import Sanction

NUMBERING_LOCK = 46_2013


def next_number(session: Session, *, year: int) -> int:
    """Return the next free number of a year and keep others waiting until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": NUMBERING_LOCK})
    highest = session.scalar(select(func.max(Sanction.number)).where(Sanction.year == year))
    return (highest or 0) + 1
