"""What is done beside a decision: a case handed to an officer, and a note for colleagues."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotAllowedError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.web import installation, reading
from chengxin.desk.blueprint import bp
from chengxin.desk.cases import case_officers
from chengxin.desk.cases.case_forms import AssignForm, NoteForm
from chengxin.desk.cases.case_page import existing, is_theirs
from chengxin.desk.cases.complaints import address, overtaken, shown
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue.queue import asked_view
from chengxin.desk.stepping import Outcome, attempt
from chengxin.voices.complaints import actions, letters, queries
from chengxin.voices.complaints.moving import Seen


@bp.post("/complaints/<int:case_id>/assign")
@needs(Right.DECIDE_CASES)
def assign_complaint(case_id: int) -> ResponseReturnValue:
    """Take a case, give it back, or hand it to another officer."""
    officer = current_account()
    with reading() as session:
        case = existing(session, case_id, officer)
        form = AssignForm()
        form.officer.offer(case_officers.choices(session, case, officer))
    if form.version.data not in {None, case.version}:
        return overtaken(case_id)
    if not form.validate():
        flash(str(EXPIRED) if form.token_expired() else _("Choose an officer of the list."), "error")
        return redirect(address(case_id), 303)
    outcome = attempt(form, lambda session: _assign(session, case_id, form))
    return overtaken(case_id) if outcome is Outcome.LATE else _after_handing_out(case_id)


@bp.post("/complaints/<int:case_id>/note")
@needs(Right.DECIDE_CASES)
def note_complaint(case_id: int) -> ResponseReturnValue:
    """Keep a note that only the desk reads."""
    form = NoteForm()
    with reading() as session:
        version = existing(session, case_id, current_account()).version
    if form.version.data not in {None, version}:
        return overtaken(case_id)
    if not form.validate():
        return shown(case_id, note=form), 422
    outcome = attempt(form, lambda session: _note(session, case_id, form))
    if outcome is Outcome.REFUSED:
        return shown(case_id, note=form), 422
    return overtaken(case_id) if outcome is Outcome.LATE else redirect(address(case_id) + "#notes", 303)


def _assign(session: Session, case_id: int, form: AssignForm) -> None:
    officer = current_account()
    case = existing(session, case_id, officer)
    chosen = form.officer.data or case_officers.NOBODY
    if chosen not in case_officers.choices(session, case, officer):
        raise NotAllowedError(N_("Only who hands out cases can give one to somebody else."))
    wanted = int(chosen) or None
    actions.assign(
        session, actor=officer.actor, case_id=case_id, version=form.version.data or 0, officer_id=wanted
    )


def _note(session: Session, case_id: int, form: NoteForm) -> None:
    officer = current_account()
    existing(session, case_id, officer)
    key = intake_recipients(installation().settings)
    seen: Seen = {"actor": officer.actor, "case_id": case_id, "version": form.version.data or 0}
    letters.note(session, text=form.note.data or "", intake_key=key, **seen)


def _after_handing_out(case_id: int) -> ResponseReturnValue:
    """Go back to the case, or to the queue when it is this officer's business no longer."""
    with reading() as session:
        case = queries.by_id(session, case_id)
    gone = case is None or not is_theirs(current_account(), case)
    return redirect(url_for("desk.home", view=asked_view().in_address) if gone else address(case_id), 303)
