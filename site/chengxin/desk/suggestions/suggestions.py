"""Suggestions on the desk: the list by state, and one with its original, its text for readers and its answer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.web import installation, reading
from chengxin.desk.auditing.read_log import may_read_now
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import waiting
from chengxin.desk.queue.queue import linked, next_after
from chengxin.desk.queue.waiting import Place
from chengxin.desk.racing import gives_back, too_late
from chengxin.desk.redacting import APPLY
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Outcome, attempt
from chengxin.desk.suggestions.suggestion_forms import AnswerForm, PublicTextForm
from chengxin.desk.suggestions.suggestion_page import (
    answer_of,
    days_left,
    is_text_begun,
    opened_with_our_key,
    shown,
    words_of,
)
from chengxin.ledger.rules import Subject
from chengxin.voices.suggestions import actions, labels, queries
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import ANSWERS, OPEN, Act, State


@bp.get("/suggestions/")
@needs(Right.ANSWER_SUGGESTIONS)
def suggestions() -> str:
    """List the suggestions of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.RECEIVED)))


@bp.get("/suggestions/<int:suggestion_id>/")
@needs(Right.ANSWER_SUGGESTIONS)
def suggestion(suggestion_id: int) -> ResponseReturnValue:
    """Show a suggestion with what can be done to it."""
    return shown(_existing(suggestion_id))


@bp.post("/suggestions/<int:suggestion_id>/answer")
@needs(Right.ANSWER_SUGGESTIONS)
@gives_back(AnswerForm, PublicTextForm)
def suggestion_answer(suggestion_id: int) -> ResponseReturnValue:
    """Answer a suggestion in public, or set it aside; a text for readers begun beside it stays."""
    held = _existing(suggestion_id)
    form = answer_of(held, posted=True)
    if form is None or not form.version.fits(held.version):
        return _too_late(held)
    if not form.validate():
        return shown(held, answer=form, posted=True), form.refused_with
    here, begun = _here(held), is_text_begun(held)
    outcome = attempt(form, lambda session: _answered(session, form, held))
    if outcome is Outcome.LATE:
        return _too_late(held)
    if outcome is Outcome.REFUSED:
        return shown(held, answer=form, posted=True), 422
    own_url = url_for("desk.suggestion", suggestion_id=suggestion_id)
    flash(linked(_("%(code)s: saved."), code=_("Suggestion %(n)s", n=suggestion_id), url=own_url), "done")
    if begun:
        return _with_text_begun(suggestion_id)
    return redirect(next_after(here) if here else own_url, 303)


@bp.post("/suggestions/<int:suggestion_id>/redact")
@needs(Right.ANSWER_SUGGESTIONS)
@gives_back(AnswerForm, PublicTextForm)
def suggestion_redact(suggestion_id: int) -> ResponseReturnValue:
    """Show what the masks make of the original, or set the text for readers; an answer begun beside it stays."""
    held, form = _existing(suggestion_id), PublicTextForm()
    if not form.version.fits(held.version):
        return _too_late(held)
    if not may_read_now(Subject("suggestion", held.id), is_open=held.state in OPEN):
        return shown(held, redaction=form, posted=True), 422
    opened = opened_with_our_key(held)
    form.offer(opened.text)
    if request.form.get("redact") == APPLY:
        form.apply(opened.text)
        return shown(held, redaction=form, posted=True, previewed=True)
    return _kept(held, form, opened.text)


def _kept(held: Suggestion, form: PublicTextForm, original: str) -> ResponseReturnValue:
    if not (form.validate() and form.is_clean(original)):
        return shown(held, redaction=form, posted=True), form.refused_with
    outcome = attempt(form, lambda session: _redacted(session, form, held, original))
    if outcome is Outcome.LATE:
        return _too_late(held)
    if outcome is Outcome.REFUSED:
        return shown(held, redaction=form, posted=True), 422
    flash(_("The text for readers is saved."), "done")
    answer = answer_of(held, posted=True)
    if answer is not None and answer.is_begun(held.reply):
        flash(_("Done. What you began beside it is not sent yet."), "done")
        return shown(_existing(held.id), answer=answer)
    return redirect(url_for("desk.suggestion", suggestion_id=held.id), 303)


def _with_text_begun(suggestion_id: int) -> str:
    held = _existing(suggestion_id)
    flash(_("The text for readers that you began beside it is not saved yet."), "done")
    return shown(held, answer=answer_of(held, posted=False), posted=True)


def _answered(session: Session, form: AnswerForm, held: Suggestion) -> None:
    given: dict[str, Any] = {
        "actor": current_account().actor,
        "suggestion_id": held.id,
        "version": form.version.data or 0,
        "note": form.note.data or "",
        "intake_key": intake_recipients(installation().settings),
    }
    act = Act(form.act.data)
    if act in ANSWERS:
        actions.answer(session, act=act, reply=form.words(), **given)
    else:
        actions.set_aside(session, **given)


def _redacted(session: Session, form: PublicTextForm, held: Suggestion, original: str) -> None:
    actions.redact(
        session,
        actor=current_account().actor,
        suggestion_id=held.id,
        version=form.version.data or 0,
        redaction=form.redaction(original),
        public_text=form.public_text.data or "",
        intake_key=intake_recipients(installation().settings),
    )


def _here(held: Suggestion) -> Place | None:
    """Return where a suggestion stands in the queue, or None when it waits no longer."""
    with reading() as session:
        return waiting.place_of(session, kind="suggestion", record_id=held.id, officer=current_account())


def _existing(suggestion_id: int) -> Suggestion:
    with reading() as session:
        held = queries.by_id(session, suggestion_id)
    if held is None or not current_account().covers(held.region_code):
        raise NotFoundError(N_("There is no such suggestion."))
    return held


def _too_late(held: Suggestion) -> ResponseReturnValue:
    code = _("Suggestion %(n)s", n=held.id)
    record_url = url_for("desk.suggestion", suggestion_id=held.id)
    return too_late(Subject("suggestion", held.id), code=code, record_url=record_url)


def _listed(session: Session, state: State) -> dict[str, Any]:
    officer = current_account()
    counts = queries.counts_by_state(session, officer=officer)
    where = state_list("desk.suggestions", labels.STATE, state, counts, size=queries.PAGE)
    found = queries.in_state(session, state, officer=officer, offset=where.offset)
    return {
        "where": where,
        "heading": _("Suggestions"),
        "new_url": "",
        "rows": [_row(each) for each in found],
    }


def _row(held: Suggestion) -> ListRow:
    words = words_of(held)
    return ListRow(
        title=words["topic"],
        lang="",
        url=url_for("desk.suggestion", suggestion_id=held.id),
        text=words["about"],
        date=held.received_on,
        meta=[_("Suggestion %(n)s", n=held.id), words["publication"], words["contact"]],
        days=days_left(held),
    )
