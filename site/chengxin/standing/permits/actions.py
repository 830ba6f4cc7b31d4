"""Enter decisions about permits: at once by one person, or by two when it is a penalty."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import actions as register
from chengxin.agencies.models import Permit
from chengxin.agencies.permits import actions as permits
from chengxin.agencies.permits.rules import Change, Fact, publish_by
from chengxin.agencies.rules import PermitStatus, move_permit
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.standing.confirming import actions as confirming
from chengxin.standing.confirming.rules import Act, State
from chengxin.standing.permits.models import PermitAct
from chengxin.standing.permits.rules import check_days, check_fact, day_of, takes_two

STATUS = {Change.RESUMED: PermitStatus.VALID}


def enter(
    session: Session,
    *,
    actor: str,
    permit_id: int,
    change: Change,
    on_day: date,
    decided_on: date,
    decision_no: str,
    reason: str = "",
    fact: str = "",
    new: str = "",
) -> PermitAct:
    """Enter a decision; a penalty waits for a second person, everything else takes effect at once."""
    permit = session.get(Permit, permit_id)
    if permit is None:
        raise NotFoundError(N_("There is no such permit."))
    check_days(on_day=on_day, decided_on=decided_on, today=clock.today())
    wanted = check_fact(change, fact, new)
    if wanted is None:
        _check_move(permit, change)
    made = PermitAct(
        permit_id=permit_id,
        agency_id=permit.agency_id,
        change=change,
        fact=wanted or "",
        new=new.strip() if wanted else "",
        on_day=on_day,
        decided_on=decided_on,
        decision_no=decision_no,
        reason=reason.strip(),
        publish_by=publish_by(decided_on),
    )
    if takes_two(change):
        return confirming.add(session, made, actor=actor, tells=_tells)
    _apply(session, made, permit, actor=actor)
    made.confirmed_on = clock.today()
    return confirming.add(session, made, actor=actor, tells=_tells, state=State.IN_FORCE, verb="done")


def step(session: Session, *, actor: str, act_id: int, version: int, act: Act, reason: str = "") -> PermitAct:
    """Confirm or decline a penalty that waits; the permit changes when it is confirmed."""
    if act not in {Act.CONFIRM, Act.DECLINE}:
        raise DomainError(N_("A decision that took effect is changed by another decision."))
    made = confirming.existing(session, PermitAct, act_id)
    permit = session.get_one(Permit, made.permit_id)
    if act is Act.CONFIRM and made.state == State.PROPOSED:
        _check_move(permit, Change(made.change))
    stepped = confirming.step(
        session, made, act, actor=actor, version=version, tells=_tells, reason=reason, quiet=True
    )
    if act is Act.CONFIRM:
        _apply(session, made, permit, actor=actor)
    return stepped


def _apply(session: Session, made: PermitAct, permit: Permit, *, actor: str) -> None:
    if made.fact:
        fact = Fact(made.fact)
        new = day_of(made.new) if fact is Fact.VALID_TO else made.new
        permits.change(
            session,
            actor=actor,
            permit=permit,
            fact=fact,
            new=new,
            on=made.on_day,
            decision_no=made.decision_no,
            reason=made.reason,
        )
        return
    register.end_permit(
        session,
        actor=actor,
        permit=permit,
        to=_status(made.change),
        on=made.on_day,
        decision_no=made.decision_no,
        reason=made.reason,
    )


def _check_move(permit: Permit, change: Change) -> None:
    try:
        move_permit(permit.status, _status(change))
    except DomainError:
        raise DomainError(N_("A permit that stands so cannot change so: look at its status.")) from None


def _status(change: str) -> PermitStatus:
    return STATUS.get(Change(change)) or PermitStatus(change)


def _tells(made: PermitAct) -> dict[str, Any]:
    told = {"agency_id": made.agency_id, "permit": made.permit_id, "change": made.change}
    return told | {"decision_no": made.decision_no}
