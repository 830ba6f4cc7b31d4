"""Read records of two persons for the staff, whatever their state."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.core.counting import counted
from chengxin.standing.confirming.rules import State
from chengxin.standing.twohands import Proposed

PAGE = 30
Kept = TypeVar("Kept", bound=Proposed)


def in_state(
    session: Session,
    model: type[Kept],
    state: str,
    *,
    seen: Part = WHOLE,
    limit: int = PAGE,
    offset: int = 0,
) -> Sequence[Kept]:
    """Return the records of a state, newest first."""
    rows = select(model).where(model.state == state, seen).order_by(model.id.desc())
    return session.scalars(rows.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, model: type[Kept], *, seen: Part = WHOLE) -> Mapping[str, int]:
    """Return how many records are in each state; none is a zero."""
    rows = select(model.state, func.count()).where(seen).group_by(model.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}
