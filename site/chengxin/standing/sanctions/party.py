"""Read notices for the party they are about: what it has been told, and nothing of the office's own work."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import ENDED, State

BEFORE_SERVICE = frozenset({State.PRIOR_NOTICE, State.HEARING, State.DECIDED})
SERVED = frozenset({State.SERVED, State.PUBLISHED})


def of_party(session: Session, agency_id: int) -> Sequence[Sanction]:
    """Return the notices an agency knows of as their party, newest first."""
    rows = select(Sanction).where(_is_party(agency_id), _is_known())
    return session.scalars(rows.order_by(Sanction.id.desc())).all()


def own(session: Session, sanction_id: int, *, agency_id: int) -> Sanction | None:
    """Return a notice if this agency is its party and has been told of it."""
    rows = select(Sanction).where(Sanction.id == sanction_id, _is_party(agency_id), _is_known())
    return session.scalar(rows)


def is_readable(sanction: Sanction) -> bool:
    """Tell whether the party reads the decision itself: once it was served, and until the notice ended."""
    return sanction.state in SERVED


def _is_party(agency_id: int) -> ColumnElement[bool]:
    return or_(Sanction.agency_id == agency_id, Sanction.withheld_agency_id == agency_id)


def _is_known() -> ColumnElement[bool]:
    """Return the condition that the office has spoken: told beforehand, served, public or ended after that."""
    told = and_(Sanction.state.in_(sorted(BEFORE_SERVICE)), Sanction.told_on.is_not(None))
    ended = and_(Sanction.state.in_([*sorted(ENDED), State.ARCHIVED]), Sanction.number.is_not(None))
    return or_(told, ended, Sanction.state.in_(sorted(SERVED)))
