"""The result of one inspection on the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.desk.supervising.inspections import existing, handled
from chengxin.desk.supervising.supervision_forms import ResultForm
from chengxin.standing.inspections import actions, queries
from chengxin.standing.inspections.models import Inspection
from chengxin.standing.inspections.rules import Result


@bp.get("/inspections/results/<int:inspection_id>/")
@needs(Right.SUPERVISE)
def inspection_result(inspection_id: int) -> str:
    """Show the form for the result of one agency, with what was entered before."""
    with reading() as session:
        held = _existing(session, inspection_id)
    begun = {"inspected_on": held.inspected_on, "note": held.note, "version": held.version}
    form = ResultForm(formdata=None, data={**begun, "result": held.result or None})
    return _page(inspection_id, form)


@bp.post("/inspections/results/<int:inspection_id>/")
@needs(Right.SUPERVISE)
@gives_back(ResultForm)
def inspection_record(inspection_id: int) -> ResponseReturnValue:
    """Keep the result and go back to the batch."""
    form = ResultForm()
    with reading() as session:
        held = _existing(session, inspection_id)
        batch = existing(session, held.batch_id)
    if not form.validate():
        return _page(inspection_id, form), form.refused_with
    outcome = attempt(form, lambda session: _record(session, form, inspection_id))
    if outcome is Outcome.DONE:
        flash(_("Result kept."), "done")
        return redirect(url_for("desk.inspection", batch_id=batch.id), 303)
    return handled(batch).late() if outcome is Outcome.LATE else (_page(inspection_id, form), 422)


def _record(session: Session, form: ResultForm, inspection_id: int) -> Inspection:
    return actions.record_result(
        session,
        actor=current_account().actor,
        inspection_id=inspection_id,
        version=form.version.data or 0,
        result=Result(form.result.data),
        inspected_on=form.inspected_on.data,
        note=form.note.data or "",
    )


def _existing(session: Session, inspection_id: int) -> Inspection:
    held = queries.inspection(session, inspection_id)
    if held is None:
        raise NotFoundError(N_("There is no such inspection."))
    return held


def _page(inspection_id: int, form: ResultForm) -> str:
    with reading() as session:
        held = _existing(session, inspection_id)
        batch = existing(session, held.batch_id)
        agency = agencies.by_id(session, held.agency_id)
    return render_template("desk/inspection_result.html", form=form, held=held, batch=batch, agency=agency)
