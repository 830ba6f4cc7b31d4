"""Merging (并案): the same matter told twice is handled once, and everybody who told it is answered."""

from typing import Unpack

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.sealing import Recipients
from chengxin.ledger.rules import WORKER
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    SINGLE,
    MessageKind,
    Seen,
    current,
    move_case,
    need_letter,
    tell_complainant,
)
from chengxin.voices.complaints.pauses import unpaused
from chengxin.voices.complaints.queries import of_main
from chengxin.voices.complaints.rules import LEADING, OPEN, Move, State


def merge(
    session: Session, *, into: int, note: str, intake_key: Recipients, **seen: Unpack[Seen]
) -> Complaint:
    """Handle a case together with another one, and tell whoever filed it."""
    case = current(session, seen["case_id"], seen["version"])
    message = N_("Write to the complainant that the case is handled together with another.")
    need_letter([case], MessageKind.MERGED, note, message)
    main = session.get(Complaint, into, populate_existing=True)
    if main is None:
        raise NotFoundError(N_("There is no such case."))
    if main.id == case.id or main.state not in LEADING:
        raise DomainError(N_("A case can only be merged into another one that is still to be answered."))
    if of_main(session, case.id):
        raise DomainError(N_("Other cases are merged into this one: merge them one by one instead."))
    changes = unpaused(case) | {"merged_into": main.id, "state_before": _running(case), "closed_on": None}
    case = move_case(session, Move.MERGE, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.MERGED, note, intake_key)
    return case


def unmerge(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Handle a merged case by itself again, where it was before; its terms ran on."""
    return move_case(session, Move.UNMERGE, changes=SINGLE, **seen)


def follow(session: Session, *, actor: str, main: Complaint, reply: str, intake_key: Recipients) -> None:
    """Close the cases merged into one that was decided, each with the same finding and the same answer."""
    for case in of_main(session, main.id):
        changes: dict[str, object] = {"finding": main.finding, "closed_on": clock.today()}
        changes |= {"answered_by": main.answered_by}
        move_case(session, Move.FOLLOW, changes=changes, actor=actor, case_id=case.id, version=case.version)
        tell_complainant(session, case, MessageKind.DECIDED, reply, intake_key)


def release_left_behind(session: Session) -> int:
    """Let merged cases go on whose main case has ended: cases of older releases, which nobody released."""
    left = session.scalars(_left_behind()).all()
    for case in left:
        seen: Seen = {"actor": WORKER, "case_id": case.id, "version": case.version}
        move_case(session, Move.RELEASE, changes=SINGLE, **seen)
    return len(left)


def has_left_behind(session: Session) -> bool:
    """Tell whether a merged case waits for one that has ended."""
    return session.scalar(_left_behind().limit(1)) is not None


def _left_behind() -> Select[Complaint]:
    main = aliased(Complaint)
    rows = select(Complaint).outerjoin(main, main.id == Complaint.merged_into)
    ended = or_(main.id.is_(None), main.state.not_in(sorted(OPEN)))
    return rows.where(Complaint.state == State.MERGED, ended).order_by(Complaint.id)


def _running(case: Complaint) -> str:
    """Return the state a merged case would go back to: one that waited for an answer waits no longer."""
    return State.RECEIVED if case.state == State.SUPPLEMENT else case.state
