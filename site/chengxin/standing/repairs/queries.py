"""Read requests for credit repair: of a notice, of an agency, and what waits for the staff."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.core.counting import counted
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import OPEN, State
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State as NoticeState

PAGE = 30

# The deadline that runs now, as `rules.due_on` tells it, for the database.
deadline = case((Repair.state == State.REQUESTED, Repair.check_by), else_=Repair.decide_by)


def by_id(session: Session, repair_id: int) -> Repair | None:
    """Return a request in whatever state it is."""
    return session.get(Repair, repair_id)


def of_sanction(session: Session, sanction_id: int) -> Sequence[Repair]:
    """Return the requests about one notice, newest first."""
    rows = select(Repair).where(Repair.sanction_id == sanction_id)
    return session.scalars(rows.order_by(Repair.id.desc())).all()


def open_of_sanction(session: Session, sanction_id: int) -> Sequence[Repair]:
    """Return the requests about one notice that are not decided."""
    return [each for each in of_sanction(session, sanction_id) if each.state in OPEN]


def left_behind(session: Session, *, today: date) -> Sequence[Repair]:
    """Return the open requests whose notice ended, or stays although its end was proposed, without them."""
    over = or_(Sanction.state != NoticeState.PUBLISHED, Sanction.max_until < today)
    kept = and_(Repair.state == State.GRANTING, Sanction.proposed_end == "")
    rows = select(Repair).join(Sanction, Sanction.id == Repair.sanction_id)
    found = rows.where(Repair.state.in_(sorted(OPEN)), or_(over, kept))
    return session.scalars(found.order_by(Repair.id)).all()


def of_agency(session: Session, agency_id: int) -> Sequence[Repair]:
    """Return the requests of one agency, newest first."""
    return session.scalars(_own(agency_id).order_by(Repair.id.desc())).all()


def own(session: Session, repair_id: int, *, agency_id: int) -> Repair | None:
    """Return a request if it is this agency's."""
    return session.scalar(_own(agency_id).where(Repair.id == repair_id))


def in_state(
    session: Session, state: str, *, seen: Part = WHOLE, limit: int = PAGE, offset: int = 0
) -> Sequence[Repair]:
    """Return the requests of a state: those that wait by their deadline, the others newest first."""
    rows = select(Repair).where(Repair.state == state, seen)
    ordered = rows.order_by(deadline, Repair.id) if state in OPEN else rows.order_by(Repair.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Part = WHOLE) -> Mapping[str, int]:
    """Return how many requests are in each state; none is a zero."""
    rows = select(Repair.state, func.count()).where(seen).group_by(Repair.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def _own(agency_id: int) -> Select[Repair]:
    return select(Repair).where(Repair.agency_id == agency_id)


def notices_of(session: Session, asked: Collection[Repair]) -> Mapping[int, Sanction]:
    """Return the notices that some requests are about, by their ids, in one query."""
    rows = select(Sanction).where(Sanction.id.in_([each.sanction_id for each in asked]))
    return {notice.id: notice for notice in session.scalars(rows)} if asked else {}
