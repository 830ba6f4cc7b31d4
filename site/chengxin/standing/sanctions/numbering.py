"""The numbers of notices: dense in each year, never given twice."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.ledger.actions import wait_for_the_end
from chengxin.standing.sanctions.models import Sanction


def next_number(session: Session, *, year: int) -> int:
    """Return the next free number of a year and keep others waiting until this transaction ends."""
    wait_for_the_end(session)
    highest = session.scalar(select(func.max(Sanction.number)).where(Sanction.year == year))
    return (highest or 0) + 1
