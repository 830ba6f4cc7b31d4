"""Read links between organisations: in force for everybody, open ones for the rules."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chengxin.standing.confirming.rules import State
from chengxin.standing.lineage.models import LineageLink


def of_agency(session: Session, agency_id: int) -> Sequence[LineageLink]:
    """Return the links in force of one organisation, on both sides, newest first."""
    either = or_(LineageLink.earlier_id == agency_id, LineageLink.later_id == agency_id)
    rows = select(LineageLink).where(LineageLink.state == State.IN_FORCE, either)
    return session.scalars(rows.order_by(LineageLink.on_day.desc(), LineageLink.id.desc())).all()


def open_links(session: Session, *, but: int = 0) -> list[tuple[int, int]]:
    """Return every other link in force or proposed as a pair: the earlier organisation, then the later one."""
    rows = select(LineageLink.earlier_id, LineageLink.later_id)
    held = rows.where(
        LineageLink.state.in_([State.PROPOSED, State.IN_FORCE]), LineageLink.id != but
    ).order_by(LineageLink.id)
    return [(earlier, later) for earlier, later in session.execute(held)]
