"""The pictures of an article as the desk shows them, also before anybody else may see them."""

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.bulletins import queries
from chengxin.bulletins.markdown import Picture
from chengxin.bulletins.models import ArticlePicture


def pictures_of(session: Session, article_id: int) -> list[Picture]:
    """Return the pictures an article's text may show, under the addresses of the desk."""
    return [_shown(each) for each in queries.pictures(session, article_id)]


def _shown(kept: ArticlePicture) -> Picture:
    url = url_for("desk.article_picture", name=kept.name)
    return Picture(kept.id, url, kept.alternative, kept.width, kept.height)
