"""The one door between the states of a record of two persons: compare, set, record."""

from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.confirming.rules import MOVES, Act, State, check_second_person, first_person, move
from chengxin.standing.twohands import Proposed

VERBS = {
    Act.CONFIRM: "confirmed",
    Act.DECLINE: "declined",
    Act.PROPOSE_REMOVAL: "removal_proposed",
    Act.KEEP: "kept",
    Act.REMOVE: "removed",
}
Kept = TypeVar("Kept", bound=Proposed)


class Telling(Protocol):
    """Say what an event tells of a record: never words that must stay erasable."""

    def __call__(self, record: Any, /) -> dict[str, Any]:
        """Return the facts of a record."""


def add(
    session: Session,
    record: Kept,
    *,
    actor: str,
    tells: Telling,
    state: State = State.PROPOSED,
    verb: str = "",
) -> Kept:
    """Keep a new record as somebody proposed it."""
    record.state, record.proposed_by, record.created_at = state, account_of(actor), clock.now()
    session.add(record)
    session.flush()
    public = state is State.IN_FORCE
    _record(session, record, actor=actor, verb=verb or "proposed", tells=tells, public=public)
    return record


def step(
    session: Session,
    record: Kept,
    act: Act,
    *,
    actor: str,
    version: int,
    tells: Telling,
    reason: str = "",
    quiet: bool = False,
) -> Kept:
    """Take one step of a record that is still the version a person saw."""
    check_version(record, version)  # type: ignore[arg-type]
    proposed = bool(getattr(record, "end_reason", ""))
    old, account = record.state, account_of(actor)
    target = move(old, act, removal_proposed=proposed, reason=reason)
    first = first_person(
        act, proposed_by=record.proposed_by, end_proposed_by=getattr(record, "end_proposed_by", None)
    )
    check_second_person(act, account=account, first=first)
    values = _values(act, account=account, reason=reason)
    change(session, record, version=version, state=target, **values)  # type: ignore[arg-type]
    public = MOVES[act].public and not quiet
    _record(session, record, actor=actor, verb=VERBS[act], tells=tells, old=old, reason=reason, public=public)
    return record


def _values(act: Act, *, account: int | None, reason: str) -> dict[str, Any]:
    """Return the columns an act sets besides the state."""
    values: dict[Act, dict[str, Any]] = {
        Act.CONFIRM: {"confirmed_by": account, "confirmed_on": clock.today()},
        Act.DECLINE: {"state_reason": reason.strip()},
        Act.PROPOSE_REMOVAL: {"end_proposed_by": account, "end_reason": reason.strip()},
        Act.KEEP: {"end_proposed_by": None, "end_reason": ""},
        Act.REMOVE: {"ended_by": account, "ended_on": clock.today()},
    }
    return values[act]


def existing(session: Session, model: type[Kept], record_id: int) -> Kept:
    """Return a record, or say that there is none."""
    record = session.get(model, record_id)
    if record is None:
        raise NotFoundError(N_("There is no such record."))
    return record


def subject_of(record: Proposed) -> Subject:
    """Return a record as the subject of an event."""
    return Subject(str(getattr(record, "__tablename__", "")), record.id)


def _record(
    session: Session,
    record: Proposed,
    *,
    actor: str,
    verb: str,
    tells: Telling,
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
    subject = subject_of(record)
    ledger.record(
        session,
        actor=actor,
        verb=f"{subject.kind}.{verb}",
        subject=subject,
        old={"state": old} if old else None,
        new={"state": record.state, **tells(record)},
        reason=reason.strip(),
        public=public,
    )
