"""Take an objection from its receipt to its decision and review; each act is one move and one event."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.workdays import add_workdays
from chengxin.intake.counting import Door, Guard
from chengxin.intake.resends import stored_once
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.objections import queries
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import (
    MOST_MARK,
    REVIEW_WORKDAYS,
    Act,
    Ground,
    Outcome,
    State,
    Target,
    Terms,
    check_impartial,
    check_in_time,
    check_text,
    is_visible,
    move,
    terms,
)
from chengxin.standing.objections.sealed import Filing

_VERBS = {
    Act.MARK: "marked",
    Act.REFUSE: "refused",
    Act.DECIDE: "decided",
    Act.ASK_REVIEW: "review_asked",
    Act.REVIEW: "reviewed",
    Act.WITHDRAW: "withdrawn",
}


def receive(
    session: Session,
    *,
    actor: str,
    filing: Filing,
    due: Terms | None = None,
    guard: Guard | None = None,
) -> Objection:
    """Store an objection, or return the one this very form already made; nobody outside sees it yet.

    A guard counts it; who is signed in needs none.
    """
    said = filing.dispute
    check_text(said.text)

    def new() -> Objection:
        made = _new(filing, due or terms(clock.today()), actor)
        about = f"{said.target_kind} {said.target_id}" if said.target_id else ""
        made.in_surge = bool(guard and guard.let_in(session, Door.OBJECTIONS, about))
        return made

    made, is_new = stored_once(session, filing, find=queries.by_code_hash, made=new)
    if is_new:
        _record(session, made, actor=actor, verb="received")
    return made


def mark(session: Session, *, actor: str, objection_id: int, version: int, words: str) -> Objection:
    """Mark the disputed record with what is objected to, in neutral words; it stays public."""
    if len(words.strip()) > MOST_MARK:
        raise DomainError(N_("Keep the mark to 200 characters: readers see it beside the record."))
    values = {"mark": words.strip(), "marked_on": clock.today()}
    return _step(session, Act.MARK, (objection_id, version), actor=actor, reason=words, **values)


def refuse(session: Session, *, actor: str, objection_id: int, version: int, reason: str) -> Objection:
    """Turn away what is no objection, with a reason; the record is never marked."""
    values = {"decision": reason.strip(), "decided_on": clock.today(), "decided_by": account_of(actor)}
    return _step(session, Act.REFUSE, (objection_id, version), actor=actor, reason=reason, **values)


def decide(
    session: Session,
    *,
    actor: str,
    objection_id: int,
    version: int,
    outcome: str,
    reason: str,
    first_persons: Iterable[str] = (),
) -> Objection:
    """Decide an objection with a reason; never by somebody who wrote what is disputed."""
    check_impartial(actor, first_persons)
    values = {
        "outcome": Outcome(outcome),
        "decision": reason.strip(),
        "decided_on": clock.today(),
        "decided_by": account_of(actor),
    }
    return _step(session, Act.DECIDE, (objection_id, version), actor=actor, reason=reason, **values)


def ask_review(session: Session, *, actor: str, objection_id: int, version: int, reason: str) -> Objection:
    """Take a decided objection to the upper level (上级复核); the mark comes back meanwhile."""
    objection = _by_version(session, objection_id, version)
    check_in_time(objection.decided_on, clock.today())
    values = {"review_by": add_workdays(clock.today(), REVIEW_WORKDAYS).date}
    return _step(session, Act.ASK_REVIEW, (objection_id, version), actor=actor, reason=reason, **values)


def review(
    session: Session, *, actor: str, objection_id: int, version: int, outcome: str, reason: str
) -> Objection:
    """Give the last word on an objection; never by who decided it before."""
    objection = _by_version(session, objection_id, version)
    check_impartial(actor, [f"account:{objection.decided_by}"])
    values = {
        "review_outcome": Outcome(outcome),
        "review_decision": reason.strip(),
        "reviewed_on": clock.today(),
        "reviewed_by": account_of(actor),
    }
    return _step(session, Act.REVIEW, (objection_id, version), actor=actor, reason=reason, **values)


def withdraw(session: Session, *, actor: str, objection_id: int, version: int, reason: str = "") -> Objection:
    """Take an objection back, as its applicant wishes."""
    return _step(session, Act.WITHDRAW, (objection_id, version), actor=actor, reason=reason)


def _step(
    session: Session, act: Act, seen: tuple[int, int], *, actor: str, reason: str, **values: Any
) -> Objection:
    """Take one step by compare-and-set and record it; it is public when the record's mark or log changes."""
    objection = _by_version(session, *seen)
    old, target = objection.state, move(objection.state, act, reason=reason)
    change(session, objection, version=objection.version, state=target, **values)
    shown = is_visible(old) or is_visible(target)
    verb = _VERBS[act]
    _record(session, objection, actor=actor, verb=verb, old=old, reason=reason, public=shown)
    return objection


def _record(
    session: Session,
    objection: Objection,
    *,
    actor: str,
    verb: str,
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
    """Record a fact of an objection; never what its applicant wrote."""
    ledger.record(
        session,
        actor=actor,
        verb=f"objection.{verb}",
        subject=Subject("objection", objection.id),
        old={"state": old} if old else None,
        new={
            "state": objection.state,
            "about": f"{objection.target_kind}:{objection.target_id or ''}",
            "ground": objection.ground,
            "outcome": objection.review_outcome or objection.outcome,
        },
        reason=reason.strip(),
        public=public and objection.target_id is not None,
    )


def _new(filing: Filing, due: Terms, actor: str) -> Objection:
    said = filing.dispute
    return Objection(
        code_hash=filing.code_hash,
        reply_key=filing.reply_key,
        target_kind=Target(said.target_kind),
        target_id=said.target_id,
        agency_id=said.agency_id,
        applicant=said.applicant,
        ground=Ground(said.ground),
        sealed_text=filing.sealed_text,
        sealed_contact=filing.sealed_contact,
        state=State.RECEIVED,
        received_on=clock.today(),
        mark_by=due.mark_by,
        answer_by=due.answer_by,
        filed_by=account_of(actor),
        received_at=clock.now(),
    )


def _by_version(session: Session, objection_id: int, version: int) -> Objection:
    objection = session.get(Objection, objection_id)
    if objection is None:
        raise NotFoundError(N_("There is no such objection."))
    check_version(objection, version)
    return objection
