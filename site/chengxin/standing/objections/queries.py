"""Read objections: what marks a record, what waits for the staff, what one applicant filed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.core.counting import counted
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import ANSWERED, OPEN, VISIBLE, Applicant, State

PAGE = 30

# The deadline that runs now, as `rules.due_on` tells it, for the database.
deadline = case(
    (Objection.state == State.RECEIVED, Objection.mark_by),
    (Objection.state == State.MARKED, Objection.answer_by),
    (Objection.state == State.REVIEW, Objection.review_by),
)


@dataclass(frozen=True)
class OpenMark:
    """What a disputed record shows: what is objected to, since when, and by when it is decided."""

    ground: str
    words: str
    since: date
    due: date


@dataclass(frozen=True)
class Answer:
    """What a decided objection left for the record's log."""

    outcome: str
    words: str
    decided_on: date


def open_marks(session: Session, kind: str, ids: Collection[int]) -> dict[int, list[OpenMark]]:
    """Return the objection marks of some records of a kind, oldest first; a record without one has none."""
    found: dict[int, list[OpenMark]] = {each: [] for each in ids}
    for each in _about(session, kind, ids, VISIBLE):
        due = each.review_by if each.state == State.REVIEW else each.answer_by
        mark = OpenMark(each.ground, each.mark, each.marked_on or each.received_on, due or each.answer_by)
        found[each.target_id or 0].append(mark)
    return found


def answers(session: Session, kind: str, ids: Collection[int]) -> dict[int, list[Answer]]:
    """Return the last word on decided objections about some records, oldest first."""
    found: dict[int, list[Answer]] = {each: [] for each in ids}
    for each in _about(session, kind, ids, ANSWERED):
        day = each.reviewed_on or each.decided_on or each.received_on
        said = (each.review_outcome or each.outcome, each.review_decision or each.decision)
        found[each.target_id or 0].append(Answer(*said, day))
    return found


def undecided(session: Session, kind: str, ids: Collection[int]) -> set[int]:
    """Return which records of a kind have an objection that is not decided yet."""
    return {each.target_id for each in _about(session, kind, ids, OPEN) if each.target_id is not None}


def by_id(session: Session, objection_id: int) -> Objection | None:
    """Return an objection in whatever state it is."""
    return session.get(Objection, objection_id)


def by_code_hash(session: Session, code_hash: str) -> Objection | None:
    """Return the objection of a receipt."""
    return session.scalar(select(Objection).where(Objection.code_hash == code_hash))


def in_state(
    session: Session, state: str, *, seen: Part = WHOLE, limit: int = PAGE, offset: int = 0
) -> Sequence[Objection]:
    """Return the objections of a state: those that wait by their deadline, the others newest first."""
    rows = select(Objection).where(Objection.state == state, seen)
    ordered = rows.order_by(deadline, Objection.id) if state in OPEN else rows.order_by(Objection.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Part = WHOLE) -> Mapping[str, int]:
    """Return how many objections are in each state; none is a zero."""
    rows = select(Objection.state, func.count()).where(seen).group_by(Objection.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def of_agency(session: Session, agency_id: int) -> Sequence[Objection]:
    """Return the objections an agency filed itself, newest first."""
    return session.scalars(_own(agency_id).order_by(Objection.id.desc())).all()


def own(session: Session, objection_id: int, *, agency_id: int) -> Objection | None:
    """Return an objection if this agency filed it itself."""
    return session.scalar(_own(agency_id).where(Objection.id == objection_id))


def about(session: Session, kind: str, target_id: int) -> Sequence[Objection]:
    """Return every objection about one record, newest first, for the staff."""
    rows = select(Objection).where(Objection.target_kind == kind, Objection.target_id == target_id)
    return session.scalars(rows.order_by(Objection.id.desc())).all()


def _own(agency_id: int) -> Select[Objection]:
    return select(Objection).where(Objection.agency_id == agency_id, Objection.applicant == Applicant.AGENCY)


def _about(session: Session, kind: str, ids: Collection[int], states: Collection[str]) -> list[Objection]:
    if not ids:
        return []
    rows = select(Objection).where(
        Objection.target_kind == kind, Objection.target_id.in_(set(ids)), Objection.state.in_(sorted(states))
    )
    return list(session.scalars(rows.order_by(Objection.id)))
