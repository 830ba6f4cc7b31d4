"""Everything that waits for the staff, in one order: nearest deadline first, whatever kind it is.

Each kind gives its open records as the same four columns, so a new kind joins the queue with one select.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select, true, tuple_, union_all
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State as RatingState
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections import rules as objection_rules
from chengxin.standing.objections.models import Objection
from chengxin.standing.repairs import queries as repairs
from chengxin.standing.repairs import rules as repair_rules
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN

PAGE = 30
NEVER = date(9999, 12, 31)  # a paused clock sorts last
NOBODY = 0


class Kind(StrEnum):
    """What sort of record waits."""

    COMPLAINT = "complaint"
    RATING = "rating"
    OBJECTION = "objection"
    REPAIR = "repair"
    NOTICE = "notice"


class View(StrEnum):
    """A saved view of the queue."""

    ALL = "all"
    OVERDUE = "overdue"
    TODAY = "today"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    PAUSED = "paused"
    RATINGS = "ratings"
    DISPUTES = "disputes"
    NOTICES = "notices"

    @property
    def in_address(self) -> str | None:
        """Return the view's name for an address; everything needs none."""
        return None if self is View.ALL else self.value


@dataclass(frozen=True)
class Place:
    """Where a record stands in the queue."""

    due_on: date
    kind: Kind
    id: int

    @property
    def paused(self) -> bool:
        """Return whether no deadline runs."""
        return self.due_on == NEVER


def page_of(session: Session, *, view: View, officer: Officer, today: date, page: int = 1) -> Sequence[Place]:
    """Return the records of one page of a view, the nearest deadline first."""
    waits = _everything(officer)
    rows = _ordered(_columns(waits).where(_condition(waits, view, officer, today)), waits)
    return [_place(row) for row in session.execute(rows.limit(PAGE).offset((page - 1) * PAGE))]


def counts(session: Session, *, officer: Officer, today: date) -> dict[View, int]:
    """Return how many records each view holds, in one query."""
    waits = _everything(officer)
    columns = [func.count(when((_condition(waits, view, officer, today), waits.c.id))) for view in View]
    return dict(zip(View, session.execute(select(*columns)).one(), strict=True))


def place_of(session: Session, *, kind: Kind, record_id: int, officer: Officer) -> Place | None:
    """Return where a record stands, or None when it waits no longer."""
    waits = _everything(officer)
    row = session.execute(_columns(waits).where(waits.c.kind == kind, waits.c.id == record_id)).first()
    return _place(row) if row else None


def after(session: Session, place: Place, *, view: View, officer: Officer, today: date) -> Place | None:
    """Return the record that comes next in a view, or its first one, but never the same again."""
    waits = _everything(officer)
    rows = _ordered(_columns(waits).where(_condition(waits, view, officer, today)), waits).limit(1)
    position = tuple_(waits.c.due_on, waits.c.kind, waits.c.id)
    here = tuple_(literal(place.due_on), literal(place.kind.value), literal(place.id))
    later = session.execute(rows.where(position > here)).first()
    found = later or session.execute(rows.where(position < here)).first()
    return _place(found) if found else None


def _everything(officer: Officer) -> Subquery:
    """Return every open record of the kinds that this officer may see."""
    nobody = literal(NOBODY)
    cases = select(
        literal(Kind.COMPLAINT.value).label("kind"),
        Complaint.id.label("id"),
        func.coalesce(complaints.deadline, literal(NEVER)).label("due_on"),
        func.coalesce(Complaint.assigned_to, nobody).label("owner"),
    ).where(Complaint.state.in_(OPEN), literal(officer.may(Right.READ_CASES)))
    ratings = select(
        literal(Kind.RATING.value), Rating.id, Rating.decide_by, func.coalesce(Rating.decided_by, nobody)
    ).where(Rating.state == RatingState.PENDING, literal(officer.may(Right.MODERATE_RATINGS)))
    disputed, asked = _disputes(officer)
    return union_all(cases, ratings, disputed, asked, _notices(officer)).subquery("waits")


def _notices(officer: Officer) -> Select[Any]:
    """Return the notices whose next step has a deadline; whoever drafted one finds it under their own."""
    columns: tuple[Any, ...] = (
        Sanction.id,
        Sanction.due_on,
        func.coalesce(Sanction.drafted_by, literal(NOBODY)),
    )
    may = literal(officer.may(Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES))
    return select(literal(Kind.NOTICE.value), *columns).where(Sanction.due_on.is_not(None), may)


def _disputes(officer: Officer) -> tuple[Select[Any], Select[Any]]:
    """Return the open objections and the open requests for credit repair."""
    nobody, may = literal(NOBODY), literal(officer.may(Right.ANSWER_DISPUTES))
    disputed = select(literal(Kind.OBJECTION.value), Objection.id, objections.deadline, nobody)
    asked = select(literal(Kind.REPAIR.value), Repair.id, repairs.deadline, nobody)
    return (
        disputed.where(Objection.state.in_(sorted(objection_rules.OPEN)), may),
        asked.where(Repair.state.in_(sorted(repair_rules.OPEN)), may),
    )


def _columns(waits: Subquery) -> Select[Any]:
    return select(waits.c.due_on, waits.c.kind, waits.c.id)


def _ordered(rows: Select[Any], waits: Subquery) -> Select[Any]:
    return rows.order_by(waits.c.due_on, waits.c.kind, waits.c.id)


def _condition(waits: Subquery, view: View, officer: Officer, today: date) -> ColumnElement[bool]:
    conditions: dict[View, ColumnElement[bool]] = {
        View.OVERDUE: waits.c.due_on < today,
        View.TODAY: waits.c.due_on == today,
        View.MINE: waits.c.owner == officer.id,
        View.UNASSIGNED: (waits.c.owner == NOBODY) & (waits.c.kind == Kind.COMPLAINT),
        View.PAUSED: waits.c.due_on == NEVER,
        View.RATINGS: waits.c.kind == Kind.RATING,
        View.DISPUTES: waits.c.kind.in_([Kind.OBJECTION, Kind.REPAIR]),
        View.NOTICES: waits.c.kind == Kind.NOTICE,
    }
    return conditions.get(view, true())


def _place(row: Any) -> Place:
    return Place(row.due_on, Kind(row.kind), row.id)
