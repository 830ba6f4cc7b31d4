"""The one door through which titles and rounds change state: compare, set, and write one event."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import MOVES, Act, move

VERBS = {
    Act.CHECK: "checked",
    Act.SHORTLIST: "shortlisted",
    Act.REFUSE: "refused",
    Act.DROP: "dropped",
    Act.ANNOUNCE: "announced",
    Act.RECONSIDER: "reconsidered",
    Act.AWARD: "awarded",
    Act.PROPOSE_WITHDRAWAL: "withdrawal_proposed",
    Act.KEEP: "kept",
    Act.WITHDRAW: "withdrawn",
}


def held_selection(session: Session, selection_id: int, version: int | None = None) -> Selection:
    """Return a round, held against others until the transaction ends; with the version a person saw."""
    selection = session.get(Selection, selection_id, with_for_update=True, populate_existing=True)
    if selection is None:
        raise NotFoundError(N_("There is no such round."))
    if version is not None:
        check_version(selection, version)
    return selection


def held_entry(session: Session, honour_id: int, version: int) -> tuple[Honour, Selection]:
    """Return a title of the version a person saw, and its round, held against others."""
    honour = session.get(Honour, honour_id)
    if honour is None:
        raise NotFoundError(N_("There is no such title."))
    selection = held_selection(session, honour.selection_id)
    session.refresh(honour)
    check_version(honour, version)
    return honour, selection


def step(
    session: Session,
    honour: Honour,
    act: Act,
    *,
    during: str,
    actor: str,
    reason: str = "",
    **values: Any,
) -> Honour:
    """Take one step of a title and record it; `during` is the state its round is in."""
    old, target = honour.state, move(honour.state, act, during=during, reason=reason)
    change(session, honour, version=honour.version, state=target, **values)
    record(session, honour, actor=actor, verb=VERBS[act], old=old, reason=reason, public=MOVES[act].public)
    return honour


def record(
    session: Session,
    honour: Honour,
    *,
    actor: str,
    verb: str,
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
    """Write one event of a title; it never holds the name of a window or a person."""
    ledger.record(
        session,
        actor=actor,
        verb=f"honour.{verb}",
        subject=Subject("honour", honour.id),
        old={"state": old} if old else None,
        new={"state": honour.state, "agency_id": honour.agency_id, "year": honour.year},
        reason=reason.strip(),
        public=public,
    )


def record_selection(
    session: Session,
    selection: Selection,
    *,
    actor: str,
    verb: str,
    old: str = "",
    reason: str = "",
    public: bool = False,
    **told: object,
) -> None:
    """Write one event of a round."""
    ledger.record(
        session,
        actor=actor,
        verb=f"selection.{verb}",
        subject=Subject("selection", selection.id),
        old={"state": old} if old else None,
        new={"state": selection.state, "year": selection.year, "level": selection.level, **told},
        reason=reason.strip(),
        public=public,
    )


def names_together(names: Sequence[str]) -> str:
    """Return some names as one text for a message."""
    return "、".join(dict.fromkeys(names))
