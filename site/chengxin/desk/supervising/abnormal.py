"""Marks of abnormal operation on the desk: proposed by one person, confirmed and removed by a second."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import an_agency
from chengxin.desk.stepping import Outcome, StepForm, attempt
from chengxin.desk.supervising.supervision import Records, form_page, list_page, record_page, step_record
from chengxin.desk.supervising.supervision_forms import MarkForm
from chengxin.standing.abnormal import actions
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.confirming.rules import Act

FIELDS = (
    {"name": "agency", "hint": _l("Credit code, licence number or whole name.")},
    {"name": "cause"},
    {"name": "facts", "optional": True, "rows": 4, "hint": _l("The public reads it. Name no person.")},
    {"name": "set_on", "short": True},
    {"name": "decision_no", "optional": True, "short": True},
    {"name": "authority", "optional": True},
)


def _describe(session: Session, mark: AbnormalMark) -> dict[str, Any]:
    owner = agencies.by_id(session, mark.agency_id)
    assert owner is not None  # the database keeps the tie
    cause = CAUSE[Cause(mark.cause)]
    return {
        "title": owner.name,
        "text": cause,
        "date": mark.set_on,
        "meta": (mark.decision_no,),
        "file_url": public_file_url(owner.uid),
        "rows": [
            {"label": _("Cause"), "value": cause},
            {"label": _("What happened"), "value": mark.facts, "lang": "zh-Hans"},
            {"label": _("Marked from"), "value": mark.set_on},
            {"label": _("Decision number"), "value": mark.decision_no, "lang": "zh-Hans"},
            {"label": _("Authority that decided"), "value": mark.authority, "lang": "zh-Hans"},
        ],
    }


MARKS = Records(
    model=AbnormalMark,
    endpoint="desk.abnormal",
    one="desk.abnormal_mark",
    step_endpoint="desk.step_abnormal_mark",
    parameter="mark_id",
    title=_l("Abnormal marks"),
    new_label=_l("Propose a mark"),
    describe=_describe,
)


@bp.get("/abnormal/")
@needs(Right.SUPERVISE)
def abnormal() -> str:
    """List the marks of a state."""
    return list_page(MARKS)


@bp.get("/abnormal/new")
@needs(Right.SUPERVISE)
def abnormal_mark_new() -> str:
    """Show an empty proposal."""
    begun = {"agency": request.args.get("agency", ""), "set_on": clock.today()}
    return _form(MarkForm(formdata=None, data=begun))


@bp.post("/abnormal/new")
@needs(Right.SUPERVISE)
@gives_back(MarkForm)
def abnormal_propose() -> ResponseReturnValue:
    """Keep a proposal."""
    form, made = MarkForm(), list[AbnormalMark]()
    if not form.validate():
        return _form(form), form.refused_with
    if attempt(form, lambda session: made.append(_propose(session, form))) is not Outcome.DONE:
        return _form(form), 422
    flash(_("Proposed. Nobody outside the desk sees it before a second person confirms."), "done")
    return redirect(url_for("desk.abnormal_mark", mark_id=made[0].id), 303)


@bp.get("/abnormal/<int:mark_id>/")
@needs(Right.SUPERVISE)
def abnormal_mark(mark_id: int) -> str:
    """Show a mark with what can be done to it."""
    return record_page(MARKS, mark_id)


@bp.post("/abnormal/<int:mark_id>/step")
@needs(Right.SUPERVISE)
@gives_back(StepForm)
def step_abnormal_mark(mark_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""

    def take(session: Session, act: Act, form: StepForm) -> object:
        held = {"mark_id": mark_id, "version": form.version.data or 0}
        return actions.step(
            session, actor=current_account().actor, act=act, reason=form.reason.data or "", **held
        )

    return step_record(MARKS, mark_id, take)


def _propose(session: Session, form: MarkForm) -> AbnormalMark:
    owner = an_agency(session, form.agency.data or "")
    given = form.facts_given()
    return actions.propose(session, actor=current_account().actor, agency_id=owner.id, **given)


def _form(form: MarkForm) -> str:
    return form_page(
        form,
        title=_("Propose a mark"),
        lead=_("A second person confirms it. Until then nobody outside the desk sees it."),
        action=url_for("desk.abnormal_propose"),
        back=url_for("desk.abnormal"),
        button=_("Propose"),
        fields=FIELDS,
    )
