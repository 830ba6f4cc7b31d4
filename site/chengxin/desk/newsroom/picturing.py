"""The pictures of an article: add one with its words, look at it, take it away."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import DataRequired

from chengxin.accounts.rules import Right
from chengxin.bulletins import illustrating, queries
from chengxin.bulletins.pictures import FORMATS, MOST_BYTES
from chengxin.core.errors import N_, NotAllowedError
from chengxin.core.forms import LINE_LONG, ChengxinForm, LineField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom.illustrations import pictures_of
from chengxin.desk.newsroom.news import existing, may_revise
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt

ROOM_FOR_FIELDS = 1 << 20
ACCEPTED = ",".join(f"image/{each.lower()}" for each in FORMATS)


class PictureForm(ChengxinForm):
    """A picture file, and in words what it shows."""

    file = FileField(_l("Picture"), [FileRequired(_l("Choose a picture file."))])
    alternative = LineField(
        _l("What the picture shows"),
        [
            DataRequired(_l("Say in words what the picture shows: not everybody can see it.")),
            LINE_LONG,
        ],
    )


class RemovalForm(ChengxinForm):
    """A token alone: press to take a picture away."""


@bp.get("/news/<int:article_id>/pictures")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def article_pictures(article_id: int) -> ResponseReturnValue:
    """Show the pictures of an article, and the form for another."""
    return _page(article_id, PictureForm(formdata=None))


@bp.post("/news/<int:article_id>/pictures")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
@gives_back(PictureForm)
def add_article_picture(article_id: int) -> ResponseReturnValue:
    """Keep a picture with an article."""
    request.max_content_length = MOST_BYTES + ROOM_FOR_FIELDS
    form = PictureForm()
    _check_open(article_id)
    if not form.validate():
        return _page(article_id, form), form.refused_with
    sent, words = form.file.data.read(MOST_BYTES + 1), form.alternative.data or ""
    held: Any = {
        "actor": current_account().actor,
        "article_id": article_id,
        "sent": sent,
        "alternative": words,
    }
    if attempt(form, lambda session: illustrating.add_picture(session, **held)) is not Outcome.DONE:
        return _page(article_id, form), 422
    flash(_("The picture is kept. Write its line into the text where it should stand."), "done")
    return redirect(url_for("desk.article_pictures", article_id=article_id), 303)


@bp.post("/news/<int:article_id>/pictures/<int:picture_id>/remove")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def remove_article_picture(article_id: int, picture_id: int) -> ResponseReturnValue:
    """Take a picture from an article."""
    form = RemovalForm()
    _check_open(article_id)
    if not form.validate():
        return _page(article_id, PictureForm(formdata=None)), form.refused_with
    held: Any = {"actor": current_account().actor, "article_id": article_id, "picture_id": picture_id}
    if attempt(form, lambda session: illustrating.remove_picture(session, **held)) is not Outcome.DONE:
        return _page(article_id, PictureForm(formdata=None), form.form_errors), 422
    flash(_("The picture is gone."), "done")
    return redirect(url_for("desk.article_pictures", article_id=article_id), 303)


@bp.get("/news/pictures/<name>.jpg")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def article_picture(name: str) -> ResponseReturnValue:
    """Give a picture, also of a draft."""
    with reading() as session:
        content = queries.picture_content(session, name, public=False) or abort(404)
    answer = make_response(content)
    answer.content_type = "image/jpeg"
    return answer


def _check_open(article_id: int) -> None:
    with reading() as session:
        if not may_revise(existing(session, article_id)):
            raise NotAllowedError(N_("This article can no longer be changed by you."))


def _page(article_id: int, form: PictureForm, errors: Sequence[str] = ()) -> str:
    with reading() as session:
        article = existing(session, article_id)
        pictures = pictures_of(session, article_id)
    form.form_errors.extend(errors)
    return render_template(
        "desk/article_pictures.html",
        article=article,
        pictures=pictures,
        form=form,
        removal=RemovalForm(formdata=None),
        accepted=ACCEPTED,
        may_revise=may_revise(article),
    )
