"""Campaigns on the desk: write, publish, take down."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.bulletins.campaigns import actions, queries
from chengxin.bulletins.campaigns.labels import KIND, STATE
from chengxin.bulletins.campaigns.models import Campaign
from chengxin.bulletins.campaigns.rules import Kind, State
from chengxin.bulletins.markdown import to_html
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom.campaign_forms import CampaignForm, campaign_form
from chengxin.desk.racing import gives_back
from chengxin.desk.state_list import ListRow, whole_list
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.ledger.rules import Subject

PAGE = 30


class Step(StrEnum):
    """What an officer can do to a campaign besides writing."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"


WORDS = {Step.PUBLISH: _l("Publish now"), Step.WITHDRAW: _l("Take it down")}
STEPS: Mapping[State, Step] = {State.DRAFT: Step.PUBLISH, State.PUBLISHED: Step.WITHDRAW}


@bp.get("/campaigns/")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def campaigns() -> str:
    """List the campaigns in every state."""
    with reading() as session:
        where = whole_list("desk.campaigns", queries.count(session), size=PAGE)
        found = queries.all_of(session, limit=PAGE, offset=where.offset)
    return render_template(
        "desk/list.html",
        heading=_("Campaigns"),
        new_url=url_for("desk.campaign_new"),
        new_label=_("New campaign"),
        where=where,
        rows=[_row(each) for each in found],
    )


@bp.get("/campaigns/new")
@needs(Right.DRAFT_NEWS)
def campaign_new() -> str:
    """Show an empty campaign."""
    return _form_page(campaign_form(posted=False))


@bp.post("/campaigns/new")
@needs(Right.DRAFT_NEWS)
@gives_back(CampaignForm)
def draft_campaign() -> ResponseReturnValue:
    """Keep a first draft."""
    form, made = campaign_form(posted=True), list[Campaign]()
    if not form.validate():
        return _form_page(form), form.refused_with
    held: Any = {"actor": current_account().actor, "plan": form.plan(), "slug": form.slug.data or ""}
    if attempt(form, lambda session: made.append(actions.draft(session, **held))) is not Outcome.DONE:
        return _form_page(form), 422
    return kept(made[0].id)


@bp.get("/campaigns/<int:campaign_id>/")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def campaign(campaign_id: int) -> str:
    """Show a campaign with what can be done to it."""
    return _page(campaign_id)


@bp.get("/campaigns/<int:campaign_id>/edit")
@needs(Right.DRAFT_NEWS)
def campaign_edit(campaign_id: int) -> str:
    """Show the text of a campaign to be changed."""
    with reading() as session:
        shown = existing(session, campaign_id)
    return _form_page(campaign_form(shown, posted=False), shown)


@bp.post("/campaigns/<int:campaign_id>/edit")
@needs(Right.DRAFT_NEWS)
@gives_back(CampaignForm)
def revise_campaign(campaign_id: int) -> ResponseReturnValue:
    """Keep the changed text of a campaign."""
    with reading() as session:
        shown = existing(session, campaign_id)
    form = campaign_form(shown, posted=True)
    if not form.validate():
        return _form_page(form, shown), form.refused_with
    held: Any = {"actor": current_account().actor, "campaign_id": campaign_id, "plan": form.plan()}
    version = form.version.data or 0
    outcome = attempt(form, lambda session: actions.revise(session, **held, version=version))
    return answered(shown, outcome, lambda: _form_page(form, shown))


@bp.post("/campaigns/<int:campaign_id>/step")
@needs(Right.PUBLISH_NEWS)
@gives_back(StepForm)
def step_campaign(campaign_id: int) -> ResponseReturnValue:
    """Publish a campaign or take it down."""
    with reading() as session:
        shown = existing(session, campaign_id)
    form = _step_form(shown, posted=True)
    return take_step(
        handled(shown),
        form,
        lambda session, form: _take(session, form, campaign_id),
        lambda form: _page(campaign_id, form),
    )


def existing(session: Session, campaign_id: int) -> Campaign:
    """Return a campaign, or answer that there is none."""
    found = queries.by_id(session, campaign_id)
    if found is None:
        raise NotFoundError(N_("There is no such campaign."))
    return found


def answered(shown: Campaign, outcome: Outcome, again: Callable[[], str]) -> ResponseReturnValue:
    """Return to the campaign, say who was faster, or show the form again."""
    if outcome is Outcome.LATE:
        return handled(shown).late()
    return kept(shown.id) if outcome is Outcome.DONE else (again(), 422)


def kept(campaign_id: int) -> ResponseReturnValue:
    """Say that a change is kept."""
    flash(_("Saved."), "done")
    return redirect(url_for("desk.campaign", campaign_id=campaign_id), 303)


def handled(shown: Campaign) -> Handled:
    """Return a campaign as something to be handled."""
    url = url_for("desk.campaign", campaign_id=shown.id)
    return Handled(subject=Subject("campaign", shown.id), version=shown.version, code=shown.title, url=url)


def _form_page(form: CampaignForm, shown: Campaign | None = None) -> str:
    return render_template("desk/campaign_form.html", form=form, campaign=shown)


def _page(campaign_id: int, form: StepForm | None = None) -> str:
    with reading() as session:
        shown = existing(session, campaign_id)
        counts = queries.count_entries(session, [campaign_id])
        happened = history.of_record(session, Subject("campaign", campaign_id))
    public = shown.state == State.PUBLISHED
    return render_template(
        "desk/campaign.html",
        campaign=shown,
        words={"kind": KIND[Kind(shown.kind)], "state": STATE[State(shown.state)]},
        agencies=counts[campaign_id],
        body=to_html(shown.body),
        results=to_html(shown.results),
        form=form or _step_form(shown, posted=False),
        may_revise=shown.state != State.WITHDRAWN and current_account().may(Right.DRAFT_NEWS),
        public_url=public_url(f"campaigns/{shown.year}/{shown.slug}/") if public else "",
        history=happened,
    )


def _row(shown: Campaign) -> ListRow:
    return ListRow(
        title=shown.title,
        url=url_for("desk.campaign", campaign_id=shown.id),
        date=shown.starts_on,
        meta=[KIND[Kind(shown.kind)], STATE[State(shown.state)]],
    )


def _step_form(shown: Campaign, *, posted: bool) -> StepForm | None:
    step = STEPS.get(State(shown.state)) if current_account().may(Right.PUBLISH_NEWS) else None
    offered = {step: WORDS[step]} if step else {}
    return step_form(offered, with_reason={Step.WITHDRAW}, version=shown.version, posted=posted)


def _take(session: Session, form: StepForm, campaign_id: int) -> None:
    held: Any = {"actor": current_account().actor, "campaign_id": campaign_id, "version": form.version.data}
    if form.step.data == Step.PUBLISH:
        actions.publish(session, **held)
    else:
        actions.withdraw(session, **held, reason=form.reason.data or "")
