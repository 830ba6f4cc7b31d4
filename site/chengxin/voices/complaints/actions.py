"""Everything that changes a complaint: each act is one move, one ledger event, one transaction."""

import secrets
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.core.receipts import ALPHABET
from chengxin.core.sealing import Recipients
from chengxin.ledger.actions import record, send
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    MessageKind,
    current,
    hear_complainant,
    move_case,
    tell_complainant,
    unpaused,
)
from chengxin.voices.complaints.rules import Finding, Move, Refusal, State
from chengxin.voices.complaints.sealed import Filing

SUFFIX = 8
# Both languages at once: the worker that sends it has no reader whose language it could ask for.
NEWS = {
    "subject": "有一件投诉待受理 / A complaint waits",
    "text": "有一件投诉等待受理，请登录办理台查看。\nA complaint waits to be accepted. Sign in to the desk to see it.\n",
}


def file(session: Session, *, actor: str, filing: Filing, tell: str = "") -> Complaint:
    """Store a complaint, or return the case this very form already made.

    The address to tell gets a mail without a word of the case, once.
    """
    existing = queries.by_code_hash(session, filing.code_hash)
    if existing is not None:
        return existing
    try:
        with session.begin_nested():
            case = _new_case(filing)
            session.add(case)
    except IntegrityError:
        twin = queries.by_code_hash(session, filing.code_hash)
        if twin is None:
            raise
        return twin
    record(
        session,
        actor=actor,
        verb="file",
        subject=Subject("complaint", case.id),
        new={"state": case.state, "category": case.category, "agency_id": case.agency_id},
    )
    if tell:
        send(session, kind="mail", payload={"to": tell, **NEWS})
    return case


def ask(
    session: Session,
    *,
    actor: str,
    case_id: int,
    version: int,
    note: str,
    intake_key: Recipients,
    reason: str = "",
) -> Complaint:
    """Ask the complainant for what is missing (待补正); the clock stands still until they answer."""
    _need(note, N_("Write to the complainant what is missing."))
    case = move_case(
        session,
        Move.ASK,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        paused_on=clock.today(),
    )
    tell_complainant(session, case, MessageKind.ASKED, note, intake_key)
    return case


def supply(
    session: Session, *, actor: str, case_id: int, version: int, text: str, intake_key: Recipients
) -> Complaint:
    """Add what the complainant was asked for (补正); the case waits for the staff again."""
    _need(text, N_("Write what you were asked for."))
    running = unpaused(current(session, case_id, version))
    case = move_case(session, Move.SUPPLY, actor=actor, case_id=case_id, version=version, **running)
    hear_complainant(session, case, text, intake_key)
    return case


def accept(
    session: Session,
    *,
    actor: str,
    case_id: int,
    version: int,
    note: str,
    intake_key: Recipients,
    reason: str = "",
) -> Complaint:
    """Take a case on (受理), with a word to the complainant if there is one."""
    running = unpaused(current(session, case_id, version))
    case = move_case(
        session,
        Move.ACCEPT,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        accepted_on=clock.today(),
        **running,
    )
    if note:
        tell_complainant(session, case, MessageKind.ACCEPTED, note, intake_key)
    return case


def refuse(
    session: Session,
    *,
    actor: str,
    case_id: int,
    version: int,
    refusal: Refusal,
    note: str,
    intake_key: Recipients,
    reason: str = "",
) -> Complaint:
    """Decline a case (不予受理) with a reason from the list and a letter that says what else can be done."""
    _need(note, N_("Write to the complainant why the case is not accepted and what else they can do."))
    case = move_case(
        session,
        Move.REFUSE,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        refusal=refusal,
        closed_on=clock.today(),
    )
    tell_complainant(session, case, MessageKind.REFUSED, note, intake_key)
    return case


def transfer(
    session: Session,
    *,
    actor: str,
    case_id: int,
    version: int,
    note: str,
    intake_key: Recipients,
    reason: str = "",
) -> Complaint:
    """Hand a case to the authority that is responsible (转办), with a letter that names it."""
    _need(note, N_("Write to the complainant which authority has the case now."))
    case = move_case(
        session,
        Move.TRANSFER,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        closed_on=clock.today(),
    )
    tell_complainant(session, case, MessageKind.TRANSFERRED, note, intake_key)
    return case


def withdraw(session: Session, *, actor: str, case_id: int, version: int) -> Complaint:
    """Take a complaint back, as its complainant wishes (撤回)."""
    return move_case(
        session, Move.WITHDRAW, actor=actor, case_id=case_id, version=version, closed_on=clock.today()
    )


def investigate(session: Session, *, actor: str, case_id: int, version: int, reason: str = "") -> Complaint:
    """Start the investigation of an accepted case (立案调查)."""
    return move_case(session, Move.INVESTIGATE, actor=actor, case_id=case_id, version=version, reason=reason)


def decide(
    session: Session,
    *,
    actor: str,
    case_id: int,
    version: int,
    finding: Finding,
    reply: str,
    intake_key: Recipients,
    reason: str = "",
) -> Complaint:
    """Record what was found, answer the complainant and so close the case (办结)."""
    _need(reply, N_("Write the answer the complainant will read."))
    decided = move_case(
        session,
        Move.DECIDE,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        finding=finding,
    )
    tell_complainant(session, decided, MessageKind.DECIDED, reply, intake_key)
    return move_case(
        session, Move.CLOSE, actor=actor, case_id=case_id, version=decided.version, closed_on=clock.today()
    )


def discard(session: Session, *, actor: str, case_id: int, version: int, reason: str) -> Complaint:
    """Set a case aside that holds nothing to handle; the reason stays in the ledger."""
    _need(reason, N_("Say why the case is set aside."))
    return move_case(
        session,
        Move.DISCARD,
        actor=actor,
        case_id=case_id,
        version=version,
        reason=reason,
        closed_on=clock.today(),
    )


def assign(session: Session, *, actor: str, case_id: int, version: int, officer_id: int | None) -> Complaint:
    """Give a case to an officer, or back to nobody."""
    case = current(session, case_id, version)
    before = case.assigned_to
    change(session, case, version=version, assigned_to=officer_id)
    record(
        session,
        actor=actor,
        verb="assign",
        subject=Subject("complaint", case.id),
        old={"assigned_to": before},
        new={"assigned_to": officer_id},
    )
    return case


def _new_case(filing: Filing) -> Complaint:
    today = clock.today()
    terms = rules.terms(today)
    return Complaint(
        case_no=_case_no(today),
        code_hash=filing.code_hash,
        reply_key=filing.reply_key,
        agency_id=filing.agency_id,
        region_code=filing.region_code,
        respondent=filing.respondent,
        category=filing.category,
        contact_kind=filing.contact_kind,
        sealed_facts=filing.sealed_facts,
        sealed_contact=filing.sealed_contact,
        consent_version=rules.CONSENT_VERSION,
        state=State.RECEIVED,
        received_on=today,
        accept_by=terms.accept.date,
        answer_by=terms.answer.date,
        provisional=terms.provisional,
        version=1,
        received_at=clock.now(),
    )


def _case_no(today: date) -> str:
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(SUFFIX))
    return f"TS{today:%Y%m%d}-{suffix[:4]}-{suffix[4:]}"


def _need(text: str, message: str) -> None:
    if not text.strip():
        raise DomainError(message)
