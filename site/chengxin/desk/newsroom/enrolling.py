"""The agencies of a campaign: enter them by the line, and say how each did."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.bulletins.campaigns import actions, queries
from chengxin.bulletins.campaigns.labels import RESULT
from chengxin.bulletins.campaigns.models import CampaignEntry
from chengxin.bulletins.campaigns.queries import ENTRIES_PAGE
from chengxin.bulletins.campaigns.rules import State
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.web import reading
from chengxin.desk.agency_choice import the_agency
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom.campaign_forms import MOST_LINES, EnrolForm, ResultForm
from chengxin.desk.newsroom.campaigns import answered, existing
from chengxin.desk.racing import gives_back
from chengxin.desk.state_list import whole_list
from chengxin.desk.stepping import Outcome, attempt


@bp.get("/campaigns/<int:campaign_id>/agencies")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def campaign_agencies(campaign_id: int) -> str:
    """Show the agencies of a campaign, and the form for more."""
    return _page(campaign_id, EnrolForm(formdata=None))


@bp.post("/campaigns/<int:campaign_id>/agencies")
@needs(Right.DRAFT_NEWS)
@gives_back(EnrolForm)
def enrol_agencies(campaign_id: int) -> ResponseReturnValue:
    """Enter the agencies that were written; all of them, or none."""
    form = EnrolForm()
    with reading() as session:
        existing(session, campaign_id)
        found = _found(session, form) if form.validate() else []
    if form.errors:
        return _page(campaign_id, form), form.refused_with
    held: Any = {"actor": current_account().actor, "campaign_id": campaign_id, "agency_ids": found}
    entered = list[int]()
    if attempt(form, lambda session: entered.append(actions.enrol(session, **held))) is not Outcome.DONE:
        return _page(campaign_id, form), 422
    flash(_("Agencies entered: %(n)s", n=entered[0]), "done")
    return redirect(url_for("desk.campaign_agencies", campaign_id=campaign_id), 303)


@bp.get("/campaigns/entries/<int:entry_id>")
@needs(Right.DRAFT_NEWS)
def campaign_entry(entry_id: int) -> str:
    """Show the form that says how an agency did."""
    with reading() as session:
        entry = _entry(session, entry_id)
    return _entry_page(entry, ResultForm(formdata=None, obj=entry))


@bp.post("/campaigns/entries/<int:entry_id>")
@needs(Right.DRAFT_NEWS)
@gives_back(ResultForm)
def judge_entry(entry_id: int) -> ResponseReturnValue:
    """Keep how an agency did."""
    form = ResultForm()
    with reading() as session:
        entry = _entry(session, entry_id)
        campaign = existing(session, entry.campaign_id)
    if not form.validate():
        return _entry_page(entry, form), form.refused_with
    held: Any = {"actor": current_account().actor, "entry_id": entry_id, "version": form.version.data}
    words: Any = {"result": form.result.data or "", "note": form.note.data or ""}
    outcome = attempt(form, lambda session: actions.judge(session, **held, **words))
    if outcome is Outcome.DONE:
        flash(_("Saved."), "done")
        return redirect(url_for("desk.campaign_agencies", campaign_id=campaign.id), 303)
    return answered(campaign, outcome, lambda: _entry_page(entry, form))


def _entry(session: Session, entry_id: int) -> CampaignEntry:
    found = session.get(CampaignEntry, entry_id)
    if found is None:
        raise NotFoundError(N_("There is no such entry."))
    return found


def _found(session: Session, form: EnrolForm) -> list[int]:
    """Return the agencies that were written; each line that names none becomes an error of its own."""
    lines, found, wrong = form.lines(), list[int](), list[str]()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        try:
            found.append(the_agency(session, line).id)
        except DomainError as error:
            wrong.append(_("Line %(n)s: %(what)s", n=number, what=told(error)))
    if len(lines) > MOST_LINES:
        wrong.append(_("Write 500 agencies at most, and the others after that."))
    form.agencies.errors = [*form.agencies.errors, *wrong]
    return found


def _entry_page(entry: CampaignEntry, form: ResultForm) -> str:
    with reading() as session:
        campaign = existing(session, entry.campaign_id)
        name = queries.agency_name(session, entry.agency_id)
    return render_template("desk/campaign_entry.html", campaign=campaign, entry=entry, name=name, form=form)


def _page(campaign_id: int, form: EnrolForm) -> str:
    with reading() as session:
        campaign = existing(session, campaign_id)
        total = queries.count_entries(session, [campaign_id])[campaign_id]
        where = whole_list("desk.campaign_agencies", total, size=ENTRIES_PAGE, campaign_id=campaign_id)
        entered = queries.entries(session, campaign_id, offset=where.offset)
    return render_template(
        "desk/campaign_agencies.html",
        campaign=campaign,
        entered=entered,
        results=RESULT,
        total=total,
        where=where,
        form=form,
        may_change=campaign.state != State.WITHDRAWN and current_account().may(Right.DRAFT_NEWS),
    )
