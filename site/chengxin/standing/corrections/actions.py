"""Correct a public notice: one person proposes the new words, a second puts them in force."""

import json
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import CHANGED_MEANWHILE, change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError, StaleError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of, canonical
from chengxin.standing.corrections import queries
from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import (
    State,
    changed_fields,
    check_open,
    check_proposal,
    check_second_person,
)
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.revisions import correct
from chengxin.standing.sanctions.rules import check_complete, check_decision_date, is_public
from chengxin.standing.sanctions.steps import by_version
from chengxin.standing.sanctions.wording import NEEDED, NO_ARTICLES, Wording
from chengxin.standing.sanctions.wording import wording_of as words_in_force

DAYS = frozenset({each.name for each in fields(Wording) if "date" in str(each.type)})


def propose(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    wording: Wording,
    note: str,
    objection_id: int | None = None,
) -> Correction:
    """Propose new words for a public notice; it stays as it is until a second person agrees."""
    sanction = by_version(session, sanction_id, version)
    before = asdict(words_in_force(sanction))
    articles = wording.basis_articles if wording.basis == before["basis"] else NO_ARTICLES
    after = asdict(replace(wording, complaint_id=sanction.complaint_id, basis_articles=articles))
    changed = changed_fields(before, after)
    check_proposal(
        public=is_public(sanction.state, sanction.max_until, clock.today()),
        open_already=queries.open_of_sanction(session, sanction_id) is not None,
        changed=changed,
        note=note,
    )
    check_complete(after, NEEDED)
    check_decision_date(wording.decision_date, clock.today())
    made = Correction(
        sanction_id=sanction_id,
        objection_id=objection_id,
        note=note.strip(),
        before=canonical(before) or "{}",
        content=canonical(after) or "{}",
        state=State.PROPOSED,
        proposed_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _record(session, made, actor=actor, verb="proposed", fields=changed)
    return made


def confirm(session: Session, *, actor: str, correction_id: int, version: int) -> Correction:
    """Put the proposed words in force: a new public revision, with its term counted again."""
    correction, sanction = _open(session, correction_id, version)
    check_second_person(actor, f"account:{correction.proposed_by}")
    if not is_public(sanction.state, sanction.max_until, clock.today()):
        raise DomainError(N_("Only a notice that is public now can be corrected."))
    if canonical(asdict(words_in_force(sanction))) != correction.before:
        raise StaleError(CHANGED_MEANWHILE)
    before = sanction.agency_id
    correct(session, actor=actor, sanction=sanction, wording=wording_of(correction), note=correction.note)
    _release(session, before, sanction, actor=actor)
    return _close(session, correction, State.CONFIRMED, actor=actor)


def decline(session: Session, *, actor: str, correction_id: int, version: int, reason: str) -> Correction:
    """Leave the notice as it stands, with a reason."""
    if not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    correction, _ = _open(session, correction_id, version)
    return _close(session, correction, State.DECLINED, actor=actor, reason=reason.strip())


def wording_of(correction: Correction) -> Wording:
    """Return the proposed words."""
    told: dict[str, Any] = json.loads(correction.content)
    known = {each.name for each in fields(Wording)}
    values = {name: _value(name, value) for name, value in told.items() if name in known}
    return Wording(**values)


def both(correction: Correction) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the notice said when the correction was proposed, and what it is to say."""
    return json.loads(correction.before), json.loads(correction.content)


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in DAYS and value else value


def _release(session: Session, before: int | None, sanction: Sanction, *, actor: str) -> None:
    """Tell those who follow agencies that one of them is no longer named by the notice."""
    if before is not None and before != sanction.agency_id:
        subject = Subject("agency", before)
        ledger.record(session, actor=actor, verb="agency.notice_moved", subject=subject)


def _close(
    session: Session, correction: Correction, state: State, *, actor: str, reason: str = ""
) -> Correction:
    decided = {"confirmed_by": account_of(actor)} if state is State.CONFIRMED else {}
    change(
        session,
        correction,
        version=correction.version,
        state=state,
        reason=reason,
        decided_on=clock.today(),
        **decided,
    )
    _record(session, correction, actor=actor, verb=state, reason=reason)
    return correction


def _record(
    session: Session,
    correction: Correction,
    *,
    actor: str,
    verb: str,
    reason: str = "",
    fields: list[str] | None = None,
) -> None:
    """Record a step of a correction; the public event is the notice's own."""
    ledger.record(
        session,
        actor=actor,
        verb=f"correction.{verb}",
        subject=Subject("correction", correction.id),
        new={
            "state": correction.state,
            "sanction_id": correction.sanction_id,
            "objection_id": correction.objection_id,
            **({"fields": fields} if fields else {}),
        },
        reason=reason,
    )


def _open(session: Session, correction_id: int, version: int) -> tuple[Correction, Sanction]:
    correction = session.get(Correction, correction_id)
    if correction is None:
        raise NotFoundError(N_("There is no such correction."))
    check_version(correction, version)
    check_open(correction.state)
    sanction = session.get(Sanction, correction.sanction_id)
    assert sanction is not None
    return correction, sanction
