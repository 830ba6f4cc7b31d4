"""Merging (并案): the same matter told twice is handled once, and everybody who told it is answered."""

from collections.abc import Sequence
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.sealing import Recipients
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import MessageKind, Seen, current, move_case, need, tell_complainant
from chengxin.voices.complaints.pauses import unpaused
from chengxin.voices.complaints.rules import OPEN, Move, State


def merge(
    session: Session, *, into: int, note: str, intake_key: Recipients, **seen: Unpack[Seen]
) -> Complaint:
    """Handle a case together with another one, and tell whoever filed it."""
    need(note, N_("Write to the complainant that the case is handled together with another."))
    case = current(session, seen["case_id"], seen["version"])
    main = session.get(Complaint, into, populate_existing=True)
    if main is None:
        raise NotFoundError(N_("There is no such case."))
    if main.id == case.id or main.state not in OPEN:
        raise DomainError(N_("A case can only be merged into another case that is still open."))
    if of_main(session, case.id):
        raise DomainError(N_("Other cases are merged into this one: merge them one by one instead."))
    changes = unpaused(case) | {"merged_into": main.id, "state_before": _running(case), "closed_on": None}
    case = move_case(session, Move.MERGE, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.MERGED, note, intake_key)
    return case


def unmerge(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Handle a merged case by itself again, where it was before; its terms ran on."""
    return move_case(session, Move.UNMERGE, changes={"merged_into": None, "state_before": ""}, **seen)


def of_main(session: Session, case_id: int) -> Sequence[Complaint]:
    """Return the cases that are handled together with a case, in the order they came."""
    rows = select(Complaint).where(Complaint.merged_into == case_id, Complaint.state == State.MERGED)
    return session.scalars(rows.order_by(Complaint.id)).all()


def follow(session: Session, *, actor: str, main: Complaint, reply: str, intake_key: Recipients) -> None:
    """Close the cases merged into one that was decided, each with the same finding and the same answer."""
    for case in of_main(session, main.id):
        changes: dict[str, object] = {"finding": main.finding, "closed_on": clock.today()}
        changes |= {"answered_by": main.answered_by}
        move_case(session, Move.FOLLOW, changes=changes, actor=actor, case_id=case.id, version=case.version)
        tell_complainant(session, case, MessageKind.DECIDED, reply, intake_key)


def _running(case: Complaint) -> str:
    """Return the state a merged case would go back to: one that waited for an answer waits no longer."""
    return State.RECEIVED if case.state == State.SUPPLEMENT else case.state
