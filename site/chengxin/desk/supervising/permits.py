"""Decisions about permits on the desk: a penalty takes effect by a second person, the rest at once."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.agencies.labels import PERMIT_KIND
from chengxin.agencies.models import Permit
from chengxin.agencies.permits.labels import CHANGE, FACT
from chengxin.agencies.permits.rules import Change, Fact
from chengxin.agencies.rules import PermitKind
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import check_agency
from chengxin.desk.stepping import Outcome, StepForm, attempt
from chengxin.desk.supervising.supervision import Records, form_page, list_page, record_page, step_record
from chengxin.desk.supervising.supervision_forms import PermitForm
from chengxin.standing.confirming.rules import Act, State
from chengxin.standing.permits import actions
from chengxin.standing.permits.models import PermitAct
from chengxin.standing.permits.rules import takes_two

FIELDS = (
    {"name": "number"},
    {
        "name": "change",
        "hint": _l("Revocation and suspension are penalties: a second person confirms them."),
    },
    {"name": "fact", "hint": _l("Only for a change; a renewal is about the last day.")},
    {"name": "new", "optional": True},
    {"name": "on_day", "short": True},
    {"name": "decided_on", "short": True, "hint": _l("The 20 working days for publication count from here.")},
    {"name": "decision_no", "short": True},
    {"name": "reason", "optional": True, "rows": 3, "hint": _l("It is kept with the record.")},
)


def _describe(session: Session, made: PermitAct) -> dict[str, Any]:
    permit = session.get_one(Permit, made.permit_id)
    owner = agencies.by_id(session, made.agency_id)
    assert owner is not None  # the database keeps the tie
    change = CHANGE[Change(made.change)]
    open_now = made.state == State.PROPOSED
    return {
        "title": owner.name,
        "text": change,
        "date": made.on_day,
        "meta": (permit.number, made.decision_no),
        "days": (made.publish_by - clock.today()).days if open_now else None,
        "file_url": public_file_url(owner.uid),
        "rows": [
            {"label": _("Permit"), "value": PERMIT_KIND[PermitKind(permit.kind)], "note": permit.number},
            {"label": _("What was decided"), "value": change},
            *([{"label": FACT[Fact(made.fact)], "value": made.new, "lang": "zh-Hans"}] if made.fact else []),
            {"label": _("Holds from"), "value": made.on_day},
            {"label": _("Date of the decision"), "value": made.decided_on},
            {"label": _("Publish by"), "value": made.publish_by, "note": _("20 working days")},
            {"label": _("Decision number"), "value": made.decision_no, "lang": "zh-Hans"},
            {"label": _("Reason"), "value": made.reason, "lang": "zh-Hans"},
        ],
    }


ACTS = Records(
    model=PermitAct,
    endpoint="desk.permits",
    one="desk.permit_act",
    step_endpoint="desk.step_permit_act",
    parameter="act_id",
    title=_l("Permit decisions"),
    new_label=_l("Enter a decision"),
    describe=_describe,
)


@bp.get("/permits/")
@needs(Right.SUPERVISE)
def permits() -> str:
    """List the decisions of a state."""
    return list_page(ACTS)


@bp.get("/permits/new")
@needs(Right.SUPERVISE)
def permit_act_new() -> str:
    """Show an empty decision."""
    begun = {"number": request.args.get("number", ""), "on_day": clock.today(), "decided_on": clock.today()}
    return _form(PermitForm(formdata=None, data=begun))


@bp.post("/permits/new")
@needs(Right.SUPERVISE)
@gives_back(PermitForm)
def permit_enter() -> ResponseReturnValue:
    """Keep a decision; what is no penalty takes effect at once."""
    form, made = PermitForm(), list[PermitAct]()
    if not form.validate():
        return _form(form), form.refused_with
    if attempt(form, lambda session: made.append(_enter(session, form))) is not Outcome.DONE:
        return _form(form), 422
    waits = takes_two(made[0].change)
    flash(_("Waits for a second person.") if waits else _("Done. It stands in the public list."), "done")
    return redirect(url_for("desk.permit_act", act_id=made[0].id), 303)


@bp.get("/permits/<int:act_id>/")
@needs(Right.SUPERVISE)
def permit_act(act_id: int) -> str:
    """Show a decision with what can be done to it."""
    return record_page(ACTS, act_id)


@bp.post("/permits/<int:act_id>/step")
@needs(Right.SUPERVISE)
@gives_back(StepForm)
def step_permit_act(act_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""

    def take(session: Session, act: Act, form: StepForm) -> object:
        held = {"act_id": act_id, "version": form.version.data or 0}
        return actions.step(
            session, actor=current_account().actor, act=act, reason=form.reason.data or "", **held
        )

    return step_record(ACTS, act_id, take)


def _enter(session: Session, form: PermitForm) -> PermitAct:
    found = agencies.permits_numbered(session, form.number.data or "")
    if len(found) != 1:
        raise DomainError(N_("Permits with this number: %(n)s. It takes exactly one."), n=len(found))
    check_agency(session, found[0].agency_id)
    given = form.facts_given()
    given["change"] = Change(given["change"])
    return actions.enter(session, actor=current_account().actor, permit_id=found[0].id, **given)


def _form(form: PermitForm) -> str:
    return form_page(
        form,
        title=_("Enter a decision"),
        lead=_("What it decides stands in the public list of permit changes from the day it is entered."),
        action=url_for("desk.permit_enter"),
        back=url_for("desk.permits"),
        button=_("Enter"),
        fields=FIELDS,
    )
