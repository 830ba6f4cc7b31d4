"""Exemplary titles on the desk: nominate, check, shortlist, refuse, and take back by two persons."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.forms import VersionForm
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_file_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.honours import round_page
from chengxin.desk.honours.honour_form import ConsentForm, HonourForm
from chengxin.desk.honours.selections import existing_round
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import an_agency
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing import titles
from chengxin.standing.exemplars import actions, queries
from chengxin.standing.exemplars.labels import ACT, HONOUR_KIND
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import CONSENT_TEXT, MOVES, Act, HonourKind, State, Via, acts_from
from chengxin.standing.objections import queries as objections
from chengxin.standing.sanctions import queries as sanctions

DISPUTABLE = frozenset({State.PUBLICITY, State.AWARDED})


@bp.get("/exemplars/rounds/<int:selection_id>/nominate")
@needs(Right.NAME_EXEMPLARS)
def exemplar_new(selection_id: int) -> str:
    """Show an empty nomination."""
    begun = {"agency": request.args.get("agency", ""), "via": Via.OFFICER}
    return _form_page(*_for_round(selection_id, HonourForm(formdata=None, data=begun)))


@bp.post("/exemplars/rounds/<int:selection_id>/nominate")
@needs(Right.NAME_EXEMPLARS)
@gives_back(HonourForm)
def nominate_exemplar(selection_id: int) -> ResponseReturnValue:
    """Keep a nomination, and warn when something weighs against it already."""
    (form, selection), made = _for_round(selection_id, HonourForm()), list[Honour]()
    if not form.validate():
        return _form_page(form, selection), 422
    done = attempt(form, lambda session: made.append(_nominate(session, form, selection_id)))
    if done is not Outcome.DONE:
        return _form_page(form, selection), 422
    flash(_("Nominated. A second person awards the list."), "done")
    if _outweighed(made[0].agency_id):
        flash(
            _("Beware: a notice in force or a missing licence keeps this agency from being named."), "warning"
        )
    return redirect(url_for("desk.exemplar", honour_id=made[0].id), 303)


@bp.get("/exemplars/<int:honour_id>/")
@needs(Right.NAME_EXEMPLARS)
def exemplar(honour_id: int) -> ResponseReturnValue:
    """Show a title with what can be done to it."""
    return _page(honour_id)


@bp.post("/exemplars/<int:honour_id>/step")
@needs(Right.NAME_EXEMPLARS)
@gives_back(StepForm)
def step_exemplar(honour_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        honour = _existing(session, honour_id)
        selection = existing_round(session, honour.selection_id)
    form = _step_form(honour, selection, posted=True)
    return take_step(
        _handled(honour),
        form,
        lambda session, form: _take(session, form, honour_id),
        lambda form: _page(honour_id, form),
    )


@bp.post("/exemplars/<int:honour_id>/consent")
@needs(Right.NAME_EXEMPLARS)
def consent_exemplar(honour_id: int) -> ResponseReturnValue:
    """Record that a person consented to be named."""
    form = ConsentForm()
    return _about_name(honour_id, form, lambda session, held: _consent(session, form, held))


@bp.post("/exemplars/<int:honour_id>/erase")
@needs(Right.NAME_EXEMPLARS)
def erase_exemplar(honour_id: int) -> ResponseReturnValue:
    """Erase the name of a person who took the consent back."""
    form = VersionForm()
    return _about_name(honour_id, form, lambda session, held: actions.erase_name(session, **held))


def _consent(session: Session, form: ConsentForm, held: Any) -> None:
    assert form.consent_on.data is not None  # the form asks for it
    actions.record_consent(session, **held, consent_on=form.consent_on.data)


def _about_name(
    honour_id: int, form: ConsentForm | VersionForm, act: Callable[[Session, Any], object]
) -> ResponseReturnValue:
    with reading() as session:
        honour = _existing(session, honour_id)
    if not form.validate():
        return _page(honour_id, name_form=form), 422
    held = {"actor": current_account().actor, "honour_id": honour_id, "version": form.version.data}
    outcome = attempt(form, lambda session: act(session, held))
    if outcome is Outcome.REFUSED:
        return _page(honour_id, name_form=form), 422
    if outcome is Outcome.LATE:
        return _handled(honour).late()
    flash(_("Saved."), "done")
    return redirect(url_for("desk.exemplar", honour_id=honour.id), 303)


def _for_round(selection_id: int, form: HonourForm) -> tuple[HonourForm, Selection]:
    """Return a nomination that offers only the kinds of titles the round gives, with the round."""
    with reading() as session:
        selection = existing_round(session, selection_id)
    form.kind.choices = [(kind.value, HONOUR_KIND[kind]) for kind in round_page.kinds_of(selection)]
    return form, selection


def _form_page(form: HonourForm, selection: Selection) -> str:
    with reading() as session:
        places = round_page.places_rows(session, selection)
    return render_template(
        "desk/exemplar_form.html",
        form=form,
        selection=selection,
        places=places,
        takes_persons=HonourKind.PERSON in round_page.kinds_of(selection),
        consent_version=CONSENT_TEXT,
    )


def _page(
    honour_id: int, form: StepForm | None = None, *, name_form: ConsentForm | VersionForm | None = None
) -> str:
    with reading() as session:
        honour = _existing(session, honour_id)
        selection = existing_round(session, honour.selection_id)
        owner = agencies.by_ids(session, [honour.agency_id])[honour.agency_id]
        shown = {
            "row": round_page.rows_of(session, [honour])[0],
            "notices": sanctions.by_agency(session, honour.agency_id, today=clock.today()),
            "objections": objections.about(session, "honour", honour_id),
            "names": round_page.names_of(session, honour),
            "facts": round_page.entry_facts(session, honour),
            "history": history.of_record(session, Subject("honour", honour_id)),
        }
    may_answer = current_account().may(Right.ANSWER_DISPUTES)
    blank = {"formdata": None, "data": {"version": honour.version}}
    return render_template(
        "desk/exemplar.html",
        honour=honour,
        selection=selection,
        agency=owner,
        file_url=public_file_url(owner.uid),
        may_answer=may_answer,
        may_object=may_answer and honour.state in DISPUTABLE,
        waits=_own(honour, selection),
        form=form or _step_form(honour, selection, posted=False),
        failed=form or name_form,
        consent_version=CONSENT_TEXT,
        consent_form=name_form if isinstance(name_form, ConsentForm) else ConsentForm(**blank),
        erase_form=name_form if isinstance(name_form, VersionForm) else VersionForm(**blank),
        **shown,
    )


def _own(honour: Honour, selection: Selection) -> bool:
    """Tell whether a title waits for somebody other than this officer."""
    return bool(_forbidden(honour) & set(_acts(honour, selection)))


def _forbidden(honour: Honour) -> set[Act]:
    """Return the acts that this officer may not do, because they did what comes before."""
    officer = current_account().id
    award = {Act.AWARD} if officer in {honour.nominated_by, honour.shortlisted_by} else set()
    return award | ({Act.WITHDRAW} if officer == honour.withdrawal_by else set())


def _acts(honour: Honour, selection: Selection) -> list[Act]:
    return acts_from(honour.state, during=selection.state, proposed=honour.withdrawal_by is not None)


def _step_form(honour: Honour, selection: Selection, *, posted: bool) -> StepForm | None:
    offered = {act: ACT[act] for act in _acts(honour, selection) if act not in _forbidden(honour)}
    reasons = [act for act in offered if MOVES[act].reason]
    return step_form(offered, with_reason=reasons, version=honour.version, posted=posted)


def _take(session: Session, form: StepForm, honour_id: int) -> None:
    held: Any = {"actor": current_account().actor, "honour_id": honour_id, "version": form.version.data}
    act, reason = Act(form.step.data), form.reason.data or ""
    if act is Act.AWARD:
        against = objections.undecided(session, "honour", [honour_id])
        actions.award_held(session, **held, objected=against)
    elif MOVES[act].reason:
        _WITH_REASON[act](session, **held, reason=reason)
    else:
        _PLAIN[act](session, **held)


_PLAIN: dict[Act, Callable[..., Honour]] = {
    Act.CHECK: actions.check,
    Act.SHORTLIST: actions.shortlist,
    Act.WITHDRAW: actions.withdraw,
}
_WITH_REASON: dict[Act, Callable[..., Honour]] = {
    Act.REFUSE: actions.refuse,
    Act.DROP: actions.drop,
    Act.PROPOSE_WITHDRAWAL: actions.propose_withdrawal,
    Act.KEEP: actions.keep,
}


def _nominate(session: Session, form: HonourForm, selection_id: int) -> Honour:
    owner = an_agency(session, form.agency.data or "")
    nomination = form.nomination(owner.id)
    return actions.nominate(
        session, actor=current_account().actor, selection_id=selection_id, nomination=nomination
    )


def _outweighed(agency_id: int) -> bool:
    with reading() as session:
        return bool(titles.conflicts_of(session, [agency_id], today=clock.today()))


def _existing(session: Session, honour_id: int) -> Honour:
    honour = queries.by_id(session, honour_id)
    if honour is None:
        raise NotFoundError(N_("There is no such title."))
    return honour


def _handled(honour: Honour) -> Handled:
    url, code = url_for("desk.exemplar", honour_id=honour.id), _("Title %(n)s", n=honour.id)
    return Handled(subject=Subject("honour", honour.id), version=honour.version, code=code, url=url)
