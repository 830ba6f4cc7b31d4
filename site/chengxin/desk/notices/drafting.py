"""Draft a notice, from nothing or from a complaint, and change a draft."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation, reading
from chengxin.desk.blueprint import bp
from chengxin.desk.drafts import REMEDIES, practice
from chengxin.desk.following import in_view
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices.notice_forms import SEVERITY_HINTS, TAKEN_HINTS, NoticeForm
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import an_agency
from chengxin.desk.stepping import Handled, Outcome, attempt
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, workbench
from chengxin.standing.sanctions.basis import readable, usual_for
from chengxin.standing.sanctions.labels import CATEGORY, PERSONAL
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.naming import Naming
from chengxin.standing.sanctions.rules import Category, Procedure, State
from chengxin.standing.sanctions.wording import wording_of


@bp.get("/notices/new")
@needs(Right.DRAFT_NOTICES)
def notice_new() -> ResponseReturnValue:
    """Show an empty draft; one that grows out of a finding begins on the page of its case."""
    return _drafted_page(_begun())


@bp.post("/notices/new")
@needs(Right.DRAFT_NOTICES)
@gives_back(NoticeForm)
def draft_notice() -> ResponseReturnValue:
    """Keep a first draft."""
    form, made = NoticeForm(), list[Sanction]()
    if not form.validate():
        return _drafted_page(form), 422
    if attempt(form, lambda session: made.append(_draft(session, form))) is not Outcome.DONE:
        return _drafted_page(form), 422
    return _kept(form, made[0].id)


@bp.get("/notices/<int:notice_id>/edit")
@needs(Right.DRAFT_NOTICES)
def notice_edit(notice_id: int) -> ResponseReturnValue:
    """Show a draft to be changed."""
    with reading() as session:
        sanction = existing(session, notice_id)
        wording = wording_of(sanction)
        owner = agencies.by_id(session, wording.agency_id) if wording.agency_id else None
    if sanction.state != State.DRAFT:
        raise DomainError(N_("Only a draft can be changed: this notice has left the desk of its author."))
    form = NoticeForm(formdata=None)
    form.fill(wording, agency=(owner.uscc or owner.uid) if owner else "", version=sanction.version)
    return _drafted_page(form, sanction)


@bp.post("/notices/<int:notice_id>/edit")
@needs(Right.DRAFT_NOTICES)
@gives_back(NoticeForm)
def revise_notice(notice_id: int) -> ResponseReturnValue:
    """Keep the changes of a draft."""
    form = NoticeForm()
    with reading() as session:
        sanction = existing(session, notice_id)
    if not form.validate():
        return _drafted_page(form, sanction), 422
    outcome = attempt(form, lambda session: _revise(session, form, notice_id))
    if outcome is Outcome.LATE:
        return handled(sanction).late()
    if outcome is Outcome.REFUSED:
        return _drafted_page(form, sanction), 422
    return _kept(form, notice_id)


def existing(session: Session, notice_id: int) -> Sanction:
    """Return a notice, or answer that there is none."""
    sanction = workbench.by_id(session, notice_id)
    if sanction is None:
        raise NotFoundError(N_("There is no such notice."))
    return sanction


def handled(sanction: Sanction) -> Handled:
    """Return a notice as something to be handled."""
    return Handled(
        subject=Subject("sanction", sanction.id),
        version=sanction.version,
        code=sanction.title,
        url=in_view("desk.notice", notice_id=sanction.id),
        kind="notice",
    )


def _kept(form: NoticeForm, notice_id: int) -> ResponseReturnValue:
    flash(_("The draft is kept. Nobody outside the desk sees it."), "done")
    if kinds := form.personal():
        words = _(", ").join(str(PERSONAL[kind]) for kind in kinds)
        flash(_("Data of persons was masked: %(kinds)s. Read the text again.", kinds=words), "done")
    return redirect(url_for("desk.notice", notice_id=notice_id), 303)


def _drafted_page(form: NoticeForm, sanction: Sanction | None = None) -> str:
    case_id = sanction.complaint_id if sanction else None
    return render_template(
        "desk/notice_form.html",
        form=form,
        sanction=sanction,
        severity_hints=SEVERITY_HINTS,
        taken_hints=TAKEN_HINTS,
        usual=_usual(),
        personal=[PERSONAL[kind] for kind in form.personal()],
        case_url=url_for("desk.complaint", case_id=case_id) if case_id else "",
    )


def _usual() -> list[tuple[str, str]]:
    """Return the usual articles of each violation, in words."""
    found = {each: readable(usual_for(each)) for each in Category}
    return [(str(CATEGORY[each]), articles) for each, articles in found.items() if articles]


def _begun() -> NoticeForm:
    begun: dict[str, Any] = {
        "authority": installation().settings.authority,
        "remedies": REMEDIES,
        "naming": Naming.FULL,
        "procedure": Procedure.ORDINARY,
        "taken": "no",
        "filed_on": clock.today(),
        "version": 0,
    }
    return NoticeForm(formdata=None, data=begun)


def _draft(session: Session, form: NoticeForm) -> Sanction:
    officer = current_account()
    wording = form.wording(today=clock.today(), **_party(session, form, officer), complaint_id=None)
    return actions.draft(session, actor=officer.actor, wording=wording, practice=practice())


def _revise(session: Session, form: NoticeForm, notice_id: int) -> None:
    had = existing(session, notice_id)
    kept: dict[str, Any] = {"complaint_id": had.complaint_id, "listed_until": had.listed_until}
    actions.revise(
        session,
        actor=current_account().actor,
        sanction_id=notice_id,
        version=form.version.data or 0,
        wording=form.wording(today=clock.today(), **_party(session, form, had), **kept),
        practice=practice(),
    )


def _party(session: Session, form: NoticeForm, begun: Sanction | Officer) -> dict[str, Any]:
    """Return who the notice is about; an agency of the register lends its name, code and region.

    Any other party lies where the draft lies, or in the part of whoever drafts.
    """
    if not form.agency.data:
        region = begun.region if isinstance(begun, Officer) else begun.region_code
        return {"agency_id": None, "region_code": region}
    owner = an_agency(session, form.agency.data, known=[begun.agency_id])
    return {
        "agency_id": owner.id,
        "party_name": form.party_name.data or owner.name,
        "party_uscc": owner.uscc or form.party_uscc.data or "",
        "region_code": owner.region_code,
    }
