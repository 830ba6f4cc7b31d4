"""Name exemplary agencies, windows and persons: one person nominates, a second awards."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import (
    MOVES,
    Act,
    HonourKind,
    State,
    check_second_person,
    move,
    usual_end,
)
from chengxin.standing.sanctions import queries as sanctions

_VERBS = {Act.AWARD: "awarded", Act.DECLINE: "declined", Act.WITHDRAW: "withdrawn"}


def nominate(
    session: Session,
    *,
    actor: str,
    agency_id: int,
    level: str,
    year: int,
    kind: str = HonourKind.AGENCY,
    holder: str = "",
    batch: str = "",
    decision_no: str = "",
    merit: str = "",
    valid_until: date | None = None,
) -> Honour:
    """Propose a title; nothing is public before a second person awards it."""
    made = Honour(
        agency_id=agency_id,
        kind=kind,
        holder=holder,
        level=level,
        year=year,
        batch=batch,
        decision_no=decision_no,
        merit=merit,
        state=State.NOMINATED,
        nominated_by=account_of(actor),
        valid_until=valid_until or usual_end(year),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _record(session, made, actor=actor, verb="nominated")
    return made


def award(session: Session, *, actor: str, honour_id: int, version: int) -> Honour:
    """Award a nominated title; never by who nominated, and not while a sanction is in force."""
    honour = _by_version(session, honour_id, version)
    check_second_person(Act.AWARD, actor=actor, nominated_by=f"account:{honour.nominated_by}")
    today = clock.today()
    if sanctions.by_agency(session, honour.agency_id, today=today):
        raise DomainError(N_("A sanction is in force against this agency: it cannot be named exemplary now."))
    return _step(session, honour, Act.AWARD, actor=actor, awarded_by=account_of(actor), awarded_on=today)


def decline(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Turn a nomination down with a reason."""
    honour = _by_version(session, honour_id, version)
    return _step(session, honour, Act.DECLINE, actor=actor, reason=reason)


def withdraw(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Take an awarded title back with a reason; it counts no more from this moment."""
    honour = _by_version(session, honour_id, version)
    return _step(session, honour, Act.WITHDRAW, actor=actor, reason=reason)


def _step(
    session: Session, honour: Honour, act: Act, *, actor: str, reason: str = "", **values: Any
) -> Honour:
    """Take one step by compare-and-set and record it."""
    old, target = honour.state, move(honour.state, act, reason=reason)
    change(session, honour, version=honour.version, state=target, state_reason=reason.strip(), **values)
    _record(session, honour, actor=actor, verb=_VERBS[act], old=old, reason=reason, public=MOVES[act].public)
    return honour


def _record(
    session: Session,
    honour: Honour,
    *,
    actor: str,
    verb: str,
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
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


def _by_version(session: Session, honour_id: int, version: int) -> Honour:
    honour = session.get(Honour, honour_id)
    if honour is None:
        raise NotFoundError(N_("There is no such title."))
    check_version(honour, version)
    return honour
