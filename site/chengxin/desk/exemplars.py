"""Exemplary titles on the desk: nominate, award by a second person, take back."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.agency_choice import the_agency
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.honour_form import HonourForm
from chengxin.desk.racing import too_late
from chengxin.desk.stepping import Outcome, StepForm, attempt, step_form
from chengxin.ledger.rules import Subject
from chengxin.standing.exemplars import actions, queries
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL, STATE
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, Level, State
from chengxin.standing.sanctions import queries as sanctions

PAGE = 30


class Step(StrEnum):
    """What an officer can do to a title."""

    AWARD = "award"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


WORDS = {
    Step.AWARD: _l("Award the title"),
    Step.DECLINE: _l("Do not award it"),
    Step.WITHDRAW: _l("Take the title back"),
}
WITH_REASON = frozenset({Step.DECLINE, Step.WITHDRAW})
STEPS: Mapping[State, tuple[Step, ...]] = {
    State.NOMINATED: (Step.AWARD, Step.DECLINE),
    State.AWARDED: (Step.WITHDRAW,),
}


@bp.get("/exemplars/")
@needs(Right.NAME_EXEMPLARS)
def exemplars() -> str:
    """List the titles of a state."""
    asked = request.args.get("state", "")
    state = State(asked) if asked in set(State) else State.NOMINATED
    with reading() as session:
        return render_template("desk/exemplars.html", **_listed(session, state))


@bp.get("/exemplars/new")
@needs(Right.NAME_EXEMPLARS)
def exemplar_new() -> str:
    """Show an empty nomination."""
    begun = {"agency": request.args.get("agency", ""), "year": clock.today().year}
    return render_template("desk/exemplar_form.html", form=HonourForm(formdata=None, data=begun))


@bp.post("/exemplars/new")
@needs(Right.NAME_EXEMPLARS)
def nominate_exemplar() -> ResponseReturnValue:
    """Keep a nomination."""
    form, made = HonourForm(), list[Honour]()
    fine = form.validate()
    if not fine or attempt(form, lambda session: made.append(_nominate(session, form))) is not Outcome.DONE:
        return render_template("desk/exemplar_form.html", form=form), 422
    flash(_("Nominated. A second person awards the title."), "done")
    return redirect(url_for("desk.exemplar", honour_id=made[0].id), 303)


@bp.get("/exemplars/<int:honour_id>/")
@needs(Right.NAME_EXEMPLARS)
def exemplar(honour_id: int) -> ResponseReturnValue:
    """Show a title with what can be done to it."""
    return _page(honour_id)


@bp.post("/exemplars/<int:honour_id>/step")
@needs(Right.NAME_EXEMPLARS)
def step_exemplar(honour_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        honour = _existing(session, honour_id)
    form = _step_form(honour, posted=True)
    if form is None or form.version.data not in {None, honour.version}:
        return _too_late(honour)
    if not form.validate():
        return _page(honour_id, form), 422
    outcome = attempt(form, lambda session: _take(session, form, honour_id))
    if outcome is Outcome.DONE:
        flash(_("Saved."), "done")
        return redirect(url_for("desk.exemplar", honour_id=honour_id), 303)
    return _too_late(honour) if outcome is Outcome.LATE else (_page(honour_id, form), 422)


def _page(honour_id: int, form: StepForm | None = None) -> str:
    with reading() as session:
        honour = _existing(session, honour_id)
        owner = agencies.by_id(session, honour.agency_id)
        assert owner is not None  # the database keeps the tie
        conflicts = sanctions.by_agency(session, honour.agency_id, today=clock.today())
        names = accounts.names(session, [honour.nominated_by])
        happened = history.of_record(session, Subject("honour", honour_id))
    return render_template(
        "desk/exemplar.html",
        honour=honour,
        agency=owner,
        file_url=public_file_url(owner.uid),
        conflicts=conflicts,
        words=_words(honour),
        nominated_by=names.get(honour.nominated_by or 0, ""),
        waits=_own(honour),
        form=form or _step_form(honour, posted=False),
        history=happened,
    )


def _listed(session: Session, state: State) -> dict[str, Any]:
    counts = queries.counts_by_state(session)
    pages = max(1, math.ceil(counts[state] / PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    honours = queries.in_state(session, state, limit=PAGE, offset=(page - 1) * PAGE)
    owners = agencies.by_ids(session, {each.agency_id for each in honours})
    return {
        "state": state,
        "title": STATE[state],
        "views": [_view(each, counts[each], current=each is state) for each in STATE],
        "rows": [{"honour": each, "agency": owners[each.agency_id], **_words(each)} for each in honours],
        "page": page,
        "pages": pages,
    }


def _view(state: State, count: int, *, current: bool) -> dict[str, Any]:
    url = url_for("desk.exemplars", state=state)
    return {"label": STATE[state], "url": url, "count": count, "current": current}


def _words(honour: Honour) -> dict[str, str]:
    return {
        "state": STATE[State(honour.state)],
        "kind": HONOUR_KIND[HonourKind(honour.kind)],
        "level": LEVEL[Level(honour.level)],
    }


def _own(honour: Honour) -> bool:
    """Tell whether a nomination waits for somebody other than this officer."""
    return honour.state == State.NOMINATED and honour.nominated_by == current_account().id


def _step_form(honour: Honour, *, posted: bool) -> StepForm | None:
    steps = [each for each in STEPS.get(State(honour.state), ()) if not (_own(honour) and each is Step.AWARD)]
    offered = {step: WORDS[step] for step in steps}
    return step_form(offered, with_reason=WITH_REASON, version=honour.version, posted=posted)


def _take(session: Session, form: StepForm, honour_id: int) -> None:
    actor, version = current_account().actor, form.version.data or 0
    step, reason = Step(form.step.data), form.reason.data or ""
    if step is Step.AWARD:
        actions.award(session, actor=actor, honour_id=honour_id, version=version)
    else:
        act = actions.decline if step is Step.DECLINE else actions.withdraw
        act(session, actor=actor, honour_id=honour_id, version=version, reason=reason)


def _nominate(session: Session, form: HonourForm) -> Honour:
    owner = the_agency(session, form.agency.data or "")
    return actions.nominate(session, actor=current_account().actor, agency_id=owner.id, **form.facts())


def _existing(session: Session, honour_id: int) -> Honour:
    honour = queries.by_id(session, honour_id)
    if honour is None:
        raise NotFoundError(N_("There is no such title."))
    return honour


def _too_late(honour: Honour) -> ResponseReturnValue:
    record_url = url_for("desk.exemplar", honour_id=honour.id)
    return too_late(Subject("honour", honour.id), code=_("Title %(n)s", n=honour.id), record_url=record_url)
