"""Everything that changes a complaint: each act is one move, one ledger event, one transaction."""

import secrets
from datetime import date
from typing import Unpack

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_
from chengxin.core.receipts import ALPHABET
from chengxin.core.sealing import Recipients
from chengxin.intake.resends import stored_once
from chengxin.intake.telling import tell_staff
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject, account_of
from chengxin.voices.complaints import merging, queries, rules
from chengxin.voices.complaints.clocks import Deadline, Phase, deadline
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    SINGLE,
    MessageKind,
    Seen,
    answer_within,
    current,
    move_case,
    need,
    need_letter,
    taken_up,
    tell_complainant,
)
from chengxin.voices.complaints.pauses import stood_still, unpaused
from chengxin.voices.complaints.rules import Dismissal, Finding, Move, Refusal, State
from chengxin.voices.complaints.sealed import Filing

SUFFIX = 8
PREFIX = {rules.Track.COMPLAINT: "TS", rules.Track.REPORT: "JB"}
# Both languages at once: the worker that sends it has no reader whose language it could ask for.
NEWS = {
    "subject": "有一件投诉待受理 / A complaint waits",
    "text": "有一件投诉等待受理，请登录办理台查看。\nA complaint waits to be accepted. Sign in to the desk to see it.\n",
}


def file(session: Session, *, actor: str, filing: Filing, tell: str = "") -> Complaint:
    """Store a complaint, or return the case this very form already made.

    The address to tell gets a mail without a word of the case, once.
    """
    case, is_new = stored_once(session, filing, find=queries.by_code_hash, made=lambda: _new_case(filing))
    if not is_new:
        return case
    record(
        session,
        actor=actor,
        verb="file",
        subject=Subject("complaint", case.id),
        new={
            "state": case.state,
            "track": case.track,
            "category": case.category,
            "agency_id": case.agency_id,
        },
    )
    tell_staff(session, to=tell, news=NEWS)
    return case


def accept(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Take a case on (受理), with a word to the complainant if there is one."""
    changes = unpaused(current(session, seen["case_id"], seen["version"]))
    case = move_case(session, Move.ACCEPT, changes={**changes, "accepted_on": clock.today()}, **seen)
    if note:
        tell_complainant(session, case, MessageKind.ACCEPTED, note, intake_key)
    return case


def refuse(
    session: Session, *, refusal: Refusal, note: str, intake_key: Recipients, **seen: Unpack[Seen]
) -> Complaint:
    """Decline a case (不予受理) with a reason from the list and a letter that says what else can be done.

    A report needs no letter: whoever made it is told no more than that it was handled.
    """
    case = current(session, seen["case_id"], seen["version"])
    message = N_("Write to the complainant why the case is not accepted and what else they can do.")
    need_letter([case], MessageKind.REFUSED, note, message)
    changes: dict[str, object] = {"refusal": refusal, "closed_on": clock.today(), "paused_on": None}
    changes |= {"answered_by": account_of(seen["actor"])}
    case = move_case(session, Move.REFUSE, changes=changes, **seen)
    if note:
        tell_complainant(session, case, MessageKind.REFUSED, note, intake_key)
    return case


def transfer(
    session: Session, *, note: str, intake_key: Recipients, to: str = "", **seen: Unpack[Seen]
) -> Complaint:
    """Hand a case to the authority that is responsible (转办), with a letter that names it."""
    need(note, N_("Write to the complainant which authority has the case now."))
    changes: dict[str, object] = {"transferred_to": to, "closed_on": clock.today(), "paused_on": None}
    case = move_case(session, Move.TRANSFER, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.TRANSFERRED, note, intake_key)
    return case


def withdraw(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Take a case back, as whoever filed it wishes (撤回); its officer is told by a line of the queue."""
    changes: dict[str, object] = {"closed_on": clock.today(), "paused_on": None, **SINGLE}
    changes |= {"heard_at": clock.now()}
    return move_case(session, Move.WITHDRAW, changes=changes, **seen)


def go_on(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Go on with what was taken back, as a report: the matter may concern others."""
    changes = taken_up(current(session, seen["case_id"], seen["version"]))
    return move_case(session, Move.GO_ON, changes=changes | {"track": rules.Track.REPORT}, **seen)


def set_clock(session: Session, *, clock_set: str, **seen: Unpack[Seen]) -> Complaint:
    """Let a case follow the other set of terms; both deadlines keep their start and the days it stood still."""
    case = current(session, seen["case_id"], seen["version"])
    accept = _with_pauses(session, case, deadline(clock_set, Phase.ACCEPT, case.received_on))
    answer = _with_pauses(session, case, deadline(clock_set, Phase.ANSWER, case.answer_from))
    terms = rules.Terms(accept, answer)
    changes = answer_within(answer) | {
        "clock": clock_set,
        "accept_days": accept.days,
        "accept_by": terms.accept.date,
        "provisional": terms.provisional,
    }
    return move_case(session, Move.SET_CLOCK, changes=changes, **seen)


def investigate(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Start the investigation of an accepted case (立案调查); the law's own term runs from its acceptance."""
    case = current(session, seen["case_id"], seen["version"])
    term = deadline(case.clock, Phase.INVESTIGATE, case.accepted_on or clock.today())
    return move_case(session, Move.INVESTIGATE, changes=answer_within(term), **seen)


def finish(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """End the investigation; the decision has a term of its own."""
    case = current(session, seen["case_id"], seen["version"])
    term = deadline(case.clock, Phase.DECIDE, clock.today())
    return move_case(session, Move.FINISH, changes=answer_within(term), **seen)


def decide(
    session: Session,
    *,
    finding: Finding,
    reply: str,
    intake_key: Recipients,
    violation: str = "",
    **seen: Unpack[Seen],
) -> Complaint:
    """Record what was found, answer whoever filed it and so close the case (办结), with those merged into it."""
    case = current(session, seen["case_id"], seen["version"])
    readers = [case, *queries.of_main(session, case.id)]
    need_letter(readers, MessageKind.DECIDED, reply, N_("Write the answer the complainant will read."))
    changes: dict[str, object] = {"finding": finding, "answered_by": account_of(seen["actor"])}
    changes |= {"violation": violation} if violation else {}
    decided = move_case(session, Move.DECIDE, changes=changes, **seen)
    tell_complainant(session, decided, MessageKind.DECIDED, reply, intake_key)
    again: Seen = {"actor": seen["actor"], "case_id": decided.id, "version": decided.version}
    closed = move_case(session, Move.CLOSE, changes={"closed_on": clock.today()}, **again)
    merging.follow(session, actor=seen["actor"], main=closed, reply=reply, intake_key=intake_key)
    return closed


def discard(session: Session, *, dismissal: Dismissal, **seen: Unpack[Seen]) -> Complaint:
    """Set a case aside as invalid (作无效处理); the ground is told to whoever filed it, the reason is not."""
    need(seen.get("reason", ""), N_("Say why the case is set aside."))
    changes: dict[str, object] = {"dismissal": dismissal, "closed_on": clock.today(), "paused_on": None}
    changes |= {"answered_by": account_of(seen["actor"])}
    return move_case(session, Move.DISCARD, changes=changes, **seen)


def set_violation(session: Session, *, violation: str, **seen: Unpack[Seen]) -> Complaint:
    """Say in the terms of the law what a case is about; who filed it only chose plain words."""
    case = current(session, seen["case_id"], seen["version"])
    before = case.violation
    change(session, case, version=seen["version"], violation=violation)
    _note_change(session, case, seen, "classify", old={"violation": before}, new={"violation": violation})
    return case


def assign(session: Session, *, officer_id: int | None, **seen: Unpack[Seen]) -> Complaint:
    """Give a case to an officer, or back to nobody."""
    case = current(session, seen["case_id"], seen["version"])
    before = case.assigned_to
    change(session, case, version=seen["version"], assigned_to=officer_id)
    _note_change(session, case, seen, "assign", old={"assigned_to": before}, new={"assigned_to": officer_id})
    return case


def _note_change(
    session: Session,
    case: Complaint,
    seen: Seen,
    verb: str,
    *,
    old: dict[str, object],
    new: dict[str, object],
) -> None:
    record(
        session,
        actor=seen["actor"],
        verb=verb,
        subject=Subject("complaint", case.id),
        old=old,
        new=new,
        reason=seen.get("reason", ""),
    )


def _with_pauses(session: Session, case: Complaint, term: Deadline) -> Deadline:
    """Return a term of a case with the days it stood still."""
    return term.later(stood_still(session, case, since=term.start, unit=term.unit))


def _new_case(filing: Filing) -> Complaint:
    today = clock.today()
    terms = rules.terms(today)
    return Complaint(
        case_no=_case_no(filing.track, today),
        code_hash=filing.code_hash,
        track=filing.track,
        reply_key=filing.reply_key,
        agency_id=filing.agency_id,
        region_code=filing.region_code,
        respondent=filing.respondent,
        category=filing.category,
        contact_kind=filing.contact_kind,
        sealed_facts=filing.sealed_facts,
        sealed_contact=filing.sealed_contact,
        sealed_details=filing.sealed_details,
        has_mail=filing.has_mail,
        consent_version=rules.CONSENT_VERSION,
        state=State.RECEIVED,
        received_on=today,
        accept_days=terms.accept_in.days,
        accept_by=terms.accept.date,
        **(answer_within(terms.answer_in) | {"provisional": terms.provisional}),
        version=1,
        received_at=clock.now(),
    )


def _case_no(track: str, today: date) -> str:
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(SUFFIX))
    return f"{PREFIX[rules.Track(track)]}{today:%Y%m%d}-{suffix[:4]}-{suffix[4:]}"
