"""The page of a suggestion on the desk, gathered: its original if it may be read, and the forms for it."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.redacting import Redaction
from chengxin.core.sealing import SealError
from chengxin.core.web import installation, reading
from chengxin.desk import history
from chengxin.desk.auditing.read_log import may_read_now, purpose_form
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account
from chengxin.desk.queue import rows, waiting
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.queue import asked_view, back_url
from chengxin.desk.queue.waiting import Place
from chengxin.desk.redacting import stretches
from chengxin.desk.suggestions.suggestion_forms import HINTS, AnswerForm, PublicTextForm, answer_form
from chengxin.ledger.rules import Subject
from chengxin.voices.contact.labels import CONTACT_SHORT
from chengxin.voices.contact.rules import ContactKind
from chengxin.voices.standard_texts import queries as standard_texts
from chengxin.voices.standard_texts.rules import Place as TextPlace
from chengxin.voices.standard_texts.rules import filled
from chengxin.voices.suggestions import labels, sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import (
    OPEN,
    About,
    Act,
    Publication,
    State,
    Topic,
    acts_from,
    due_on,
    is_public,
)


@dataclass(frozen=True)
class Opened:
    """What the desk reads of a suggestion; empty while it stays shut."""

    text: str = ""
    contact: str = ""
    note: str = ""
    redaction: Redaction | None = None
    trouble: str = ""


def shown(
    held: Suggestion,
    *,
    answer: AnswerForm | None = None,
    redaction: PublicTextForm | None = None,
    posted: bool = False,
    previewed: bool = False,
) -> str:
    """Return the page; answer and text for readers are one form, so what was sent of either stays in its fields."""
    is_open, view = held.state in OPEN, asked_view()
    shut = not may_read_now(Subject("suggestion", held.id), is_open=is_open)
    opened = Opened() if shut else opened_with_our_key(held)
    with reading() as session:
        agency = agencies.by_id(session, held.agency_id) if held.agency_id else None
        happened = history.of_record(session, Subject("suggestion", held.id))
        following = _following(session, held, view)
    answer = answer or answer_of(held, posted=posted)
    redaction = redaction or text_of(held, opened, posted=posted)
    for form in (answer, redaction):
        if form is not None:
            form.version.renew(held.version)
    refused = next((form for form in (answer, redaction) if form is not None and form.errors), None)
    return render_template(
        "desk/suggestion.html",
        suggestion=held,
        agency=agency,
        opened=opened,
        purpose=purpose_form() if shut else None,
        original=stretches(opened.text),
        words=words_of(held),
        days=days_left(held),
        answer=answer,
        hints=HINTS,
        redaction=redaction,
        refused=refused,
        posted=posted,
        previewed=previewed,
        history=happened,
        **_addresses(held, following, view),
    )


def _addresses(held: Suggestion, following: Place | None, view: Filter) -> dict[str, str]:
    """Return the ways to what comes next, back to the row, and to what readers see."""
    public = public_url(f"suggestions/{held.year}/{held.number}/") if is_public(held.state) else ""
    next_url = rows.address(following, view) if following else ""
    return {"next_url": next_url, "back_url": back_url("suggestion", held.id), "public_page": public}


def _following(session: Session, held: Suggestion, view: Filter) -> Place | None:
    """Return what comes after a suggestion in the officer's part of the queue."""
    here = Place(held.reply_by, "suggestion", held.id)
    return waiting.after(session, here, view=view, officer=current_account(), today=clock.today())


def answer_of(held: Suggestion, *, posted: bool) -> AnswerForm | None:
    """Return the form of the answer, with the texts its editors keep for replies."""
    values: dict[TextPlace, str | date] = {
        TextPlace.AUTHORITY: installation().settings.authority,
        TextPlace.TODAY: clock.today(),
        TextPlace.ANSWER_BY: held.reply_by,
    }
    with reading() as session:
        texts = {filled(each.body, values): each.title for each in standard_texts.replies(session)}
    sent = posted and "reply" in request.form
    return answer_form(held, texts=texts, view=str(asked_view()), posted=sent)


def text_of(held: Suggestion, opened: Opened, *, posted: bool) -> PublicTextForm | None:
    """Return the form of the text for readers, where there is one and its original may be read."""
    agreed = held.publication == Publication.AGREED and Act.REDACT in acts_from(held.state)
    if not (agreed and opened.text):
        return None
    if posted and "public_text" in request.form:
        form = PublicTextForm()
        form.offer(opened.text)
        return form
    form = PublicTextForm(formdata=None, data={"version": held.version})
    form.begin(opened.text, kept=opened.redaction, public=held.public_text)
    return form


def is_text_begun(held: Suggestion) -> bool:
    """Tell whether this request brought a text for readers that is not saved."""
    if not may_read_now(Subject("suggestion", held.id), is_open=held.state in OPEN):
        return False
    opened = opened_with_our_key(held)
    sent, fresh = text_of(held, opened, posted=True), text_of(held, opened, posted=False)
    return sent is not None and fresh is not None and sent.is_changed(fresh)


def opened_with_our_key(held: Suggestion) -> Opened:
    """Return what the desk's key opens; whoever calls it has noted the read."""
    try:
        keys = intake_keyring(installation().settings)
        return Opened(
            sealed.text_of(held, keys),
            sealed.contact_of(held, keys),
            sealed.note_for_desk(held, keys),
            sealed.redaction_of(held, keys),
        )
    except SealError:
        return Opened(trouble=_("(cannot be opened with this key)"))


def days_left(held: Suggestion) -> int | None:
    """Return how many days the answer is away; negative when it is late, None when nobody waits."""
    due = due_on(held.state, held.reply_by)
    return None if due is None else (due - clock.today()).days


def words_of(held: Suggestion) -> dict[str, str]:
    """Return the codes of a suggestion in words."""
    return {
        "topic": str(labels.TOPIC[Topic(held.topic)]),
        "about": str(labels.ABOUT[About(held.about)]),
        "publication": str(labels.PUBLICATION_SHORT[Publication(held.publication)]),
        "contact": str(CONTACT_SHORT[ContactKind(held.contact_kind)]),
        "state": str(labels.STATE[State(held.state)]),
    }
