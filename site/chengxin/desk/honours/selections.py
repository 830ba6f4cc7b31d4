"""Rounds of selection on the desk: open one, look at its entries, take its steps, print its list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation, reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.following import in_view, links_from
from chengxin.desk.guard import current_account, needs
from chengxin.desk.honours import round_page
from chengxin.desk.honours.honour_form import BY_SHARE, MarkForm, RoundForm, RoundStepForm
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import check_region, mine
from chengxin.desk.state_list import asked_state, state_list
from chengxin.desk.stepping import Handled, Outcome, attempt, begun, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars import selections
from chengxin.standing.exemplars.labels import ACT, SELECTION_ACT, SELECTION_STATE
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import Act, State, acts_from
from chengxin.standing.exemplars.selection_rules import (
    SELECTION_MOVES,
    SelectionAct,
    SelectionState,
    selection_acts_from,
    window,
)

PAGE = 30


@bp.get("/exemplars/")
@needs(Right.NAME_EXEMPLARS)
def exemplars() -> str:
    """List the rounds of a state, and the titles somebody has to look at."""
    with reading() as session:
        return render_template("desk/exemplars.html", **_listed(session))


@bp.get("/exemplars/rounds/new")
@needs(Right.NAME_EXEMPLARS)
def exemplar_round_new() -> str:
    """Show the form of a new round with the usual share."""
    usual = {
        "year": clock.today().year,
        "counted_by": BY_SHARE,
        "share": installation().settings.exemplar_share,
    }
    return _round_form(RoundForm(formdata=None, data=usual))


@bp.post("/exemplars/rounds/new")
@needs(Right.NAME_EXEMPLARS)
@gives_back(RoundForm)
def open_exemplar_round() -> ResponseReturnValue:
    """Open a round."""
    form, made = RoundForm(), list[Selection]()
    if (
        not form.validate()
        or attempt(form, lambda session: made.append(_open(session, form))) is not Outcome.DONE
    ):
        return _round_form(form), 422
    flash(_("The round is open for nominations."), "done")
    return redirect(url_for("desk.exemplar_round", selection_id=made[0].id), 303)


@bp.get("/exemplars/rounds/<int:selection_id>/")
@needs(Right.NAME_EXEMPLARS)
def exemplar_round(selection_id: int) -> ResponseReturnValue:
    """Show a round with its entries and what can be done to it."""
    return round_shown(selection_id)


@bp.get("/exemplars/rounds/<int:selection_id>/paper")
@needs(Right.NAME_EXEMPLARS)
def exemplar_paper(selection_id: int) -> str:
    """Show the list of a round as a paper for the meeting that decides."""
    with reading() as session:
        selection = existing_round(session, selection_id)
        entries = round_page.rows_of(session, queries.entries(session, selection_id))
        places = round_page.places_rows(session, selection)
    authority = installation().settings.authority
    return render_template(
        "desk/exemplar_paper.html", selection=selection, entries=entries, places=places, authority=authority
    )


@bp.post("/exemplars/rounds/<int:selection_id>/step")
@needs(Right.NAME_EXEMPLARS)
@gives_back(RoundStepForm)
def step_exemplar_round(selection_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        selection = existing_round(session, selection_id)
    form = _step_form(selection, posted=True)
    return take_step(
        handled(selection),
        form,
        lambda session, form: _take(session, form, selection_id),
        lambda form: round_shown(selection_id, form),
    )


def existing_round(session: Session, selection_id: int) -> Selection:
    """Return a round, or a page that says there is none."""
    selection = queries.by_id(session, selection_id)
    if selection is None:
        raise NotFoundError(N_("There is no such round."))
    return selection


def _listed(session: Session) -> dict[str, Any]:
    seen = mine(Selection)
    counts = queries.counts_by_state(session, seen=seen)
    busiest = next((each for each in SelectionState if counts[each]), SelectionState.OPEN)
    state = asked_state(SelectionState, busiest)
    where = state_list("desk.exemplars", SELECTION_STATE, state, counts, size=PAGE)
    found = queries.in_state(session, state, seen=seen, limit=PAGE, offset=where.offset)
    attention = round_page.attention(session, mine(Honour))
    return {
        "where": where,
        "heading": _("Exemplars"),
        "new_url": url_for("desk.exemplar_round_new"),
        "new_label": _("Open a round"),
        "rows": round_page.listed(session, found),
        "attention": attention,
    }


def _round_form(form: RoundForm) -> str:
    with reading() as session:
        base = queries.base_of(session, None)
    return render_template("desk/exemplar_round_form.html", form=form, base=base)


def _open(session: Session, form: RoundForm) -> Selection:
    code = _region_code(session, form.region.data or "") or current_account().region
    check_region(code)
    return selections.open_round(session, actor=current_account().actor, plan=form.plan(code))


def _region_code(session: Session, text: str) -> str | None:
    """Return the region of a code or a whole name; nothing written means the whole register."""
    if not text:
        return None
    known = regions.by_code(session, text)
    found = [known] if known else list(regions.named(session, text))
    if len(found) != 1:
        raise DomainError(N_("Write the region's code of six digits or its whole name."))
    return found[0].code


def round_shown(selection_id: int, form: RoundStepForm | None = None, *, mark: MarkForm | None = None) -> str:
    """Return the page of a round, perhaps with a form that was refused."""
    with reading() as session:
        selection = existing_round(session, selection_id)
        entries = round_page.rows_of(session, queries.entries(session, selection_id))
        facts, places = round_page.facts_of(session, selection), round_page.places_rows(session, selection)
        happened = history.of_record(session, Subject("selection", selection_id))
    return render_template(
        "desk/exemplar_round.html",
        selection=selection,
        entries=entries,
        facts=facts,
        places=places,
        ends_on=_publicity_would_end(selection),
        waits=_own(selection),
        form=form or _step_form(selection, posted=False),
        failed=form or mark,
        mark=mark or _mark_form(entries, selection),
        chosen={honour_id for honour_id, _version in mark.chosen()} if mark else set(),
        history=happened,
        **links_from("selection", selection_id),
    )


def _mark_form(entries: Sequence[round_page.EntryRow], selection: Selection) -> MarkForm | None:
    """Return the form for several entries, with what at least one of them allows now."""
    offered: set[Act] = set()
    for row in entries:
        offered |= set(acts_from(row.honour.state, during=selection.state, proposed=False))
    acts = [act for act in (Act.CHECK, Act.SHORTLIST) if act in offered]
    if not acts:
        return None
    form = MarkForm(formdata=None)
    form.act.choices = [(act.value, ACT[act]) for act in acts]
    return form


def _publicity_would_end(selection: Selection) -> date | None:
    """Return the last day of publicity if it began today."""
    if selection.state != SelectionState.REVIEW:
        return None
    return window(clock.today(), installation().settings.publicity_days).last


def _own(selection: Selection) -> bool:
    """Tell whether the award waits for somebody other than this officer."""
    announced = selection.state == SelectionState.PUBLICITY
    return announced and selection.announced_by == current_account().id


def _step_form(selection: Selection, *, posted: bool) -> RoundStepForm | None:
    acts = [
        each
        for each in selection_acts_from(selection.state)
        if not (_own(selection) and SELECTION_MOVES[each].second_person)
    ]
    if not acts:
        return None
    form = begun(RoundStepForm, version=selection.version, posted=posted)
    form.with_reason = [each for each in acts if SELECTION_MOVES[each].reason]
    form.step.choices = [(each.value, SELECTION_ACT[each]) for each in acts]
    return form


def _take(session: Session, form: RoundStepForm, selection_id: int) -> None:
    held: Any = {"actor": current_account().actor, "selection_id": selection_id, "version": form.version.data}
    reason = form.reason.data or ""
    match SelectionAct(form.step.data):
        case SelectionAct.CLOSE:
            selections.close(session, **held, reason=reason)
        case SelectionAct.ANNOUNCE:
            selections.announce(session, **held, days=installation().settings.publicity_days)
        case SelectionAct.RECONSIDER:
            selections.reconsider(session, **held, reason=reason)
        case SelectionAct.CANCEL:
            selections.cancel(session, **held, reason=reason)
        case SelectionAct.AWARD:
            shown = queries.entries(session, selection_id, states=(State.PUBLICITY,))
            against = round_page.objected(session, shown)
            decided: Any = {"decision_no": form.decision_no.data or "", "valid_until": form.valid_until.data}
            selections.award(session, **held, **decided, objected=against)


def handled(selection: Selection) -> Handled:
    """Return a round as something to be handled."""
    return Handled(
        subject=Subject("selection", selection.id),
        version=selection.version,
        code=selection.title,
        url=in_view("desk.exemplar_round", selection_id=selection.id),
        kind="selection",
    )
