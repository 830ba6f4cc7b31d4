"""Links between organisations on the desk: drafted by one person, confirmed and removed by a second."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.agency_choice import the_agency
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import an_agency
from chengxin.desk.stepping import Outcome, StepForm, attempt
from chengxin.desk.supervising.supervision import Records, form_page, list_page, record_page, step_record
from chengxin.desk.supervising.supervision_forms import LinkForm
from chengxin.standing.confirming.rules import Act
from chengxin.standing.lineage import actions
from chengxin.standing.lineage.labels import TIE
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.lineage.rules import Tie

FIND = _l("Credit code, licence number or whole name.")
FIELDS = (
    {"name": "earlier", "hint": FIND},
    {"name": "later", "hint": FIND},
    {"name": "kind", "hint": _l("Only what an official record says, of organisations and never of persons.")},
    {"name": "on_day", "short": True},
    {"name": "document", "hint": _l("Title and number. Name no person.")},
    {"name": "issuer"},
)


def _describe(session: Session, link: LineageLink) -> dict[str, Any]:
    found = agencies.by_ids(session, [link.earlier_id, link.later_id])
    earlier, later = found[link.earlier_id], found[link.later_id]
    return {
        "title": f"{earlier.name} → {later.name}",
        "text": TIE[Tie(link.kind)],
        "date": link.on_day,
        "meta": (link.document,),
        "file_url": public_file_url(later.uid),
        "rows": [
            {
                "label": _("Earlier organisation"),
                "value": earlier.name,
                "url": public_file_url(earlier.uid),
                "lang": "zh-Hans",
            },
            {
                "label": _("Later organisation"),
                "value": later.name,
                "url": public_file_url(later.uid),
                "lang": "zh-Hans",
            },
            {"label": _("What the record says"), "value": TIE[Tie(link.kind)]},
            {"label": _("Day of the record"), "value": link.on_day},
            {"label": _("Document"), "value": link.document, "lang": "zh-Hans"},
            {"label": _("Issued by"), "value": link.issuer, "lang": "zh-Hans"},
        ],
    }


LINKS = Records(
    model=LineageLink,
    endpoint="desk.lineage",
    one="desk.lineage_link",
    step_endpoint="desk.step_lineage_link",
    parameter="link_id",
    title=_l("Tied organisations"),
    new_label=_l("Propose a link"),
    describe=_describe,
)


@bp.get("/lineage/")
@needs(Right.SUPERVISE)
def lineage() -> str:
    """List the links of a state."""
    return list_page(LINKS)


@bp.get("/lineage/new")
@needs(Right.SUPERVISE)
def lineage_link_new() -> str:
    """Show an empty proposal."""
    return _form(LinkForm(formdata=None, data={"later": request.args.get("agency", "")}))


@bp.post("/lineage/new")
@needs(Right.SUPERVISE)
@gives_back(LinkForm)
def lineage_propose() -> ResponseReturnValue:
    """Keep a proposal."""
    form, made = LinkForm(), list[LineageLink]()
    if not form.validate():
        return _form(form), form.refused_with
    if attempt(form, lambda session: made.append(_propose(session, form))) is not Outcome.DONE:
        return _form(form), 422
    flash(_("Proposed. Nobody outside the desk sees it before a second person confirms."), "done")
    return redirect(url_for("desk.lineage_link", link_id=made[0].id), 303)


@bp.get("/lineage/<int:link_id>/")
@needs(Right.SUPERVISE)
def lineage_link(link_id: int) -> str:
    """Show a link with what can be done to it."""
    return record_page(LINKS, link_id)


@bp.post("/lineage/<int:link_id>/step")
@needs(Right.SUPERVISE)
@gives_back(StepForm)
def step_lineage_link(link_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""

    def take(session: Session, act: Act, form: StepForm) -> object:
        held = {"link_id": link_id, "version": form.version.data or 0}
        return actions.step(
            session, actor=current_account().actor, act=act, reason=form.reason.data or "", **held
        )

    return step_record(LINKS, link_id, take)


def _propose(session: Session, form: LinkForm) -> LineageLink:
    earlier = the_agency(session, form.earlier.data or "")
    later = an_agency(session, form.later.data or "")
    return actions.propose(
        session,
        actor=current_account().actor,
        earlier_id=earlier.id,
        later_id=later.id,
        **form.facts_given(),
    )


def _form(form: LinkForm) -> str:
    return form_page(
        form,
        title=_("Propose a link"),
        lead=_("Ties two organisations by an official record. A second person confirms it."),
        action=url_for("desk.lineage_propose"),
        back=url_for("desk.lineage"),
        button=_("Propose"),
        fields=FIELDS,
    )
