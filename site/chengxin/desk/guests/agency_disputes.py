"""An agency's own objections and requests for credit repair: file them, follow them, take them back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.forms import VersionForm
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.disputes.objections import opened_text, promised, sealed_filing
from chengxin.desk.guard import current_account, needs
from chengxin.desk.guests.agency_file import own_agency, own_notice, repair_day
from chengxin.desk.guests.agency_forms import ReviewForm
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.standing import disputed
from chengxin.standing.disputed import Record
from chengxin.standing.objections import actions as objections
from chengxin.standing.objections import labels as objection_labels
from chengxin.standing.objections import queries as objection_queries
from chengxin.standing.objections.forms import OwnObjectionForm
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Act, Applicant, Ground, State, acts_from
from chengxin.standing.objections.rules import Outcome as Result
from chengxin.standing.objections.sealed import Dispute
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.repairs import labels as repair_labels
from chengxin.standing.repairs import queries as repair_queries
from chengxin.standing.repairs.forms import RepairForm
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import Act as RepairAct
from chengxin.standing.repairs.rules import State as RepairState
from chengxin.standing.repairs.rules import acts_from as repair_acts_from


@bp.get("/agency/objections/new")
@needs(Right.OWN_FILE)
def agency_objection_new() -> str:
    """Show an empty objection to a record of this agency."""
    asked = request.args.get("record", "")
    return _objection_form(OwnObjectionForm(formdata=None, data={"record": asked}))


@bp.post("/agency/objections/new")
@needs(Right.OWN_FILE)
@gives_back(OwnObjectionForm)
def agency_object() -> ResponseReturnValue:
    """Keep an objection of this agency to one of its own records."""
    form, made = OwnObjectionForm(), list[Objection]()
    with reading() as session:
        record = _own_record(session, form.record.data or "")
    if not form.validate():
        return _objection_form(form), form.refused_with
    if attempt(form, lambda session: made.append(_object(session, form, record))) is not Outcome.DONE:
        return _objection_form(form), 422
    flash(_("The office has your objection."), "done")
    return redirect(url_for("desk.agency_objection", objection_id=made[0].id), 303)


@bp.get("/agency/objections/<int:objection_id>/")
@needs(Right.OWN_FILE)
def agency_objection(objection_id: int) -> ResponseReturnValue:
    """Show an objection of this agency with what became of it."""
    return _objection_page(objection_id)


@bp.post("/agency/objections/<int:objection_id>/withdraw")
@needs(Right.OWN_FILE)
def agency_withdraw_objection(objection_id: int) -> ResponseReturnValue:
    """Take an objection of this agency back."""
    form = VersionForm()
    return _about_objection(objection_id, form, lambda session, held: objections.withdraw(session, **held))


@bp.post("/agency/objections/<int:objection_id>/review")
@needs(Right.OWN_FILE)
@gives_back(ReviewForm)
def agency_ask_review(objection_id: int) -> ResponseReturnValue:
    """Ask the upper level to look at a decided objection of this agency."""
    form = ReviewForm()

    def ask(session: Session, held: Any) -> object:
        return objections.ask_review(session, reason=form.reason.data or "", **held)

    return _about_objection(objection_id, form, ask)


@bp.get("/agency/notices/<int:notice_id>/repair")
@needs(Right.OWN_FILE)
def agency_repair_new(notice_id: int) -> ResponseReturnValue:
    """Show an empty request for the credit repair of a notice of this agency."""
    return _repair_form(notice_id, RepairForm(formdata=None))


@bp.post("/agency/notices/<int:notice_id>/repair")
@needs(Right.OWN_FILE)
@gives_back(RepairForm)
def agency_ask_repair(notice_id: int) -> ResponseReturnValue:
    """Keep a request of this agency."""
    form, made = RepairForm(), list[Repair]()
    with reading() as session:
        own_notice(session, notice_id)
    if not form.validate():
        return _repair_form(notice_id, form), form.refused_with
    held: Any = {"actor": current_account().actor, "sanction_id": notice_id, "asked": form.request()}
    if attempt(form, lambda session: made.append(repairs.request(session, **held))) is not Outcome.DONE:
        return _repair_form(notice_id, form), 422
    flash(_("The office has your request."), "done")
    return redirect(url_for("desk.agency_repair", repair_id=made[0].id), 303)


@bp.get("/agency/repairs/<int:repair_id>/")
@needs(Right.OWN_FILE)
def agency_repair(repair_id: int) -> ResponseReturnValue:
    """Show a request of this agency with what became of it."""
    return _repair_page(repair_id)


@bp.post("/agency/repairs/<int:repair_id>/withdraw")
@needs(Right.OWN_FILE)
def agency_withdraw_repair(repair_id: int) -> ResponseReturnValue:
    """Take a request of this agency back."""
    form = VersionForm()
    with reading() as session:
        _own_repair(session, repair_id)
    if not form.validate():
        return _repair_page(repair_id, form), form.refused_with
    held: Any = {"actor": current_account().actor, "repair_id": repair_id, "version": form.version.data}
    outcome = attempt(form, lambda session: repairs.withdraw(session, **held))
    if outcome is Outcome.DONE:
        flash(_("Taken back."), "done")
        return redirect(url_for("desk.agency_repair", repair_id=repair_id), 303)
    return _repair_page(repair_id, form), 409 if outcome is Outcome.LATE else 422


def _own_record(session: Session, asked: str) -> Record:
    """Return a public record of this agency; without an address its integrity file."""
    agency_id = own_agency()
    found = disputed.find(session, asked, today=clock.today()) if asked else None
    if found is None and not asked:
        owner = agencies.by_id(session, agency_id)
        found = disputed.of_agency(owner) if owner else None
    if found is None or found.agency_id != agency_id:
        raise NotFoundError(N_("There is no such record of your agency."))
    return found


def _object(session: Session, form: OwnObjectionForm, record: Record) -> Objection:
    dispute = Dispute(
        target_kind=record.kind,
        target_id=record.id,
        agency_id=record.agency_id,
        ground=form.ground.data,
        text=form.text.data or "",
        applicant=Applicant.AGENCY,
    )
    filing = sealed_filing(dispute, nonce=form.key.nonce)
    return objections.receive(session, actor=current_account().actor, filing=filing, due=promised())


def _objection_form(form: OwnObjectionForm) -> str:
    with reading() as session:
        record = _own_record(session, form.record.data or "")
    return render_template("desk/agency_objection_form.html", form=form, record=record)


def _about_objection(objection_id: int, form: Any, act: Any) -> ResponseReturnValue:
    with reading() as session:
        _own_objection(session, objection_id)
    if not form.validate():
        return _objection_page(objection_id, form), form.refused_with
    held = {"actor": current_account().actor, "objection_id": objection_id, "version": form.version.data}
    outcome = attempt(form, lambda session: act(session, held))
    if outcome is Outcome.DONE:
        flash(_("The office has it."), "done")
        return redirect(url_for("desk.agency_objection", objection_id=objection_id), 303)
    return _objection_page(objection_id, form), 409 if outcome is Outcome.LATE else 422


def _objection_page(objection_id: int, posted: Any = None) -> str:
    with reading() as session:
        held = _own_objection(session, objection_id)
        record = disputed.named(session, held.target_kind, held.target_id)
    acts, begun = acts_from(held.state), {"version": held.version}
    review = posted if isinstance(posted, ReviewForm) else ReviewForm(formdata=None, data=begun)
    text, _contact = opened_text(held)
    return render_template(
        "desk/agency_objection.html",
        objection=held,
        record=record,
        text=text,
        form=posted,
        take_back=VersionForm(formdata=None, data=begun) if Act.WITHDRAW in acts else None,
        review=review if Act.ASK_REVIEW in acts else None,
        ground=objection_labels.GROUND[Ground(held.ground)],
        state=objection_labels.STATE[State(held.state)],
        told=objection_labels.TOLD[State(held.state)],
        outcomes={
            str(code): words for code, words in objection_labels.OUTCOME.items() if code in set(Result)
        },
    )


def _own_objection(session: Session, objection_id: int) -> Objection:
    held = objection_queries.own(session, objection_id, agency_id=own_agency())
    if held is None:
        raise NotFoundError(N_("There is no such objection."))
    return held


def _repair_form(notice_id: int, form: RepairForm) -> str:
    today = clock.today()
    with reading() as session:
        sanction = own_notice(session, notice_id)
    first = repair_day(sanction, today)
    early = first is not None and today < first
    return render_template(
        "desk/agency_repair_form.html", form=form, sanction=sanction, first=first, early=early
    )


def _repair_page(repair_id: int, posted: VersionForm | None = None) -> str:
    with reading() as session:
        held = _own_repair(session, repair_id)
        record = disputed.named(session, "sanction", held.sanction_id)
    begun = {"version": held.version}
    may = RepairAct.WITHDRAW in repair_acts_from(held.state)
    return render_template(
        "desk/agency_repair.html",
        repair=held,
        record=record,
        form=posted,
        take_back=VersionForm(formdata=None, data=begun) if may else None,
        state=repair_labels.STATE[RepairState(held.state)],
    )


def _own_repair(session: Session, repair_id: int) -> Repair:
    held = repair_queries.own(session, repair_id, agency_id=own_agency())
    if held is None:
        raise NotFoundError(N_("There is no such request."))
    return held
