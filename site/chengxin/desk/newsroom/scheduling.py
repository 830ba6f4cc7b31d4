"""Publish an article at an hour of one's choice."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Right
from chengxin.bulletins import actions
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom import news
from chengxin.desk.newsroom.schedule_form import ScheduleForm
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt


@bp.post("/news/<int:article_id>/schedule")
@needs(Right.PUBLISH_NEWS)
@gives_back(ScheduleForm)
def schedule_article(article_id: int) -> ResponseReturnValue:
    """Promise to publish a draft at an hour."""
    with reading() as session:
        shown = news.existing(session, article_id)
    form = ScheduleForm()
    if not form.validate():
        return news.article_page(article_id, schedule=form), form.refused_with
    held: Any = {"article_id": article_id, "version": form.version.data or 0, "publish_at": form.moment}
    outcome = attempt(form, lambda session: actions.schedule(session, actor=current_account().actor, **held))
    if outcome is Outcome.LATE:
        return news.handled(shown).late()
    if outcome is Outcome.REFUSED:
        return news.article_page(article_id, schedule=form), 422
    flash(_("The article will be published at that hour."), "done")
    return redirect(url_for("desk.article", article_id=article_id), 303)
