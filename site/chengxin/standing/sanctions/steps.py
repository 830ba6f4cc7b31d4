"""The one door between the states of a notice: compare, set, record."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import MOVES, Act, move

_VERBS = {
    Act.SUBMIT: "submitted",
    Act.RETURN: "returned",
    Act.REJECT: "rejected",
    Act.PUBLISH: "published",
    Act.PROPOSE_END: "end_proposed",
    Act.DECLINE_END: "end_declined",
    Act.REPAIR: "repaired",
    Act.WITHDRAW: "withdrawn",
}


def step(
    session: Session, sanction: Sanction, act: Act, *, actor: str, reason: str, **values: Any
) -> Sanction:
    """Take one step by compare-and-set and record it; this is the only door between states."""
    old, target = sanction.state, move(sanction.state, act, reason=reason)
    given = {"state_reason": reason.strip(), **values} if target != old else values
    change(session, sanction, version=sanction.version, state=target, **given)
    new = {"state": target, "proposed_end": sanction.proposed_end}
    record(
        session,
        sanction,
        actor=actor,
        verb=f"sanction.{_VERBS[act]}",
        old=old,
        new=new,
        reason=reason,
        public=MOVES[act].public,
    )
    return sanction


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
    """Return a notice if it is still the version a person saw."""
    sanction = session.get(Sanction, sanction_id)
    if sanction is None:
        raise NotFoundError(N_("There is no such notice."))
    check_version(sanction, version)
    return sanction
