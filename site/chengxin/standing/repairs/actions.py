"""Take a request for credit repair from its filing to its decision; granting it ends the notice."""

from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.repairs import queries
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import (
    DECIDE_WORKDAYS,
    Act,
    Applicant,
    Request,
    State,
    check_day,
    check_request,
    check_term,
    decision_term,
    first_day,
    move,
)
from chengxin.standing.sanctions import ends
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State as NoticeState
from chengxin.standing.sanctions.rules import is_public

_VERBS = {
    Act.ACCEPT: "accepted",
    Act.RETURN: "returned",
    Act.PROPOSE: "grant_proposed",
    Act.CONFIRM: "granted",
    Act.DECLINE: "grant_declined",
    Act.REFUSE: "refused",
    Act.WITHDRAW: "withdrawn",
    Act.LAPSE: "lapsed",
}
# A reason is content of the record, in the language of the decisions.
NOT_ENDED = "在公告页面上未同意提前结束公示。"
# The steps whose reason the agency reads.
_ANSWERS = frozenset({Act.RETURN, Act.REFUSE, Act.CONFIRM})


def request(
    session: Session, *, actor: str, sanction_id: int, asked: Request, applicant: str = Applicant.AGENCY
) -> Repair:
    """File a request about a public notice whose shortest term is over."""
    check_request(asked)
    sanction, today = _sanction(session, sanction_id), clock.today()
    check_day(
        public=is_public(sanction.state, sanction.max_until, today),
        first=first_day(sanction.min_until, sanction.decision_date),
        today=today,
        open_already=bool(queries.open_of_sanction(session, sanction_id)),
    )
    made = Repair(
        **vars(asked),
        sanction_id=sanction_id,
        agency_id=sanction.agency_id,
        applicant=Applicant(applicant),
        state=State.REQUESTED,
        requested_on=today,
        check_by=check_term(today),
        filed_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _record(session, made, actor=actor, verb="requested")
    return made


def accept(
    session: Session,
    *,
    actor: str,
    repair_id: int,
    version: int,
    reason: str = "",
    decide_days: int = DECIDE_WORKDAYS,
) -> Repair:
    """Take on a request that is complete; the term of the decision begins."""
    today = clock.today()
    values = {"accepted_on": today, "decide_by": decision_term(today, decide_days)}
    repair = _by_version(session, repair_id, version)
    return _step(session, repair, Act.ACCEPT, actor=actor, reason=reason, **values)


def return_incomplete(session: Session, *, actor: str, repair_id: int, version: int, reason: str) -> Repair:
    """Give a request back that lacks something; a new one may be filed at any time."""
    repair = _by_version(session, repair_id, version)
    return _step(session, repair, Act.RETURN, actor=actor, reason=reason, **_decided(actor))


def propose_grant(session: Session, *, actor: str, repair_id: int, version: int, reason: str) -> Repair:
    """Propose to end the notice; it stays public until a second person agrees."""
    repair = _by_version(session, repair_id, version)
    sanction = _sanction(session, repair.sanction_id)
    ends.propose_end(
        session,
        actor=actor,
        sanction_id=sanction.id,
        version=sanction.version,
        end=NoticeState.REPAIRED,
        reason=reason,
    )
    proposer = account_of(actor)
    return _step(session, repair, Act.PROPOSE, actor=actor, reason=reason, proposed_by=proposer)


def confirm_grant(session: Session, *, actor: str, repair_id: int, version: int) -> Repair:
    """Grant a request as somebody else proposed; publication, sharing and use of the notice end."""
    repair = _by_version(session, repair_id, version)
    move(repair.state, Act.CONFIRM)
    sanction = _sanction(session, repair.sanction_id)
    reason = sanction.proposed_end_reason
    ends.confirm_end(session, actor=actor, sanction_id=sanction.id, version=sanction.version)
    return _step(session, repair, Act.CONFIRM, actor=actor, reason=reason, **_decided(actor))


def decline_grant(session: Session, *, actor: str, repair_id: int, version: int, reason: str) -> Repair:
    """Do not follow the proposal; the request is open again and the notice stays public."""
    repair = _by_version(session, repair_id, version)
    move(repair.state, Act.DECLINE, reason=reason)
    sanction = _sanction(session, repair.sanction_id)
    ends.decline_end(session, actor=actor, sanction_id=sanction.id, version=sanction.version, reason=reason)
    return _step(session, repair, Act.DECLINE, actor=actor, reason=reason, proposed_by=None)


def refuse(session: Session, *, actor: str, repair_id: int, version: int, reason: str) -> Repair:
    """Refuse a request with a reason; the notice stays, and the agency may ask again."""
    repair = _by_version(session, repair_id, version)
    return _step(session, repair, Act.REFUSE, actor=actor, reason=reason, **_decided(actor))


def withdraw(session: Session, *, actor: str, repair_id: int, version: int, reason: str = "") -> Repair:
    """Take a request back, as the agency wishes."""
    repair = _by_version(session, repair_id, version)
    return _step(session, repair, Act.WITHDRAW, actor=actor, reason=reason)


def settle(session: Session, *, actor: str) -> int:
    """Let every open request follow its notice, which ended or stayed without it; return how many moved."""
    due = queries.left_behind(session, today=clock.today())
    for each in due:
        _follow(session, each, _sanction(session, each.sanction_id), actor=actor)
    return len(due)


def _follow(session: Session, repair: Repair, sanction: Sanction, *, actor: str) -> None:
    if sanction.ended_as == NoticeState.REPAIRED and repair.state == State.GRANTING:
        decided = {"decided_by": sanction.ended_by, "decided_on": sanction.ended_on}
        _step(session, repair, Act.CONFIRM, actor=actor, reason=sanction.state_reason, **decided)
    elif is_public(sanction.state, sanction.max_until, clock.today()):
        _step(session, repair, Act.DECLINE, actor=actor, reason=NOT_ENDED, proposed_by=None)
    else:
        _step(session, repair, Act.LAPSE, actor=actor, reason="", decided_on=clock.today())


def _step(session: Session, repair: Repair, act: Act, *, actor: str, reason: str, **values: Any) -> Repair:
    """Take one step by compare-and-set and record it; what readers see changes with the notice's own event."""
    old, target = repair.state, move(repair.state, act, reason=reason)
    told = {"reason": reason.strip()} if act in _ANSWERS else {}
    change(session, repair, version=repair.version, state=target, **told, **values)
    _record(session, repair, actor=actor, verb=_VERBS[act], old=old, reason=reason)
    return repair


def _decided(actor: str) -> dict[str, Any]:
    return {"decided_by": account_of(actor), "decided_on": clock.today()}


def _record(
    session: Session, repair: Repair, *, actor: str, verb: str, old: str = "", reason: str = ""
) -> None:
    ledger.record(
        session,
        actor=actor,
        verb=f"repair.{verb}",
        subject=Subject("repair", repair.id),
        old={"state": old} if old else None,
        new={"state": repair.state, "sanction_id": repair.sanction_id, "agency_id": repair.agency_id},
        reason=reason.strip(),
    )


def _sanction(session: Session, sanction_id: int) -> Sanction:
    sanction = session.get(Sanction, sanction_id)
    if sanction is None:
        raise NotFoundError(N_("There is no such notice."))
    return sanction


def _by_version(session: Session, repair_id: int, version: int) -> Repair:
    repair = session.get(Repair, repair_id)
    if repair is None:
        raise NotFoundError(N_("There is no such request."))
    check_version(repair, version)
    return repair
