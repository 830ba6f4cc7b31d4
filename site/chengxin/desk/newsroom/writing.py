"""Write an article, look at it before it is kept, and change it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Right
from chengxin.bulletins import actions
from chengxin.bulletins.markdown import Picture, to_html
from chengxin.bulletins.models import Article
from chengxin.core.errors import N_, NotAllowedError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom.article_form import ArticleForm, empty_form, form_of
from chengxin.desk.newsroom.illustrations import pictures_of
from chengxin.desk.newsroom.news import existing, handled, may_revise
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt


@bp.get("/news/new")
@needs(Right.DRAFT_NEWS)
def article_new() -> ResponseReturnValue:
    """Show an empty article."""
    return _written_page(empty_form(posted=False))


@bp.post("/news/new")
@needs(Right.DRAFT_NEWS)
@gives_back(ArticleForm)
def draft_article() -> ResponseReturnValue:
    """Show a preview, or keep a first draft."""
    form, made = empty_form(posted=True), list[Article]()
    if not form.validate():
        return _written_page(form), 422
    if _preview_asked():
        return _written_page(form, preview=True)
    actor, slug = current_account().actor, form.slug.data or ""
    outcome = attempt(
        form,
        lambda session: made.append(actions.draft(session, actor=actor, writing=form.writing(), slug=slug)),
    )
    return _kept(made[0].id) if outcome is Outcome.DONE else (_written_page(form), 422)


@bp.get("/news/<int:article_id>/edit")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def article_edit(article_id: int) -> ResponseReturnValue:
    """Show an article to be changed."""
    article = _to_revise(article_id)
    return _written_page(form_of(article, posted=False), article)


@bp.post("/news/<int:article_id>/edit")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
@gives_back(ArticleForm)
def revise_article(article_id: int) -> ResponseReturnValue:
    """Show a preview, or keep the changes."""
    article = _to_revise(article_id)
    form = form_of(article, posted=True)
    if not form.validate():
        return _written_page(form, article), 422
    if _preview_asked():
        return _written_page(form, article, preview=True)
    note = (form.note.data or "") if "note" in form else ""
    held: Any = {"article_id": article_id, "version": form.version.data or 0, "note": note}
    outcome = attempt(
        form,
        lambda session: actions.revise(
            session, actor=current_account().actor, writing=form.writing(), **held
        ),
    )
    if outcome is Outcome.LATE:
        return handled(article).late()
    return _kept(article_id) if outcome is Outcome.DONE else (_written_page(form, article), 422)


def _written_page(form: ArticleForm, article: Article | None = None, *, preview: bool = False) -> str:
    html = to_html(form.body.data or "", _pictures(article)) if preview else ""
    return render_template("desk/article_form.html", form=form, article=article, preview=html)


def _pictures(article: Article | None) -> list[Picture]:
    if article is None:
        return []
    with reading() as session:
        return pictures_of(session, article.id)


def _preview_asked() -> bool:
    return request.form.get("act") == "preview"


def _kept(article_id: int) -> ResponseReturnValue:
    flash(_("The text is kept."), "done")
    return redirect(url_for("desk.article", article_id=article_id), 303)


def _to_revise(article_id: int) -> Article:
    with reading() as session:
        article = existing(session, article_id)
    if not may_revise(article):
        raise NotAllowedError(N_("This article can no longer be changed by you."))
    return article
