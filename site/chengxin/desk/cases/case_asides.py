"""What is done beside a decision: a case handed to an officer, and a note for colleagues."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotAllowedError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.case_reach import existing, is_theirs
from chengxin.desk.cases.complaints import address, begun, keep_note, overtaken
from chengxin.desk.guard import current_account, needs
from chengxin.desk.handling import case_officers
from chengxin.desk.handling.case_forms import AssignForm, DecisionForm, NoteForm
from chengxin.desk.queue.queue import asked_view
from chengxin.desk.racing import given_back, gives_back, typed
from chengxin.desk.stepping import Outcome, attempt
from chengxin.voices.complaints import actions, queries


@bp.post("/complaints/<int:case_id>/assign")
@needs(Right.DECIDE_CASES)
@gives_back(DecisionForm, NoteForm)
def assign_complaint(case_id: int) -> ResponseReturnValue:
    """Take a case, give it back, or hand it to another officer; a decision begun beside it stays."""
    officer, form = current_account(), AssignForm()
    with reading() as session:
        case = existing(session, case_id, officer)
        form.offer(case_officers.choices(session, case, officer))
    if not form.version.fits(case.version):
        return overtaken(case_id)
    if not form.validate():
        flash(str(EXPIRED) if form.token_expired() else _("Choose an officer of the list."), "error")
        return begun(case_id, note=NoteForm()), 422
    outcome = attempt(form, lambda session: _assign(session, case_id, form))
    return overtaken(case_id) if outcome is Outcome.LATE else _after_handing_out(case_id)


@bp.post("/complaints/<int:case_id>/note")
@needs(Right.DECIDE_CASES)
@gives_back(DecisionForm, NoteForm)
def note_complaint(case_id: int) -> ResponseReturnValue:
    """Keep a note that only the desk reads; a decision begun beside it stays."""
    form = NoteForm()
    with reading() as session:
        version = existing(session, case_id, current_account()).version
    if not form.version.fits(version):
        return overtaken(case_id)
    if not form.validate():
        return begun(case_id, note=form), 422
    outcome = attempt(form, lambda session: _note(session, case_id, form))
    if outcome is Outcome.REFUSED:
        return begun(case_id, note=form), 422
    return overtaken(case_id) if outcome is Outcome.LATE else _again(case_id, "#notes")


def _assign(session: Session, case_id: int, form: AssignForm) -> None:
    officer = current_account()
    case = existing(session, case_id, officer)
    chosen = form.chosen or case_officers.NOBODY
    if chosen not in case_officers.choices(session, case, officer):
        raise NotAllowedError(N_("Only who hands out cases can give one to somebody else."))
    wanted = int(chosen) or None
    actions.assign(
        session, actor=officer.actor, case_id=case_id, version=form.version.data or 0, officer_id=wanted
    )


def _note(session: Session, case_id: int, form: NoteForm) -> None:
    existing(session, case_id, current_account())
    keep_note(session, case_id, form)


def _after_handing_out(case_id: int) -> ResponseReturnValue:
    """Go back to the case, or to the queue when it is this officer's business no longer."""
    with reading() as session:
        case = queries.by_id(session, case_id)
    if case is not None and is_theirs(current_account(), case):
        return _again(case_id, note=NoteForm())
    if typed():
        return given_back(_("The case is handed over"), _("What you had begun to write was not sent."))
    return redirect(url_for("desk.home", view=asked_view().in_address), 303)


def _again(case_id: int, anchor: str = "", *, note: NoteForm | None = None) -> ResponseReturnValue:
    """Go back to the case; words that were not sent yet stay in their fields."""
    if not (request.form.get("move") or typed(DecisionForm) or (note and note.note.data)):
        return redirect(address(case_id) + anchor, 303)
    flash(_("Done. What you began beside it is not sent yet."), "done")
    return begun(case_id, note=note)
