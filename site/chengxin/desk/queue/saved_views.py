"""Views of one's own: save the part of the queue one looks at under a name, rename it, delete it."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError
from chengxin.core.forms import EXPIRED, ChengxinForm, KeptField, LineField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.web import writing
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import filtering
from chengxin.desk.racing import gives_back
from chengxin.worklists import actions


class ViewForm(ChengxinForm):
    """The name of a view, and the part of the queue it shows."""

    name = LineField(_l("Name of the view"))
    view = KeptField()


@bp.post("/views/")
@needs()
@gives_back(ViewForm)
def save_view() -> ResponseReturnValue:
    """Keep the part of the queue that is shown."""
    form = ViewForm()
    part = str(filtering.named(form.view.data or ""))
    actor, name = current_account().actor, form.name.data or ""
    return _done(
        form, lambda session: actions.save_view(session, actor=actor, name=name, part=part), _("View saved.")
    )


@bp.post("/views/<int:view_id>/rename")
@needs()
@gives_back(ViewForm)
def rename_view(view_id: int) -> ResponseReturnValue:
    """Give a view another name."""
    form = ViewForm()
    actor, name = current_account().actor, form.name.data or ""
    return _done(
        form,
        lambda session: actions.rename_view(session, actor=actor, view_id=view_id, name=name),
        _("View renamed."),
    )


@bp.post("/views/<int:view_id>/delete")
@needs()
def delete_view(view_id: int) -> ResponseReturnValue:
    """Delete a view; what it showed stays in the queue."""
    form, actor = ViewForm(), current_account().actor
    return _done(
        form,
        lambda session: actions.delete_view(session, actor=actor, view_id=view_id),
        _("View deleted. What it showed is still in the queue."),
    )


def _done(form: ViewForm, act: Callable[[Session], object], words: str) -> ResponseReturnValue:
    """Do it in one transaction and go back to the part of the queue that was shown."""
    if not form.validate():
        flash(str(EXPIRED), "error")
    else:
        try:
            with writing() as session:
                act(session)
            flash(words, "done")
        except DomainError as error:
            flash(told(error), "error")
    view = filtering.named(request.form.get("view", ""))
    return redirect(url_for("desk.home", view=view.in_address), 303)
