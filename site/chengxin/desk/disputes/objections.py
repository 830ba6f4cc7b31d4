"""Objections on the desk: the list by state, one objection, and one that came on paper."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.core.sealing import SealError
from chengxin.core.web import installation, reading
from chengxin.desk import history
from chengxin.desk.auditing.read_log import may_read_now, purpose_form
from chengxin.desk.blueprint import bp
from chengxin.desk.disputes import objection_steps
from chengxin.desk.disputes.objection_steps import HINTS, WITH_REASON
from chengxin.desk.following import in_view, links_from
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import check_agency, mine
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, Outcome, StepForm, attempt, step_form, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing import disputed
from chengxin.standing.objections import actions, labels, queries, sealed
from chengxin.standing.objections.forms import PaperObjectionForm
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import OPEN, Applicant, Ground, State, Target, Terms, due_on, terms
from chengxin.standing.objections.rules import Outcome as Result
from chengxin.standing.objections.sealed import Dispute


@bp.get("/objections/")
@needs(Right.ANSWER_DISPUTES)
def objections() -> str:
    """List the objections of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.RECEIVED)))


@bp.get("/objections/new")
@needs(Right.ANSWER_DISPUTES)
def objection_new() -> str:
    """Show an empty form for an objection on paper."""
    begun = {"record": request.args.get("record", "")}
    return _form_page(PaperObjectionForm(formdata=None, data=begun))


@bp.post("/objections/new")
@needs(Right.ANSWER_DISPUTES)
@gives_back(PaperObjectionForm)
def enter_objection() -> ResponseReturnValue:
    """Keep an objection that came on paper."""
    form, made = PaperObjectionForm(), list[Objection]()
    if not form.validate():
        return _form_page(form), form.refused_with
    if attempt(form, lambda session: made.append(_enter(session, form))) is not Outcome.DONE:
        return _form_page(form), 422
    flash(_("The objection is kept. Mark the record next."), "done")
    return redirect(url_for("desk.objection", objection_id=made[0].id), 303)


@bp.get("/objections/<int:objection_id>/")
@needs(Right.ANSWER_DISPUTES)
def objection(objection_id: int) -> ResponseReturnValue:
    """Show an objection with what can be done to it."""
    return _page(objection_id)


@bp.post("/objections/<int:objection_id>/step")
@needs(Right.ANSWER_DISPUTES)
@gives_back(StepForm)
def step_objection(objection_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        held = _existing(session, objection_id)
        form = _step_form(session, held, posted=True)
    actor = current_account().actor
    return take_step(
        _handled(held),
        form,
        lambda session, form: objection_steps.take(session, form, objection=held, actor=actor),
        lambda form: _page(objection_id, form),
    )


def promised() -> Terms:
    """Return the two days an objection filed today promises, by this installation's settings."""
    settings = installation().settings
    return terms(
        clock.today(),
        mark_days=settings.objection_mark_days,
        answer_days=settings.objection_answer_days,
    )


def sealed_filing(dispute: Dispute, *, nonce: str) -> sealed.Filing:
    """Return an objection ready to be stored."""
    installed = installation()
    return sealed.prepare(
        secret=installed.secret,
        intake_key=intake_recipients(installed.settings),
        nonce=nonce,
        dispute=dispute,
    )


def opened_text(held: Objection) -> tuple[str, str]:
    """Return what the applicant wrote and how to reach them, or say that this desk cannot open it."""
    try:
        key = intake_keyring(installation().settings)
        return sealed.text_of(held, key), sealed.contact_of(held, key)
    except SealError:
        return _("(cannot be opened with this key)"), ""


def days_left(due: date | None) -> int | None:
    """Return how many days a deadline is away; negative when it is over."""
    return None if due is None else (due - clock.today()).days


def _enter(session: Session, form: PaperObjectionForm) -> Objection:
    record = disputed.NO_RECORD
    if form.record.data:
        found = disputed.find(session, form.record.data, today=clock.today())
        if found is None:
            raise DomainError(N_("No public record stands at this address; write it like notices/2026/3."))
        record = found
        check_agency(session, record.agency_id)
    dispute = Dispute(
        target_kind=record.kind,
        target_id=record.id,
        agency_id=record.agency_id,
        ground=form.ground.data,
        text=form.text.data or "",
        applicant=Applicant.PAPER,
        name=form.name.data or "",
        contact=form.contact.data or "",
    )
    filing = sealed_filing(dispute, nonce=form.key.nonce)
    return actions.receive(session, actor=current_account().actor, filing=filing, due=promised())


def _form_page(form: PaperObjectionForm) -> str:
    return render_template("desk/objection_form.html", form=form)


def _page(objection_id: int, form: StepForm | None = None) -> str:
    officer = current_account()
    with reading() as session:
        held = _existing(session, objection_id)
        form = form or _step_form(session, held, posted=False)
        waits = objection_steps.waits_for_another(session, held, officer=officer)
        record = disputed.named(session, held.target_kind, held.target_id)
        happened = history.of_record(session, Subject("objection", objection_id))
    shown = may_read_now(Subject("objection", objection_id), is_open=held.state in OPEN)
    text, contact = opened_text(held) if shown else ("", "")
    is_notice = held.target_kind == Target.SANCTION and held.target_id is not None
    return render_template(
        "desk/objection.html",
        objection=held,
        record=record,
        record_url=public_url(f"{record.path}/") if record.path else "",
        text=text,
        contact=contact,
        purpose=None if shown else purpose_form(),
        form=form,
        hints=HINTS,
        waits=waits,
        days=days_left(_due(held)),
        words=_words(held),
        history=happened,
        notice_url=_notice_url(held, officer) if is_notice else "",
        may_correct=is_notice and officer.may(Right.DRAFT_NOTICES) and held.outcome in _UPHELD,
        **links_from("objection", objection_id),
    )


_UPHELD = frozenset({Result.UPHELD, Result.PARTLY})


def _notice_url(held: Objection, officer: Any) -> str:
    may_see = officer.may(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)
    return url_for("desk.notice", notice_id=held.target_id) if may_see else ""


def _words(held: Objection) -> dict[str, str]:
    return {
        "target": str(labels.TARGET[Target(held.target_kind)]),
        "ground": str(labels.GROUND[Ground(held.ground)]),
        "applicant": str(labels.APPLICANT[Applicant(held.applicant)]),
        "state": str(labels.STATE[State(held.state)]),
        "outcome": str(labels.OUTCOME[Result(held.outcome)]) if held.outcome else "",
        "review": str(labels.OUTCOME[Result(held.review_outcome)]) if held.review_outcome else "",
    }


def _due(held: Objection) -> date | None:
    return due_on(held.state, mark_by=held.mark_by, answer_by=held.answer_by, review_by=held.review_by)


def _step_form(session: Session, held: Objection, *, posted: bool) -> StepForm | None:
    steps = objection_steps.offered(session, held, officer=current_account())
    return step_form(steps, with_reason=WITH_REASON, version=held.version, posted=posted)


def _existing(session: Session, objection_id: int) -> Objection:
    held = queries.by_id(session, objection_id)
    if held is None:
        raise NotFoundError(N_("There is no such objection."))
    return held


def _handled(held: Objection) -> Handled:
    return Handled(
        subject=Subject("objection", held.id),
        version=held.version,
        code=_("Objection %(n)s", n=held.id),
        url=in_view("desk.objection", objection_id=held.id),
        kind="objection",
    )


def _listed(session: Session, state: State) -> dict[str, Any]:
    seen = mine(Objection)
    counts = queries.counts_by_state(session, seen=seen)
    where = state_list("desk.objections", labels.STATE, state, counts, size=queries.PAGE)
    found = queries.in_state(session, state, seen=seen, offset=where.offset)
    records = disputed.all_named(session, [(each.target_kind, each.target_id) for each in found])
    return {
        "where": where,
        "heading": _("Objections"),
        "new_url": url_for("desk.objection_new"),
        "new_label": _("Enter one from paper"),
        "rows": [_row(each, records[each.target_kind, each.target_id]) for each in found],
    }


def _row(held: Objection, record: disputed.Record) -> ListRow:
    words = _words(held)
    return ListRow(
        title=record.title or words["target"],
        lang="zh-Hans" if record.title else "",
        url=url_for("desk.objection", objection_id=held.id),
        text=words["ground"],
        date=held.received_on,
        meta=[_("Objection %(n)s", n=held.id), words["applicant"], words["outcome"]],
        days=days_left(_due(held)),
    )
