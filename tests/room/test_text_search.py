"""Full text of notices and articles: found by any words in it, never after its end, on every database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make

from chengxin.bulletins import queries as bulletins
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search import following, texts
from chengxin.search.models import TextToken
from chengxin.standing.sanctions import ends, queries
from chengxin.standing.sanctions.models import Sanction

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = datetime(2030, 11, 20, 4, tzinfo=UTC)
FACTS = "2026年8月，该公司向7名求職者收取“内推费”共4200元。"


@pytest.fixture
def published(database: Database) -> Database:
    with clock.frozen(NOON), database.writing() as session:
        make.notice(session, facts=FACTS)
        make.notice(session, title="关于另一家公司的公告", facts="发布虚假招聘信息。")
        make.article(session, body="签约之前，**先查**机构的内推费。")
    following.follow(database)
    return database


def notices(database: Database, q: str, *, at: datetime = NOON) -> int:
    with clock.frozen(at), database.reading() as session:
        filters = queries.Filters(q=q, among=texts.matching(texts.Kind.NOTICE, q))
        return queries.count_published(session, filters, today=clock.today())


def articles(database: Database, q: str) -> int:
    with database.reading() as session:
        among = texts.matching(texts.Kind.ARTICLE, q)
        return bulletins.count_published(session, bulletins.Filters(q=q, among=among))


@pytest.mark.parametrize(
    "q", ["内推费", "內推費", "求职者 内推费", "内推费 4200", "４２００", "42", "内推费，求职者", "推"]
)
def test_a_notice_is_found_by_words_of_its_facts(published: Database, q: str) -> None:
    assert notices(published, q) == 1


@pytest.mark.parametrize("q", ["内推金", "内推费 虚假", "4201", "200元x"])
def test_a_notice_that_lacks_a_word_is_not_found(published: Database, q: str) -> None:
    assert notices(published, q) == 0


def test_an_article_is_found_by_words_of_its_body_without_its_marks(published: Database) -> None:
    assert articles(published, "先查机构") == 1
    assert articles(published, "虚假") == 0


def test_an_ended_notice_is_not_found_even_while_no_worker_runs(published: Database) -> None:
    assert notices(published, "内推费", at=LATER) == 0


def test_the_words_of_an_ended_notice_leave_the_table(published: Database) -> None:
    with clock.frozen(LATER), published.writing() as session:
        assert ends.end_due(session, today=clock.today()) == 2
    following.follow(published)
    assert held(published, "notice") == 0
    assert held(published, "article") > 0


def test_a_notice_that_waits_for_publication_has_no_words(database: Database) -> None:
    with database.writing() as session:
        made = make.notice(session, facts=FACTS)
        kept = session.get(Sanction, made.id)
        assert kept is not None
        kept.state = "submitted"
    following.follow(database)
    assert held(database, "notice") == 0


def test_a_withdrawn_article_has_no_words(database: Database) -> None:
    with database.writing() as session:
        make.article(session, published=False, body="草稿里的内推费")
    following.follow(database)
    assert held(database, "article") == 0


@pytest.mark.parametrize(
    "q", ["", "（）", "%", "_", "'", "AND (", "*", "\u202e", "a" * 10_000, "押" * 10_000, "😀"]
)
def test_bad_words_have_an_answer(published: Database, q: str) -> None:
    assert notices(published, q) >= 0
    assert articles(published, q) >= 0


def held(database: Database, kind: str) -> int:
    with database.reading() as session:
        return count(session, kind)


def count(session: Session, kind: str) -> int:
    rows = select(func.count()).select_from(TextToken).where(TextToken.kind == kind)
    return session.scalar(rows) or 0
