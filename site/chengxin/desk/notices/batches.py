"""Batches of notices on the desk: the list, one batch with what the checks find, and its steps."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.accounts.scope import WHOLE, Part, inside_of
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation, reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices import batch_steps
from chengxin.desk.notices.batch_forms import DONE, HINTS, AddForm, BatchForm, BatchStepForm
from chengxin.desk.racing import gives_back
from chengxin.desk.reach import mine
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, Outcome, attempt, begun, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing.batches import actions, queries
from chengxin.standing.batches.labels import CHECK, STATE
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import State, label_of
from chengxin.standing.sanctions.labels import STATE as NOTICE_STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State as NoticeState

PAGE = 30
RIGHTS = (Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)


@bp.get("/batches/")
@needs(*RIGHTS)
def batches() -> str:
    """List the batches of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.ASSEMBLING)))


@bp.get("/batches/new")
@needs(Right.DRAFT_NOTICES)
def batch_new() -> str:
    """Show the form of a new batch with the quarter that runs."""
    usual = {"label": label_of(clock.today()), "authority": installation().settings.authority}
    return render_template("desk/batch_form.html", form=BatchForm(formdata=None, data=usual))


@bp.post("/batches/new")
@needs(Right.DRAFT_NOTICES)
@gives_back(BatchForm)
def open_batch() -> ResponseReturnValue:
    """Open a batch."""
    form, made = BatchForm(), list[NoticeBatch]()
    if not form.validate():
        return render_template("desk/batch_form.html", form=form), form.refused_with
    given: dict[str, Any] = {"label": form.label.data or "", "authority": form.authority.data or ""}
    given["region_code"] = current_account().region
    actor = current_account().actor
    if attempt(form, lambda session: made.append(actions.open_batch(session, actor=actor, **given))) is not (
        Outcome.DONE
    ):
        return render_template("desk/batch_form.html", form=form), 422
    flash(_("The batch is open. Put notices in."), "done")
    return redirect(url_for("desk.batch", batch_id=made[0].id), 303)


@bp.get("/batches/<int:batch_id>/")
@needs(*RIGHTS)
def batch(batch_id: int) -> str:
    """Show a batch with what the checks find and what can be done to it."""
    return _page(batch_id)


@bp.post("/batches/<int:batch_id>/add")
@needs(Right.DRAFT_NOTICES)
def add_to_batch(batch_id: int) -> ResponseReturnValue:
    """Put the chosen notices into a batch."""
    form, actor = AddForm(), current_account().actor
    with reading() as session:
        held = _existing(session, batch_id)
    if not form.validate():
        return _page(batch_id, add=form), form.refused_with
    outcome = attempt(
        form,
        lambda session: actions.add(
            session,
            actor=actor,
            batch_id=batch_id,
            version=form.version.data or 0,
            sanction_ids=_reached(session, _existing(session, batch_id), form.notices.data or ()),
        ),
    )
    if outcome is not Outcome.DONE:
        return _handled(held).late() if outcome is Outcome.LATE else (_page(batch_id, add=form), 422)
    flash(_("The notices are in the batch."), "done")
    return redirect(url_for("desk.batch", batch_id=batch_id), 303)


@bp.post("/batches/<int:batch_id>/step")
@needs(*RIGHTS)
@gives_back(BatchStepForm)
def step_batch(batch_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        held = _existing(session, batch_id)
        form = _step_form(session, held, posted=True)
    actor = current_account().actor
    return take_step(
        _handled(held),
        form,
        lambda session, form: batch_steps.take(session, form, batch_id=batch_id, actor=actor),
        lambda form: _page(batch_id, step=form),
        said=DONE,
    )


def _fitting(held: NoticeBatch) -> Part:
    """Return the condition that a notice is the officer's, and lies in the region of a batch that has one."""
    inside = inside_of(Sanction.region_code, held.region_code) if held.region_code else WHOLE
    return and_(mine(Sanction), inside)


def _reached(session: Session, held: NoticeBatch, ids: Sequence[int]) -> Sequence[int]:
    """Return the chosen notices, if all of them fit into a batch."""
    found = session.scalars(select(Sanction.id).where(Sanction.id.in_(ids), _fitting(held))).all()
    if missing := set(ids) - set(found):
        raise DomainError(N_("Notice %(id)s cannot be put into this batch."), id=min(missing))
    return ids


def _handled(held: NoticeBatch) -> Handled:
    url = url_for("desk.batch", batch_id=held.id)
    return Handled(subject=Subject("batch", held.id), version=held.version, code=held.label, url=url)


def _existing(session: Session, batch_id: int) -> NoticeBatch:
    found = queries.by_id(session, batch_id)
    if found is None:
        raise NotFoundError(N_("There is no such batch."))
    return found


def _page(batch_id: int, *, step: BatchStepForm | None = None, add: AddForm | None = None) -> str:
    officer, today = current_account(), clock.today()
    with reading() as session:
        held = _existing(session, batch_id)
        authors = queries.authors_of(session, held)
        found = queries.checked(session, held, today=today) if held.state in _OPEN else []
        context = {
            "notices": [_row(each) for each in queries.notices_in(session, batch_id)],
            "change": queries.change_of(session, held),
            "step": step or _step_form(session, held, posted=False),
            "add": _add_form(session, held, add),
            "names": accounts.names(session, (held.assembled_by, held.handed_in_by, held.approved_by)),
            "history": history.of_record(session, Subject("batch", batch_id)),
        }
    return render_template(
        "desk/batch.html",
        batch=held,
        state=STATE[State(held.state)],
        stopping=[each for each in found if each.stops],
        warning=[each for each in found if not each.stops],
        checks=CHECK,
        hints=HINTS,
        waits=batch_steps.waits_for_another(held, officer=officer, authors=authors),
        **context,
    )


_OPEN = frozenset({State.ASSEMBLING, State.HANDED_IN})


def _row(sanction: Any) -> dict[str, Any]:
    return {
        "title": sanction.title,
        "url": url_for("desk.notice", notice_id=sanction.id),
        "party": sanction.party_name,
        "decision_no": sanction.decision_no,
        "date": sanction.decision_date,
        "state": NOTICE_STATE[NoticeState(sanction.state)],
        "number": f"{sanction.year}-{sanction.number}" if sanction.number else "",
    }


def _step_form(session: Session, held: NoticeBatch, *, posted: bool) -> BatchStepForm | None:
    authors = queries.authors_of(session, held)
    steps = batch_steps.offered(held, officer=current_account(), authors=authors)
    if not steps:
        return None
    form = begun(BatchStepForm, version=held.version, posted=posted)
    form.offer(steps, queries.notices_in(session, held.id))
    return form


def _add_form(session: Session, held: NoticeBatch, posted: AddForm | None) -> AddForm | None:
    if held.state != State.ASSEMBLING or not current_account().may(Right.DRAFT_NOTICES):
        return None
    free = queries.free_notices(session, seen=_fitting(held))
    if not free:
        return None
    form = posted or AddForm(formdata=None, data={"version": held.version})
    form.offer(free)
    return form


def _listed(session: Session, state: State) -> dict[str, Any]:
    seen = mine(NoticeBatch)
    counts = queries.counts_by_state(session, seen=seen)
    where = state_list("desk.batches", STATE, state, counts, size=PAGE)
    found = queries.listed(session, state=state, seen=seen, limit=PAGE, offset=where.offset)
    held = queries.sizes(session, [each.id for each in found])
    return {
        "where": where,
        "heading": _("Batches"),
        "new_url": url_for("desk.batch_new"),
        "new_label": _("Open a batch"),
        "rows": [_batch_row(each, held[each.id]) for each in found],
    }


def _batch_row(batch: NoticeBatch, held: int) -> ListRow:
    return ListRow(
        title=batch.label,
        lang="",
        url=url_for("desk.batch", batch_id=batch.id),
        text=batch.authority,
        text_lang="zh-Hans",
        date=batch.published_on,
        meta=(_("%(n)s notices", n=held),),
    )
