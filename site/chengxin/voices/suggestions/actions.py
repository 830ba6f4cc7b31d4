"""Take a suggestion from its receipt to its public answer; each act is one move and one event."""

from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.folding import fold_name
from chengxin.core.redacting import Redaction, exposed
from chengxin.core.sealing import Recipients
from chengxin.core.workdays import official
from chengxin.intake.counting import Door, Guard
from chengxin.intake.resends import stored_once
from chengxin.intake.telling import tell_staff
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.voices.contact.rules import ContactKind
from chengxin.voices.suggestions import queries
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import (
    ANSWERS,
    CONSENT_VERSION,
    About,
    Act,
    Publication,
    State,
    Topic,
    check_consent,
    check_reply,
    check_text,
    is_public,
    move,
    term,
)
from chengxin.voices.suggestions.sealed import Filing, sealed_note, sealed_redaction

# Both languages at once: the worker that sends it has no reader whose language it could ask for.
NEWS = {
    "subject": "有一条意见建议待答复 / A suggestion waits",
    "text": "有一条意见建议等待答复，请登录办理台查看。\nA suggestion waits for an answer. Sign in to the desk to see it.\n",
}


def receive(
    session: Session, *, actor: str, filing: Filing, guard: Guard | None = None, tell: str = ""
) -> Suggestion:
    """Store a suggestion, or return the one this very form already made; nobody outside sees it yet.

    A guard counts it. The address to tell gets a mail without a word of the suggestion.
    """
    check_text(filing.said.text)
    about = f"agency {filing.agency_id}" if filing.agency_id else fold_name(filing.said.respondent)

    def new() -> Suggestion:
        return _new(filing, in_surge=bool(guard and guard.let_in(session, Door.SUGGESTIONS, about)))

    made, is_new = stored_once(session, filing, find=queries.by_code_hash, made=new)
    if is_new:
        _record(session, made, actor=actor, verb="received")
        tell_staff(session, to=tell, news=NEWS)
    return made


def redact(
    session: Session,
    *,
    actor: str,
    suggestion_id: int,
    version: int,
    redaction: Redaction,
    public_text: str,
    intake_key: Recipients,
) -> Suggestion:
    """Set the text that readers get, with the masks it was made by; no text means that none is published."""
    held = _by_version(session, suggestion_id, version)
    check_consent(held.publication)
    if exposed(public_text, redaction):
        raise DomainError(N_("The text for readers still holds words that are hidden in the original."))
    values: dict[str, Any] = {
        **sealed_redaction(held, redaction, intake_key=intake_key),
        "public_text": public_text.strip(),
    }
    return _step(session, Act.REDACT, (suggestion_id, version), actor=actor, verb="redacted", **values)


def answer(
    session: Session,
    *,
    actor: str,
    suggestion_id: int,
    version: int,
    act: Act,
    reply: str,
    intake_key: Recipients,
    note: str = "",
) -> Suggestion:
    """Answer a suggestion in public: adopted, in part or not, and why; a word to the author alone may go along."""
    if act not in ANSWERS:
        raise DomainError(N_("Choose what comes of the suggestion."))
    check_reply(reply)
    held = _by_version(session, suggestion_id, version)
    again = is_public(held.state)
    values: dict[str, Any] = {"reply": reply.strip(), "answered_by": account_of(actor)}
    if again:
        values["amended_on"] = clock.today()
    else:
        year = clock.today().year
        number = queries.next_number(session, year=year)
        values |= {"answered_on": clock.today(), "year": year, "number": number}
    verb = "amended" if again else "answered"
    seen, told = (suggestion_id, version), _told(held, note, intake_key)
    return _step(session, act, seen, actor=actor, verb=verb, reason=reply, **values, **told)


def set_aside(
    session: Session,
    *,
    actor: str,
    suggestion_id: int,
    version: int,
    note: str,
    intake_key: Recipients,
) -> Suggestion:
    """Set aside what is no suggestion, and tell its author why; readers never see it."""
    held = _by_version(session, suggestion_id, version)
    told = _told(held, note, intake_key)
    seen, today = (suggestion_id, version), clock.today()
    return _step(
        session, Act.SET_ASIDE, seen, actor=actor, verb="set_aside", reason=note, closed_on=today, **told
    )


def withdraw(session: Session, *, actor: str, suggestion_id: int, version: int) -> Suggestion:
    """Take a suggestion back before it is answered, as its author wishes."""
    seen = (suggestion_id, version)
    return _step(session, Act.WITHDRAW, seen, actor=actor, verb="withdrawn", closed_on=clock.today())


def keep_back(session: Session, *, actor: str, suggestion_id: int, version: int) -> Suggestion:
    """Take the author's consent back: the text leaves the public page, topic and reply stay."""
    values = {"publication": Publication.REFUSED, "public_text": ""}
    return _step(session, Act.KEEP_BACK, (suggestion_id, version), actor=actor, verb="kept_back", **values)


def _step(
    session: Session,
    act: Act,
    seen: tuple[int, int],
    *,
    actor: str,
    verb: str,
    reason: str = "",
    **values: Any,
) -> Suggestion:
    """Take one step by compare-and-set and record it; it is public when readers see something change."""
    held = _by_version(session, *seen)
    old, target = held.state, move(held.state, act, reason=reason)
    change(session, held, version=held.version, state=target, **values)
    _record(session, held, actor=actor, verb=verb, old=old, public=is_public(target))
    return held


def _record(
    session: Session, held: Suggestion, *, actor: str, verb: str, old: str = "", public: bool = False
) -> None:
    """Record a fact of a suggestion; never what its author wrote or was told."""
    numbered = {"number": f"{held.year}/{held.number}"} if held.number else {}
    ledger.record(
        session,
        actor=actor,
        verb=f"suggestion.{verb}",
        subject=Subject("suggestion", held.id),
        old={"state": old} if old else None,
        new={"state": held.state, "topic": held.topic, "publication": held.publication, **numbered},
        public=public,
    )


def _told(held: Suggestion, note: str, intake_key: Recipients) -> dict[str, Any]:
    if not note.strip():
        return {}
    if not held.reply_key:
        raise DomainError(N_("The receipt has been erased: nobody could read a word to the author."))
    for_author, for_desk = sealed_note(held, note.strip(), intake_key=intake_key)
    return {"note_for_author": for_author, "note_for_desk": for_desk}


def _new(filing: Filing, *, in_surge: bool) -> Suggestion:
    said, due = filing.said, term(clock.today())
    return Suggestion(
        code_hash=filing.code_hash,
        reply_key=filing.reply_key,
        topic=Topic(said.topic),
        about=About(said.about),
        respondent=said.respondent,
        agency_id=filing.agency_id,
        region_code=filing.region_code,
        publication=Publication(said.publication),
        consent_version=CONSENT_VERSION,
        contact_kind=ContactKind(said.contact_kind),
        in_surge=in_surge,
        sealed_text=filing.sealed_text,
        sealed_contact=filing.sealed_contact,
        state=State.RECEIVED,
        received_on=clock.today(),
        reply_by=due.date,
        provisional=due.provisional,
        calendar=official().version,
        received_at=clock.now(),
    )


def _by_version(session: Session, suggestion_id: int, version: int) -> Suggestion:
    held = queries.by_id(session, suggestion_id)
    if held is None:
        raise NotFoundError(N_("There is no such suggestion."))
    check_version(held, version)
    return held
