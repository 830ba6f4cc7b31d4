"""The news: list, filters, feed, articles and what is left of withdrawn ones."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from lxml import etree
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.bulletins import actions
from chengxin.bulletins.models import Article
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database

Reader = Callable[..., Page]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def writing(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    yield database
    database.dispose()


def put(database: Database, **values: str) -> Article:
    with database.writing() as session:
        return make.article(session, published=True, **values)


def address(article: Article) -> str:
    return f"/news/{article.year}/{article.slug}/"


def test_an_empty_column_says_so(page: Reader) -> None:
    assert "这里还没有文章。" in page("/news/").text


def test_an_article_is_listed_by_its_column(page: Reader, writing: Database) -> None:
    put(writing, title="动态甲")
    put(writing, title="预警乙", column="risk_alerts")
    rows = page("/news/?column=risk_alerts").tree.xpath("string(//ul[@class='rows'])")
    assert "预警乙" in rows
    assert "动态甲" not in rows
    assert "共2篇" in page("/news/").text


def test_a_draft_is_not_public(client: Client, writing: Database) -> None:
    with writing.writing() as session:
        draft = make.article(session, published=False, title="草稿")
    assert "草稿" not in client.get("/news/").text
    assert client.get(address(draft)).status_code == 404


def test_markdown_is_shown_and_scripts_are_not(page: Reader, writing: Database) -> None:
    article = put(writing, body="**要点**\n\n<script>alert(1)</script>\n\n[坏](javascript:alert(1))")
    found = page(address(article))
    assert found.tree.xpath("//article//strong/text()") == ["要点"]
    assert not found.tree.xpath("//article//script|//a[starts-with(@href,'javascript')]")


def test_an_article_has_its_language_in_the_english_frame(page: Reader, writing: Database) -> None:
    found = page(f"/en{address(put(writing))}")
    assert found.tree.xpath("//h1/@lang") == ["zh-Hans"]
    assert "Integrity updates" in found.text
    assert found.unmarked_chinese == page("/en/news/").unmarked_chinese == []


def test_the_json_of_an_article_has_its_text(client: Client, writing: Database) -> None:
    article = put(writing)
    told = client.get(f"{address(article)[:-1]}.json").json
    assert told is not None
    assert told["body"] == "签约之前，先查机构。"
    assert told["html"] == "<p>签约之前，先查机构。</p>\n"
    assert told["published_at"] == "2026-11-20T12:00:00+08:00"


def test_a_withdrawn_article_is_one_sentence(page: Reader, client: Client, writing: Database) -> None:
    article = put(writing, title="有误的文章")
    (actor,) = ("account:1",)
    with writing.writing() as session:
        actions.withdraw(
            session, actor=actor, article_id=article.id, version=article.version, reason="数字有误。"
        )
    left = page(address(article), status=410)
    assert "数字有误。" in left.text
    assert "有误的文章" not in left.answer.text
    assert client.get(f"{address(article)[:-1]}.json").json == {
        "year": article.year,
        "slug": article.slug,
        "state": "withdrawn",
        "reason": "数字有误。",
    }


@pytest.mark.parametrize("path", ["/news/2026/%00/", "/news/2026/Nothing/", "/news/x/y/", "/news/?page=9"])
def test_an_address_that_never_was_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_feed_and_the_json_follow_the_filter(client: Client, writing: Database) -> None:
    put(writing, title="动态甲")
    put(writing, title="预警乙", column="risk_alerts")
    feed = etree.fromstring(client.get("/news/feed.atom?column=risk_alerts").get_data())
    assert feed.xpath("//*[local-name()='entry']/*[local-name()='title']/text()") == ["预警乙"]
    told = client.get("/news/news.json?column=risk_alerts").json
    assert told is not None
    assert [each["title"] for each in told["items"]] == ["预警乙"]
