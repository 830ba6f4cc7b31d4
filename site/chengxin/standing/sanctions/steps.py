"""The one door between the states of a notice: compare, set, record."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions.deadlines import USUAL, Practice, next_due
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import ENDED, MOVES, Act, State, move
from chengxin.standing.sanctions.stages import Course

_VERBS = {
    Act.SUBMIT: "submitted",
    Act.RETURN: "returned",
    Act.REJECT: "rejected",
    Act.APPROVE: "approved",
    Act.TELL: "told",
    Act.REPLY: "replied",
    Act.REQUEST_HEARING: "hearing_requested",
    Act.HOLD_HEARING: "heard",
    Act.DECIDE: "decided",
    Act.SERVE: "served",
    Act.PUBLISH: "published",
    Act.PUBLISH_URGENTLY: "published_urgently",
    Act.CONFIRM_URGENT: "urgency_confirmed",
    Act.REFUSE_URGENT: "urgency_refused",
    Act.LAPSE: "lapsed",
    Act.PROPOSE_END: "end_proposed",
    Act.DECLINE_END: "end_declined",
    Act.REPAIR: "repaired",
    Act.WITHDRAW: "withdrawn",
    Act.EXPIRE: "expired",
    Act.ARCHIVE: "archived",
}


def step(
    session: Session,
    sanction: Sanction,
    act: Act,
    *,
    actor: str,
    reason: str,
    practice: Practice = USUAL,
    target: State | None = None,
    **values: Any,
) -> Sanction:
    """Take one step by compare-and-set and record it; this is the only door between states."""
    old, usual = sanction.state, move(sanction.state, act, reason=reason)
    state = target or usual
    given = {"state_reason": reason.strip(), **values} if state != old else dict(values)
    if act is Act.PROPOSE_END:
        given["proposed_end_on"] = clock.today()
    if state in ENDED:
        given["ended_as"] = state
    course = replace(course_of(sanction), state=state, **_known(given))
    change(
        session,
        sanction,
        version=sanction.version,
        state=state,
        due_on=next_due(course, practice),
        **given,
    )
    record(
        session,
        sanction,
        actor=actor,
        verb=f"sanction.{_VERBS[act]}",
        old=old,
        new={"state": state, "proposed_end": sanction.proposed_end},
        reason=reason,
        public=MOVES[act].public,
    )
    return sanction


def course_of(sanction: Sanction) -> Course:
    """Return what the rules have to know of a notice's proceedings."""
    return Course(**{each.name: getattr(sanction, each.name) for each in fields(Course)})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those values that belong to the proceedings."""
    return {each.name: values[each.name] for each in fields(Course) if each.name in values}


def record(
    session: Session,
    sanction: Sanction,
    *,
    actor: str,
    verb: str,
    new: Mapping[str, Any],
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
    """Record a fact of a notice; never its words, which must stay erasable."""
    ledger.record(
        session,
        actor=actor,
        verb=verb,
        subject=Subject("sanction", sanction.id),
        old={"state": old} if old else None,
        new=fact(sanction, new),
        reason=reason.strip(),
        public=public,
    )


def fact(sanction: Sanction, new: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event tells: the change, the agency and the notice's address."""
    told = {"agency_id": sanction.agency_id, "year": sanction.year, "number": sanction.number}
    return {**new, **told}


def by_version(session: Session, sanction_id: int, version: int) -> Sanction:
    """Return a notice if it is still the version a person saw, and keep others from it until the end."""
    sanction = session.get(Sanction, sanction_id, with_for_update=True)
    if sanction is None:
        raise NotFoundError(N_("There is no such notice."))
    check_version(sanction, version)
    return sanction
