"""Requests for credit repair on the desk: the list by state, one request, and one that came on paper."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation, reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.disputes import repair_steps
from chengxin.desk.disputes.objections import days_left
from chengxin.desk.disputes.repair_steps import HINTS, WITH_REASON
from chengxin.desk.following import in_view, links_from
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices.drafting import existing as existing_notice
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import mine
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing.repairs import actions, labels, queries
from chengxin.standing.repairs.forms import RepairForm
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import Applicant, State, due_on
from chengxin.standing.sanctions.models import Sanction


@bp.get("/repairs/")
@needs(Right.ANSWER_DISPUTES)
def repairs() -> str:
    """List the requests of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.REQUESTED)))


@bp.get("/notices/<int:notice_id>/repair")
@needs(Right.ANSWER_DISPUTES)
def repair_new(notice_id: int) -> str:
    """Show an empty form for a request on paper."""
    return _form_page(notice_id, RepairForm(formdata=None))


@bp.post("/notices/<int:notice_id>/repair")
@needs(Right.ANSWER_DISPUTES)
@gives_back(RepairForm)
def enter_repair(notice_id: int) -> ResponseReturnValue:
    """Keep a request that came on paper."""
    form, made = RepairForm(), list[Repair]()
    if not form.validate():
        return _form_page(notice_id, form), form.refused_with
    held: Any = {"actor": current_account().actor, "sanction_id": notice_id, "asked": form.request()}
    outcome = attempt(
        form,
        lambda session: made.append(actions.request(session, applicant=Applicant.PAPER, **held)),
    )
    if outcome is not Outcome.DONE:
        return _form_page(notice_id, form), 422
    flash(_("The request is kept. Check next whether it is complete."), "done")
    return redirect(url_for("desk.repair", repair_id=made[0].id), 303)


@bp.get("/repairs/<int:repair_id>/")
@needs(Right.ANSWER_DISPUTES)
def repair(repair_id: int) -> ResponseReturnValue:
    """Show a request with what can be done to it."""
    return _page(repair_id)


@bp.post("/repairs/<int:repair_id>/step")
@needs(Right.ANSWER_DISPUTES)
@gives_back(StepForm)
def step_repair(repair_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        held = _existing(session, repair_id)
    form = _step_form(held, posted=True)
    given: Any = {"actor": current_account().actor, "decide_days": installation().settings.repair_days}
    return take_step(
        _handled(held),
        form,
        lambda session, form: repair_steps.take(session, form, repair_id=repair_id, **given),
        lambda form: _page(repair_id, form),
    )


def _form_page(notice_id: int, form: RepairForm) -> str:
    with reading() as session:
        sanction = existing_notice(session, notice_id)
    return render_template("desk/repair_form.html", form=form, sanction=sanction)


def _page(repair_id: int, form: StepForm | None = None) -> str:
    officer = current_account()
    with reading() as session:
        held = _existing(session, repair_id)
        sanction = existing_notice(session, held.sanction_id)
        happened = history.of_record(session, Subject("repair", repair_id))
    due = due_on(held.state, check_by=held.check_by, decide_by=held.decide_by)
    return render_template(
        "desk/repair.html",
        repair=held,
        sanction=sanction,
        form=form or _step_form(held, posted=False),
        hints=HINTS,
        waits=repair_steps.waits_for_another(held, officer=officer),
        days=days_left(due),
        state=labels.STATE[State(held.state)],
        applicant=labels.APPLICANT[Applicant(held.applicant)],
        history=happened,
        may_see_notice=officer.may(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES),
        **links_from("repair", repair_id),
    )


def _step_form(held: Repair, *, posted: bool) -> StepForm | None:
    steps = repair_steps.offered(held, officer=current_account())
    return step_form(steps, with_reason=WITH_REASON, version=held.version, posted=posted)


def _existing(session: Session, repair_id: int) -> Repair:
    held = queries.by_id(session, repair_id)
    if held is None:
        raise NotFoundError(N_("There is no such request."))
    return held


def _handled(held: Repair) -> Handled:
    return Handled(
        subject=Subject("repair", held.id),
        version=held.version,
        code=_("Credit repair %(n)s", n=held.id),
        url=in_view("desk.repair", repair_id=held.id),
        kind="repair",
    )


def _listed(session: Session, state: State) -> dict[str, Any]:
    seen = mine(Repair)
    counts = queries.counts_by_state(session, seen=seen)
    where = state_list("desk.repairs", labels.STATE, state, counts, size=queries.PAGE)
    found = queries.in_state(session, state, seen=seen, offset=where.offset)
    notices = queries.notices_of(session, found)
    return {
        "where": where,
        "heading": _("Credit repair"),
        "new_url": "",
        "rows": [_row(each, notices[each.sanction_id]) for each in found],
    }


def _row(held: Repair, notice: Sanction) -> ListRow:
    due = due_on(held.state, check_by=held.check_by, decide_by=held.decide_by)
    applicant = str(labels.APPLICANT[Applicant(held.applicant)])
    party = {"text": notice.party_name, "lang": "zh-Hans"}
    return ListRow(
        title=notice.title,
        url=url_for("desk.repair", repair_id=held.id),
        date=held.requested_on,
        meta=[_("Credit repair %(n)s", n=held.id), applicant, party],
        days=days_left(due),
    )
