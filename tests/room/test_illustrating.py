"""Pictures of articles: drawn anew, with words, and gone with their article."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session
from tests import make

from chengxin.bulletins import actions, illustrating, queries
from chengxin.bulletins.illustrating import MOST_PICTURES
from chengxin.bulletins.models import Article, ArticlePicture
from chengxin.core.errors import DomainError, NotFoundError
from chengxin.ledger import queries as ledger

WORDS = "工作人员在签署承诺书"


def photograph(colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def add(session: Session) -> Callable[..., ArticlePicture]:
    def added(article: Article, sent: bytes = b"", alternative: str = WORDS) -> ArticlePicture:
        held = {"actor": "account:1", "article_id": article.id, "alternative": alternative}
        return illustrating.add_picture(session, **held, sent=sent or photograph())  # type: ignore[arg-type]

    return added


def test_a_picture_of_a_draft_is_not_public(session: Session, add: Callable[..., ArticlePicture]) -> None:
    draft = make.article(session, published=False)
    picture = add(draft)
    assert queries.picture_content(session, picture.name, public=True) is None
    assert queries.picture_content(session, picture.name, public=False) == picture.content
    assert ledger.publication_version(session) == 0
    actions.publish(session, actor="account:1", article_id=draft.id, version=draft.version)
    assert queries.picture_content(session, picture.name, public=True) == picture.content


def test_a_picture_goes_with_its_article(session: Session, add: Callable[..., ArticlePicture]) -> None:
    article = make.article(session)
    picture = add(article)
    actions.withdraw(
        session, actor="account:1", article_id=article.id, version=article.version, reason="有误"
    )
    assert queries.picture_content(session, picture.name, public=True) is None


def test_a_picture_without_words_is_refused(session: Session, add: Callable[..., ArticlePicture]) -> None:
    with pytest.raises(DomainError, match="words"):
        add(make.article(session), alternative=" ")


def test_one_picture_is_kept_once(session: Session, add: Callable[..., ArticlePicture]) -> None:
    article = make.article(session)
    add(article)
    with pytest.raises(DomainError, match="already"):
        add(article)


def test_two_articles_may_show_the_same_picture(session: Session, add: Callable[..., ArticlePicture]) -> None:
    first, second = add(make.article(session)), add(make.article(session))
    assert first.name != second.name


def test_an_article_has_so_many_pictures_and_no_more(
    session: Session, add: Callable[..., ArticlePicture]
) -> None:
    article = make.article(session)
    for width in range(MOST_PICTURES):
        add(article, photograph(size=(10 + width, 10)))
    with pytest.raises(DomainError, match="12"):
        add(article, photograph(size=(99, 10)))


def test_a_picture_is_taken_away_by_its_own_article_only(
    session: Session, add: Callable[..., ArticlePicture]
) -> None:
    mine, other = make.article(session), make.article(session)
    picture = add(mine)
    with pytest.raises(NotFoundError):
        illustrating.remove_picture(session, actor="account:1", article_id=other.id, picture_id=picture.id)
    illustrating.remove_picture(session, actor="account:1", article_id=mine.id, picture_id=picture.id)
    assert queries.pictures(session, mine.id) == []


def test_a_withdrawn_article_takes_no_picture(session: Session, add: Callable[..., ArticlePicture]) -> None:
    article = make.article(session)
    actions.withdraw(
        session, actor="account:1", article_id=article.id, version=article.version, reason="有误"
    )
    with pytest.raises(DomainError):
        add(article)
