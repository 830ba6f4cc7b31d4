"""Corrections on the desk: propose new words for a public notice, compare them, and put them in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.following import in_view, links_from
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices.correction_form import CorrectionForm
from chengxin.desk.notices.drafting import existing as existing_notice
from chengxin.desk.notices.drafting import handled
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import an_agency
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing.corrections import actions, labels, queries
from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import State
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.rules import Target
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import is_public


class Step(StrEnum):
    """What an officer can do to a proposed correction."""

    CONFIRM = "confirm"
    DECLINE = "decline"


WORDS: Mapping[Step, str] = {
    Step.CONFIRM: _l("Put it in force"),
    Step.DECLINE: _l("Leave the notice as it stands"),
}
HINTS: Mapping[Step, str] = {
    Step.CONFIRM: _l("The new words are public at once, the old ones stay readable as an older wording.")
}


@dataclass(frozen=True)
class Change:
    """One field that a correction changes, with what it said and what it is to say."""

    label: str
    before: str
    after: str


@bp.get("/notices/<int:notice_id>/correct")
@needs(Right.DRAFT_NOTICES)
def correction_new(notice_id: int) -> ResponseReturnValue:
    """Show a public notice to be corrected."""
    with reading() as session:
        sanction = existing_notice(session, notice_id)
        waiting = queries.open_of_sanction(session, notice_id)
        owner = agencies.by_id(session, sanction.agency_id) if sanction.agency_id else None
    if waiting is not None:
        return redirect(url_for("desk.correction", correction_id=waiting.id))
    form = CorrectionForm(formdata=None)
    objection = request.args.get("objection", "")
    form.fill(sanction, agency_uid=owner.uid if owner else "", objection=objection)
    return _form_page(form, sanction)


@bp.post("/notices/<int:notice_id>/correct")
@needs(Right.DRAFT_NOTICES)
@gives_back(CorrectionForm)
def propose_correction(notice_id: int) -> ResponseReturnValue:
    """Keep the proposed words."""
    form, made = CorrectionForm(), list[Correction]()
    with reading() as session:
        sanction = existing_notice(session, notice_id)
    if not form.validate():
        return _form_page(form, sanction), form.refused_with
    outcome = attempt(form, lambda session: made.append(_propose(session, form, notice_id)))
    if outcome is Outcome.LATE:
        return handled(sanction).late()
    if outcome is Outcome.REFUSED:
        return _form_page(form, sanction), 422
    flash(_("Proposed. The notice stays as it is until a second person agrees."), "done")
    return redirect(url_for("desk.correction", correction_id=made[0].id), 303)


@bp.get("/corrections/<int:correction_id>/")
@needs(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)
def correction(correction_id: int) -> ResponseReturnValue:
    """Show the old and the new words beside each other."""
    return _page(correction_id)


@bp.post("/corrections/<int:correction_id>/step")
@needs(Right.PUBLISH_NOTICES)
@gives_back(StepForm)
def step_correction(correction_id: int) -> ResponseReturnValue:
    """Put a correction in force, or decline it."""
    with reading() as session:
        held = _existing(session, correction_id)
    form = _step_form(held, posted=True)
    return take_step(
        _handled(held),
        form,
        lambda session, form: _take(session, form, correction_id),
        lambda form: _page(correction_id, form),
    )


def _propose(session: Session, form: CorrectionForm, notice_id: int) -> Correction:
    sanction = existing_notice(session, notice_id)
    return actions.propose(
        session,
        actor=current_account().actor,
        sanction_id=notice_id,
        version=form.version.data or 0,
        wording=form.wording(sanction, **_party(session, form, sanction)),
        note=form.note.data or "",
        objection_id=_objection(session, form, notice_id),
    )


def _objection(session: Session, form: CorrectionForm, notice_id: int) -> int | None:
    """Return the objection a correction answers, if it is one to this notice."""
    about = {each.id for each in objections.about(session, Target.SANCTION, notice_id)}
    return form.objection_id if form.objection_id in about else None


def _party(session: Session, form: CorrectionForm, sanction: Sanction) -> dict[str, Any]:
    """Return whom the notice names; an agency of the register lends its code and region."""
    if not form.agency.data:
        return {"agency_id": None}
    owner = an_agency(session, form.agency.data, known=[sanction.agency_id])
    return {
        "agency_id": owner.id,
        "party_uscc": form.party_uscc.data or owner.uscc or "",
        "region_code": owner.region_code,
    }


def _take(session: Session, form: StepForm, correction_id: int) -> None:
    actor, version = current_account().actor, form.version.data or 0
    if Step(form.step.data) is Step.CONFIRM:
        actions.confirm(session, actor=actor, correction_id=correction_id, version=version)
    else:
        reason = form.reason.data or ""
        actions.decline(session, actor=actor, correction_id=correction_id, version=version, reason=reason)


def _form_page(form: CorrectionForm, sanction: Sanction) -> str:
    public = is_public(sanction.state, sanction.max_until, clock.today())
    return render_template("desk/correction_form.html", form=form, sanction=sanction, public=public)


def _page(correction_id: int, form: StepForm | None = None) -> str:
    officer = current_account()
    with reading() as session:
        held = _existing(session, correction_id)
        sanction = existing_notice(session, held.sanction_id)
        names = accounts.names(session, (held.proposed_by, held.confirmed_by))
    return render_template(
        "desk/correction.html",
        correction=held,
        sanction=sanction,
        changes=_changes(held),
        term=actions.wording_of(held).term,
        form=form or _step_form(held, posted=False),
        hints=HINTS,
        waits=held.state == State.PROPOSED and held.proposed_by == officer.id,
        state=labels.STATE[State(held.state)],
        names=names,
        **links_from("correction", correction_id),
    )


def _changes(held: Correction) -> list[Change]:
    before, after = actions.both(held)
    form = CorrectionForm(formdata=None)
    shown = [name for name in after if name in form and str(before.get(name, "")) != str(after[name])]
    return [
        Change(
            str(form[name].label.text), _said(form[name], before.get(name)), _said(form[name], after[name])
        )
        for name in shown
    ]


def _said(field: Any, value: object) -> str:
    """Return a value in words, where the form has words for it."""
    known = {str(choice.value): choice.label for choice in getattr(field, "choices", None) or ()}
    return str(known.get(str(value), value or ""))


def _step_form(held: Correction, *, posted: bool) -> StepForm | None:
    officer = current_account()
    if held.state != State.PROPOSED or not officer.may(Right.PUBLISH_NOTICES):
        return None
    alone = held.proposed_by == officer.id
    steps = {step: words for step, words in WORDS.items() if not (alone and step is Step.CONFIRM)}
    return step_form(steps, with_reason={Step.DECLINE}, version=held.version, posted=posted)


def _existing(session: Session, correction_id: int) -> Correction:
    held = queries.by_id(session, correction_id)
    if held is None:
        raise NotFoundError(N_("There is no such correction."))
    return held


def _handled(held: Correction) -> Handled:
    return Handled(
        subject=Subject("correction", held.id),
        version=held.version,
        code=_("Correction %(n)s", n=held.id),
        url=in_view("desk.correction", correction_id=held.id),
        kind="correction",
    )
