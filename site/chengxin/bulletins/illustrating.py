"""Add a picture to an article, and take one away."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.bulletins.models import Article, ArticlePicture
from chengxin.bulletins.pictures import draw_anew
from chengxin.bulletins.rules import Act, move
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject

MOST_PICTURES = 12


def add_picture(
    session: Session, *, actor: str, article_id: int, sent: bytes, alternative: str
) -> ArticlePicture:
    """Keep a picture with an article; the text shows it where the author names it."""
    article = _open(session, article_id)
    if not alternative.strip():
        raise DomainError(N_("Say in words what the picture shows: not everybody can see it."))
    _check_room(session, article)
    drawn = draw_anew(sent)
    made = ArticlePicture(
        article_id=article.id,
        name=f"{drawn.name}-{article.id}",
        alternative=alternative.strip(),
        width=drawn.width,
        height=drawn.height,
        content=drawn.content,
        added_at=clock.now(),
    )
    _check_new(session, made)
    session.add(made)
    session.flush()
    _record(session, article, actor=actor, verb="picture_added", picture=made.name)
    return made


def remove_picture(session: Session, *, actor: str, article_id: int, picture_id: int) -> None:
    """Take a picture from an article; where the text still names it, its words remain."""
    article = _open(session, article_id)
    picture = session.get(ArticlePicture, picture_id)
    if picture is None or picture.article_id != article.id:
        raise NotFoundError(N_("There is no such picture."))
    session.delete(picture)
    session.flush()
    _record(session, article, actor=actor, verb="picture_removed", picture=picture.name)


def _open(session: Session, article_id: int) -> Article:
    article = session.get(Article, article_id)
    if article is None:
        raise NotFoundError(N_("There is no such article."))
    move(article.state, Act.REVISE)
    return article


def _check_room(session: Session, article: Article) -> None:
    rows = select(func.count()).select_from(ArticlePicture).where(ArticlePicture.article_id == article.id)
    if (session.scalar(rows) or 0) >= MOST_PICTURES:
        raise DomainError(N_("An article takes 12 pictures at most: take one away first."))


def _check_new(session: Session, picture: ArticlePicture) -> None:
    if session.scalar(select(ArticlePicture.id).where(ArticlePicture.name == picture.name)) is not None:
        raise DomainError(N_("This article has this picture already."))


def _record(session: Session, article: Article, *, actor: str, verb: str, picture: str) -> None:
    """Record the picture; a public article changes at once, because its text may name it."""
    ledger.record(
        session,
        actor=actor,
        verb=f"article.{verb}",
        subject=Subject("article", article.id),
        new={"picture": picture, "year": article.year, "slug": article.slug, "column": article.column},
        public=article.published_at is not None,
    )
