"""Read the rounds of selection, their entries and how many of their places are taken."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import AgencyStatus
from chengxin.core.counting import counted
from chengxin.core.regions import region_start
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import PENDING, HonourKind, State, pending_first
from chengxin.standing.exemplars.selection_rules import SelectionState, window

PAGE = 30
TAKEN = (State.SHORTLISTED, State.PUBLICITY, State.AWARDED)
LIVE = (*PENDING, State.PUBLICITY, State.AWARDED)
_STATES_IN_ORDER = case(
    {state.value: place for place, state in enumerate(pending_first())}, value=Honour.state
)
_KINDS_IN_ORDER = case({kind.value: place for place, kind in enumerate(HonourKind)}, value=Honour.kind)


def by_id(session: Session, selection_id: int) -> Selection | None:
    """Return a round."""
    return session.get(Selection, selection_id)


def in_state(
    session: Session, state: str, *, seen: Part = WHOLE, limit: int = PAGE, offset: int = 0
) -> Sequence[Selection]:
    """Return the rounds of a state, newest year first."""
    rows = select(Selection).where(Selection.state == state, seen)
    ordered = rows.order_by(Selection.year.desc(), Selection.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Part = WHOLE) -> Mapping[str, int]:
    """Return how many rounds are in each state; none is a zero."""
    rows = select(Selection.state, func.count()).where(seen).group_by(Selection.state)
    return {**dict.fromkeys(SelectionState, 0), **counted(session, rows)}


def in_publicity(session: Session) -> Sequence[Selection]:
    """Return the rounds whose lists are before the public, the last announced first."""
    rows = select(Selection).where(Selection.state == SelectionState.PUBLICITY)
    return session.scalars(rows.order_by(Selection.publicity_from.desc(), Selection.id.desc())).all()


def is_due(selection: Selection, today: date) -> bool:
    """Tell whether a round waits for an act of the staff."""
    if selection.state == SelectionState.OPEN:
        return selection.deadline is not None and today > selection.deadline
    first = selection.publicity_from
    if selection.state != SelectionState.PUBLICITY or first is None:
        return False
    return window(first, selection.publicity_days).is_over(today)


def entries(session: Session, selection_id: int, *, states: Collection[str] = ()) -> Sequence[Honour]:
    """Return the entries of a round by kind, then by how far they have come."""
    rows = select(Honour).where(Honour.selection_id == selection_id)
    if states:
        rows = rows.where(Honour.state.in_(states))
    return session.scalars(rows.order_by(_KINDS_IN_ORDER, _STATES_IN_ORDER, Honour.id)).all()


def in_publicity_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Honour]]:
    """Return what is before the public of some rounds, by round, agencies first."""
    found: dict[int, list[Honour]] = {each: [] for each in ids}
    rows = select(Honour).where(Honour.selection_id.in_(found), Honour.state == State.PUBLICITY)
    for each in session.scalars(rows.order_by(_KINDS_IN_ORDER, Honour.id)):
        found[each.selection_id].append(each)
    return found


def taken(session: Session, selection_id: int) -> Mapping[str, int]:
    """Return how many places of a round are taken, by kind; none is a zero."""
    rows = select(Honour.kind, func.count(Honour.id)).where(Honour.selection_id == selection_id)
    found = counted(session, rows.where(Honour.state.in_(TAKEN)).group_by(Honour.kind))
    return {**dict.fromkeys(HonourKind, 0), **found}


def same(session: Session, selection_id: int, *, agency_id: int, kind: str, holder: str) -> Honour | None:
    """Return the entry of a round that already names the same, if there is one still standing."""
    rows = select(Honour).where(Honour.selection_id == selection_id, Honour.state.in_(LIVE))
    named = rows.where(Honour.agency_id == agency_id, Honour.kind == kind, Honour.holder == holder)
    return session.scalars(named.order_by(Honour.id).limit(1)).first()


def last_title(session: Session, *, agency_id: int, kind: str, level: str, holder: str) -> Honour | None:
    """Return the newest title the same holder was awarded at a level; a new one renews it."""
    rows = select(Honour).where(Honour.state == State.AWARDED, Honour.agency_id == agency_id)
    named = rows.where(Honour.kind == kind, Honour.level == level, Honour.holder == holder)
    return session.scalars(named.order_by(Honour.year.desc(), Honour.id.desc()).limit(1)).first()


def base_of(session: Session, region_code: str | None) -> int:
    """Return how many agencies work in a region, or in the whole register: what a share is counted from."""
    rows = select(func.count(Agency.id)).where(
        Agency.merged_into_id.is_(None), Agency.status != AgencyStatus.CLOSED
    )
    if region_code:
        rows = rows.where(Agency.region_code.startswith(region_start(region_code), autoescape=True))
    return session.scalar(rows) or 0


def to_confirm(session: Session, *, seen: Part = WHOLE) -> Sequence[Honour]:
    """Return the titles whose withdrawal somebody proposed, oldest first."""
    rows = select(Honour).where(Honour.state == State.AWARDED, Honour.withdrawal_by.is_not(None), seen)
    return session.scalars(rows.order_by(Honour.id)).all()


def held(session: Session, *, seen: Part = WHOLE) -> Sequence[Honour]:
    """Return the entries still in publicity although the rest of their round has been awarded."""
    rows = select(Honour).join(Selection, Selection.id == Honour.selection_id)
    ours = rows.where(Honour.state == State.PUBLICITY, Selection.state == SelectionState.AWARDED, seen)
    return session.scalars(ours.order_by(Honour.id)).all()


def awarded_in_force(
    session: Session, agency_ids: Collection[int], *, today: date, seen: Part = WHOLE
) -> Sequence[Honour]:
    """Return the titles of some agencies whose term runs, of whatever kind, newest first."""
    running = or_(Honour.valid_until.is_(None), Honour.valid_until >= today)
    rows = select(Honour).where(Honour.state == State.AWARDED, running, Honour.agency_id.in_(agency_ids))
    return session.scalars(rows.where(seen).order_by(Honour.year.desc(), Honour.id.desc())).all()
