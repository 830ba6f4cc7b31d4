"""The page of a suggestion on the desk, gathered: its original if it may be read, and the forms for it."""

from dataclasses import dataclass

from flask import render_template
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
    held: Suggestion, *, answer: AnswerForm | None = None, redaction: PublicTextForm | None = None
) -> str:
    """Return the page, with a form that came back instead of a fresh one."""
    is_open, view = held.state in OPEN, asked_view()
    shut = not may_read_now(Subject("suggestion", held.id), is_open=is_open)
    opened = Opened() if shut else opened_with_our_key(held)
    with reading() as session:
        agency = agencies.by_id(session, held.agency_id) if held.agency_id else None
        happened = history.of_record(session, Subject("suggestion", held.id))
        following = _following(session, held, view)
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
        answer=answer or answer_form(held, view=str(view), posted=False),
        hints=HINTS,
        redaction=redaction or _redaction_form(held, opened),
        refused=refused,
        previewed=redaction is not None and not redaction.errors,
        public_page=public_url(f"suggestions/{held.year}/{held.number}/") if is_public(held.state) else "",
        history=happened,
        next_url=rows.address(following, view) if following else "",
        back_url=back_url("suggestion", held.id),
    )


def _following(session: Session, held: Suggestion, view: Filter) -> Place | None:
    """Return what comes after a suggestion in the officer's part of the queue."""
    here = Place(held.reply_by, "suggestion", held.id)
    return waiting.after(session, here, view=view, officer=current_account(), today=clock.today())


def _redaction_form(held: Suggestion, opened: Opened) -> PublicTextForm | None:
    """Return the form of the text for readers, where there is one and its original may be read."""
    agreed = held.publication == Publication.AGREED and Act.REDACT in acts_from(held.state)
    if not (agreed and opened.text):
        return None
    form = PublicTextForm(formdata=None, data={"version": held.version})
    form.begin(opened.text, kept=opened.redaction, public=held.public_text)
    return form


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
