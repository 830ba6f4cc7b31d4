"""Several entries of a round at once: note their papers as checked, or put them on the shortlist."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.honours.honour_form import MarkForm
from chengxin.desk.honours.selections import existing_round, handled, round_shown
from chengxin.desk.stepping import Outcome, attempt
from chengxin.standing.exemplars import actions
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars.rules import Act


@bp.post("/exemplars/rounds/<int:selection_id>/mark")
@needs(Right.NAME_EXEMPLARS)
def mark_exemplars(selection_id: int) -> ResponseReturnValue:
    """Do the same to every chosen entry, or to none when one cannot take it."""
    with reading() as session:
        selection = existing_round(session, selection_id)
    form = MarkForm()
    if not form.validate():
        return round_shown(selection_id, mark=form), 422
    outcome = attempt(form, lambda session: _mark(session, form, selection_id))
    if outcome is Outcome.LATE:
        return handled(selection).late()
    if outcome is Outcome.REFUSED:
        return round_shown(selection_id, mark=form), 422
    flash(_("Saved."), "done")
    return redirect(url_for("desk.exemplar_round", selection_id=selection_id), 303)


def _mark(session: Session, form: MarkForm, selection_id: int) -> None:
    entries = {each.id for each in queries.entries(session, selection_id)}
    act = actions.check if form.act.data == Act.CHECK else actions.shortlist
    for honour_id, version in form.chosen():
        if honour_id not in entries:
            raise NotFoundError(N_("There is no such title."))
        act(session, actor=current_account().actor, honour_id=honour_id, version=version)
