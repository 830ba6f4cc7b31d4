"""Read proposed corrections for the staff."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import State


def by_id(session: Session, correction_id: int) -> Correction | None:
    """Return a correction in whatever state it is."""
    return session.get(Correction, correction_id)


def open_of_sanction(session: Session, sanction_id: int) -> Correction | None:
    """Return the correction of a notice that waits for a second person, if there is one."""
    rows = select(Correction).where(Correction.sanction_id == sanction_id, Correction.state == State.PROPOSED)
    return session.scalar(rows.order_by(Correction.id))
