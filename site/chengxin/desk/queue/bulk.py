"""Acts on many records: choose, confirm, carry out, look at what became of each, take back."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.web import installation, reading, writing
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.case_neighbours import numbered
from chengxin.desk.queue import bulk_carrying, bulk_report, filtering
from chengxin.desk.queue.bulk_choice import Choice, chosen
from chengxin.desk.queue.bulk_forms import BulkForm, UndoForm, bulk_form, selected
from chengxin.desk.queue.bulk_table import ACTS, BulkDo, Words
from chengxin.desk.racing import gives_back
from chengxin.worklists import queries

MAY = (Right.DECIDE_CASES, Right.MODERATE_RATINGS)


@bp.post("/bulk/")
@needs(*MAY)
def bulk_ask() -> ResponseReturnValue:
    """Do what only changes hands at once; ask for the rest what it needs."""
    act = _act(request.form.get("quick") or request.form.get("act", ""))
    if act is None:
        flash(_("Choose what to do with the selected rows."), "error")
        return redirect(_back(), 303)
    if act.direct:
        return _at_once(act)
    return _confirm(act, None)


@bp.post("/bulk/do")
@needs(*MAY)
@gives_back(BulkForm)
def bulk_do() -> ResponseReturnValue:
    """Carry the act out on every record that was confirmed, or hold it for its minute."""
    act = _act(request.form.get("act", ""))
    if act is None:
        abort(404)
    with reading() as session:
        choice = chosen(session, act, selected(act.kind), current_account())
    form = bulk_form(act, tracks=choice.tracks, lists=choice.lists, fresh=False)
    if not form.validate() or choice.unfit:
        return _confirm(act, form)
    return _begun(act, choice, form.words(act.choice), form)


@bp.get("/bulk/")
@needs(*MAY)
def bulk_acts() -> str:
    """List one's own acts on many records, newest first."""
    with reading() as session:
        shown = bulk_report.listed(session, current_account(), page=request.args.get("page", 1, int))
    return render_template("desk/bulk_acts.html", **shown)


@bp.get("/bulk/<int:act_id>/")
@needs(*MAY)
def bulk_act(act_id: int) -> str:
    """Show what became of each record of an act."""
    with reading() as session:
        made = queries.by_id(session, act_id, account_id=current_account().id)
        if made is None:
            abort(404)
        shown = bulk_report.of_act(session, made)
    return render_template("desk/bulk_act.html", form=UndoForm(formdata=None), **shown)


@bp.post("/bulk/<int:act_id>/undo")
@needs(*MAY)
def bulk_undo(act_id: int) -> ResponseReturnValue:
    """Take an act back, as far as nothing moved since."""
    form, officer = UndoForm(), current_account()
    if not form.validate():
        flash(str(EXPIRED), "error")
        return redirect(url_for("desk.bulk_act", act_id=act_id), 303)
    try:
        with writing() as session:
            bulk_carrying.take_back(session, officer=officer, act_id=act_id)
            flash(bulk_report.summary(session, act_id), "done")
    except DomainError as error:
        flash(told(error), "error")
        return redirect(url_for("desk.bulk_act", act_id=act_id), 303)
    return redirect(_back(), 303)


def _act(name: str) -> BulkDo | None:
    act = ACTS.get(name)
    return act if act is not None and current_account().may(act.right) else None


def _at_once(act: BulkDo) -> ResponseReturnValue:
    form, officer = UndoForm(), current_account()
    if not form.validate():
        flash(str(EXPIRED), "error")
        return redirect(_back(), 303)
    with reading() as session:
        choice = chosen(session, act, selected(act.kind), officer)
    if choice.others:
        flash(_("This act is for complaints and reports only: select no other rows."), "error")
        return redirect(_back(), 303)
    words = Words(choice=str(officer.id) if act.name == "take" else "")
    return _begun(act, choice, words, None)


def _begun(act: BulkDo, choice: Choice, words: Words, form: BulkForm | None) -> ResponseReturnValue:
    hands = bulk_carrying.hands_of(installation().settings, current_account())
    try:
        with writing() as session:
            words = _resolved(session, act, words)
            merged = act.choice == Ask.MAIN
            codes = {
                each: code
                for each, code in choice.codes.items()
                if not (merged and str(each.record_id) == words.choice)
            }
            bulk_carrying.begin(session, hands=hands, act=act, codes=codes, words=words)
    except DomainError as error:
        if form is None:
            flash(told(error), "error")
            return redirect(_back(), 303)
        form.form_errors.append(told(error))
        return _confirm(act, form)
    return redirect(_back(), 303)


def _resolved(session: Session, act: BulkDo, words: Words) -> Words:
    """Return the words with the case that others are merged into by its key: people know it by its number."""
    if act.choice != Ask.MAIN:
        return words
    main = numbered(session, words.choice, current_account())
    if main is None:
        raise DomainError(N_("No case has this number."))
    return replace(words, choice=str(main.id))


def _confirm(act: BulkDo, form: BulkForm | None) -> ResponseReturnValue:
    """Show the records an act is about, and what it asks; what cannot take it is named and left out."""
    with reading() as session:
        choice = chosen(session, act, selected(act.kind), current_account())
    asked: Any = form or bulk_form(act, tracks=choice.tracks, lists=choice.lists, fresh=True)
    if form is None:
        asked.view.data = request.form.get("view", "")
    refused = form is not None or bool(choice.unfit) or not choice.codes
    page = render_template("desk/bulk_confirm.html", act=act, choice=choice, form=asked, back_url=_back())
    return page, 422 if refused else 200


def _back() -> str:
    view = filtering.named(request.form.get("view", ""))
    return url_for("desk.home", view=view.in_address)


def recent(session: Session) -> dict[str, Any] | None:
    """Return the act of the last minute that can be taken back from the queue, if there is one."""
    made = queries.latest(session, current_account().id, now=clock.now())
    return bulk_report.line(session, made) if made is not None else None
