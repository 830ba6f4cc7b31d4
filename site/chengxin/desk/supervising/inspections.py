"""Random inspections on the desk: draw a batch, enter its results, publish it by a second person."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import check_region, mine
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.desk.supervising.supervision import form_page
from chengxin.desk.supervising.supervision_forms import DrawingForm
from chengxin.ledger.rules import Subject
from chengxin.standing.inspections import actions, queries
from chengxin.standing.inspections.labels import ACT, RESULT, STATE
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.inspections.rules import MOVES, Act, Result, State, publish_by

WITH_REASON = frozenset(act for act in Act if MOVES[act].reason)


@bp.get("/inspections/")
@needs(Right.SUPERVISE)
def inspections() -> str:
    """List the batches of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.DRAWN)))


@bp.get("/inspections/new")
@needs(Right.SUPERVISE)
def inspection_new() -> str:
    """Show an empty drawing."""
    return _form(DrawingForm(formdata=None))


@bp.post("/inspections/new")
@needs(Right.SUPERVISE)
@gives_back(DrawingForm)
def inspection_draw() -> ResponseReturnValue:
    """Draw a batch."""
    form, made = DrawingForm(), list[InspectionBatch]()
    if not form.validate():
        return _form(form), form.refused_with
    if attempt(form, lambda session: made.append(_draw(session, form))) is not Outcome.DONE:
        return _form(form), 422
    flash(_("Drawn. Enter the results; nobody outside the desk sees them before publication."), "done")
    return redirect(url_for("desk.inspection", batch_id=made[0].id), 303)


@bp.get("/inspections/<int:batch_id>/")
@needs(Right.SUPERVISE)
def inspection(batch_id: int) -> str:
    """Show a batch with its agencies and what can be done to it."""
    return _page(batch_id)


@bp.post("/inspections/<int:batch_id>/step")
@needs(Right.SUPERVISE)
@gives_back(StepForm)
def step_inspection(batch_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        batch = existing(session, batch_id)
        form = _steps(batch, queries.of_batch(session, batch_id), posted=True)
    return take_step(
        handled(batch),
        form,
        lambda session, form: _take(session, form, batch_id),
        lambda form: _page(batch_id, form),
    )


def existing(session: Session, batch_id: int) -> InspectionBatch:
    """Return a batch, or say that there is none."""
    batch = queries.by_id(session, batch_id)
    if batch is None:
        raise NotFoundError(N_("There is no such batch."))
    return batch


def handled(batch: InspectionBatch) -> Handled:
    """Return a batch as something to be handled."""
    subject, url = Subject("inspection_batch", batch.id), url_for("desk.inspection", batch_id=batch.id)
    return Handled(subject=subject, version=batch.version, code=batch.title, url=url)


def _take(session: Session, form: StepForm, batch_id: int) -> object:
    held = {"batch_id": batch_id, "version": form.version.data or 0}
    act, reason = Act(form.step.data), form.reason.data or ""
    return actions.step(session, actor=current_account().actor, act=act, reason=reason, **held)


def _draw(session: Session, form: DrawingForm) -> InspectionBatch:
    region = form.region.data or current_account().region or ""
    if region and regions.by_code(session, region) is None:
        raise DomainError(N_("There is no region with this code."))
    check_region(region or None)
    return actions.draw_batch(
        session,
        actor=current_account().actor,
        title=form.title.data or "",
        scope=form.scope.data or "",
        basis=form.basis.data or "",
        region=region,
        wanted=form.wanted.data or 0,
        inspectors=form.names(),
    )


def _page(batch_id: int, form: StepForm | None = None) -> str:
    with reading() as session:
        batch = existing(session, batch_id)
        held = queries.of_batch(session, batch_id)
        drawn = agencies.by_ids(session, {each.agency_id for each in held})
        names = accounts.names(session, [batch.drawn_by, batch.handed_in_by, batch.published_by])
        happened = history.of_record(session, Subject("inspection_batch", batch_id))
    form = form or _steps(batch, held, posted=False)
    due = publish_by([each.inspected_on for each in held], drawn_on=batch.drawn_on)
    published = batch.state == State.PUBLISHED
    return render_template(
        "desk/inspection.html",
        batch=batch,
        state=STATE[State(batch.state)],
        rows=[{"held": each, "agency": drawn[each.agency_id], "result": _result(each)} for each in held],
        missing=sum(not each.result for each in held),
        days=None if published else (due - clock.today()).days,
        due=due,
        names=names,
        waits=batch.state == State.HANDED_IN and Act.PUBLISH not in _offered(batch, held),
        form=form,
        public_url=public_url(f"supervision/inspections/{batch.year}/{batch.number}/") if published else "",
        history=happened,
    )


def _result(held: Inspection) -> str:
    return str(RESULT[Result(held.result)]) if held.result else ""


def _offered(batch: InspectionBatch, held: Any) -> list[Act]:
    """Return what this officer may do to a batch now."""
    officer = current_account()
    hands = {batch.drawn_by, batch.handed_in_by, *(each.recorded_by for each in held)}
    second = officer.may(Right.CONFIRM_SUPERVISION) and officer.id not in hands
    allowed = [act for act, rule in MOVES.items() if State(batch.state) in rule.sources]
    return [act for act in allowed if second or not MOVES[act].second_person]


def _steps(batch: InspectionBatch, held: Any, *, posted: bool) -> StepForm | None:
    offered = {act: ACT[act] for act in _offered(batch, held)}
    return step_form(offered, with_reason=WITH_REASON, version=batch.version, posted=posted)


def _listed(session: Session, state: State) -> dict[str, Any]:
    seen = mine(InspectionBatch)
    counts = queries.counts_by_state(session, seen=seen)
    where = state_list("desk.inspections", STATE, state, counts, size=queries.PAGE)
    batches = queries.in_state(session, state, seen=seen, offset=where.offset)
    return {
        "where": where,
        "heading": _("Random inspections"),
        "new_url": url_for("desk.inspection_new"),
        "new_label": _("Draw a batch"),
        "rows": [_row(each) for each in batches],
    }


def _row(batch: InspectionBatch) -> ListRow:
    return ListRow(
        title=batch.title,
        url=url_for("desk.inspection", batch_id=batch.id),
        text=_("Agencies drawn: %(n)s of %(pool)s", n=batch.wanted, pool=batch.pool_size),
        date=batch.drawn_on,
        meta=(_("Batch %(number)s of %(year)s", number=batch.number, year=batch.year),),
    )


def _form(form: DrawingForm) -> str:
    return form_page(
        form,
        title=_("Draw a batch"),
        lead=_("The lot falls on agencies in business. It is drawn once; its seed is published."),
        action=url_for("desk.inspection_draw"),
        back=url_for("desk.inspections"),
        button=_("Draw"),
        fields=(
            {"name": "title"},
            {"name": "scope", "optional": True, "rows": 3},
            {"name": "basis", "optional": True, "rows": 2},
            {"name": "region", "optional": True, "short": True, "hint": _("Empty: every agency.")},
            {"name": "wanted", "short": True},
            {"name": "inspectors", "rows": 4, "hint": _("One name a line. They are never published.")},
        ),
    )
