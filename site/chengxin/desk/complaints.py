"""The case page: facts left, decision right, and what happens when two people decide at once."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.errors import StaleError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.core.web import installation, reading, writing
from chengxin.desk import case_page, case_words, deciding, rows, waiting
from chengxin.desk.blueprint import bp
from chengxin.desk.case_forms import AssignForm, DecisionForm, decision_form
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import asked_view, next_after
from chengxin.desk.racing import too_late
from chengxin.desk.waiting import Place
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions
from chengxin.voices.complaints.labels import STATE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Move


@bp.get("/complaints/<int:case_id>/")
@needs(Right.READ_CASES)
def complaint(case_id: int) -> ResponseReturnValue:
    """Show a case."""
    return _case(case_id)


@bp.post("/complaints/<int:case_id>/decide")
@needs(Right.DECIDE_CASES)
def decide_complaint(case_id: int) -> ResponseReturnValue:
    """Do what the officer chose and go on to the next case."""
    form = _filled_form(case_id)
    if form is None:
        return _too_late(case_id)
    if not form.validate():
        return _case(case_id, form), 422
    try:
        with writing() as session:
            here = _here(session, case_id)
            decided = _decided(session, case_id, form)
    except StaleError:
        return _too_late(case_id)
    flash(_("Case %(code)s: saved.", code=decided.case_no), "done")
    return redirect(next_after(here), 303)


@bp.post("/complaints/<int:case_id>/assign")
@needs(Right.DECIDE_CASES)
def assign_complaint(case_id: int) -> ResponseReturnValue:
    """Take a case, or give back one's own."""
    form = AssignForm()
    if form.validate():
        try:
            with writing() as session:
                _assign(session, case_id, seen=form.version.data or 0)
        except StaleError:
            return _too_late(case_id)
    else:
        flash(str(EXPIRED), "error")
    return redirect(url_for("desk.complaint", case_id=case_id, view=asked_view().in_address), 303)


def _case(case_id: int, form: DecisionForm | None = None) -> str:
    officer, view, today = current_account(), asked_view(), clock.today()
    key = intake_keyring(installation().settings)
    with reading() as session:
        shown = case_page.read(session, case_id=case_id, key=key, officer=officer, view=view, today=today)
    form = form or decision_form(shown.case, view=str(view), fresh=True)
    return render_template(
        "desk/complaint.html",
        page=shown,
        case=shown.case,
        facts=case_words.about(shown, today),
        form=form if officer.may(Right.DECIDE_CASES) else None,
        assign=AssignForm(formdata=None, data={"version": shown.case.version, "view": str(view)}),
        mine=shown.case.assigned_to == officer.id,
        states=STATE,
        hints=case_words.HINTS,
        notice_url=_notice_url(case_id),
        next_url=rows.address(shown.following, view) if shown.following else "",
        back_url=url_for("desk.home", view=view.in_address),
    )


def _notice_url(case_id: int) -> str:
    officer = current_account()
    if "desk.notice_new" not in current_app.view_functions or not officer.may(Right.DRAFT_NOTICES):
        return ""
    return url_for("desk.notice_new", complaint=case_id)


def _filled_form(case_id: int) -> DecisionForm | None:
    """Return the posted form, or None when it was filled for a case that has moved on."""
    with reading() as session:
        case = case_page.existing(session, case_id)
    form = decision_form(case, view=str(asked_view()), fresh=False)
    return form if form and form.version.data in {None, case.version} else None


def _assign(session: Session, case_id: int, *, seen: int) -> None:
    officer = current_account()
    mine = case_page.existing(session, case_id).assigned_to == officer.id
    wanted = None if mine else officer.id
    actions.assign(session, actor=officer.actor, case_id=case_id, version=seen, officer_id=wanted)


def _decided(session: Session, case_id: int, form: DecisionForm) -> Complaint:
    decision = deciding.Decision(
        move=Move(form.move.data),
        version=form.version.data or 0,
        refusal=(form.refusal.data or "") if "refusal" in form else "",
        finding=(form.finding.data or "") if "finding" in form else "",
        message=form.words(),
        reason=form.reason.data or "",
    )
    key = intake_recipients(installation().settings)
    actor = current_account().actor
    return deciding.decide(session, actor=actor, case_id=case_id, decision=decision, intake_key=key)


def _here(session: Session, case_id: int) -> Place | None:
    return waiting.place_of(session, kind="complaint", record_id=case_id, officer=current_account())


def _too_late(case_id: int) -> ResponseReturnValue:
    with reading() as session:
        code = case_page.existing(session, case_id).case_no
    record_url = url_for("desk.complaint", case_id=case_id, view=asked_view().in_address)
    return too_late(Subject("complaint", case_id), code=code, record_url=record_url)
