"""Words in notices and articles: one box, three tabs with their counts, the lines around what was typed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from tests import lookups, make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import following, indexer

Reader = Callable[..., Page]
Q = quote("内推费")
FACTS = "2026年8月，该公司向7名求職者收取“内推費”共4200元，没有开票。"


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def filled(settings: Settings) -> Database:
    records = Database(settings)
    with records.writing() as session:
        make.region(session)
        lookups.enrolled(session, "江州内推费咨询有限公司")
        make.notice(session, facts=FACTS)
        make.notice(session, title="关于另一家公司的公告")
        make.article(session, title="风险提示", body="不要交**内推费**。")
    indexer.rebuild(settings, records)
    following.follow(records)
    return records


def tabs(page: Page) -> list[tuple[str, str]]:
    links = page.tree.xpath("//nav[@aria-label='在哪里查']//a")
    return [("".join(each.itertext()), each.get("href")) for each in links]


@pytest.mark.parametrize("path", ["agencies", "notices", "news"])
def test_each_tab_tells_how_much_the_others_hold(page: Reader, filled: Database, path: str) -> None:
    shown = page(f"/{path}/?q={Q}")
    assert tabs(shown) == [
        ("机构 (1)", f"/agencies/?q={Q}"),
        ("公告 (1)", f"/notices/?q={Q}"),
        ("动态 (1)", f"/news/?q={Q}"),
    ]
    current = shown.tree.xpath("//nav[@aria-label='在哪里查']//a[@aria-current='page']/@href")
    assert current == [f"/{path}/?q={Q}"]


@pytest.mark.parametrize("path", ["agencies", "notices", "news"])
def test_without_words_there_are_no_tabs(page: Reader, filled: Database, path: str) -> None:
    assert tabs(page(f"/{path}/")) == []


@pytest.mark.parametrize(("path", "marked"), [("notices", "内推費"), ("news", "内推费")])
def test_what_was_typed_is_marked_in_its_line(page: Reader, filled: Database, path: str, marked: str) -> None:
    shown = page(f"/{path}/?q={Q}")
    assert shown.tree.xpath("//ul[@class='rows']//mark/text()") == [marked]


def test_the_feed_the_table_and_the_json_take_the_same_words(client: Client, filled: Database) -> None:
    assert client.get(f"/notices/notices.json?q={Q}").get_json()["total"] == 1
    assert client.get(f"/notices/notices.csv?q={Q}").text.count("江人社罚") == 1
    assert client.get(f"/notices/feed.atom?q={Q}").text.count("<entry") == 1
    assert client.get(f"/news/news.json?q={Q}").get_json()["total"] == 1
    assert client.get(f"/news/feed.atom?q={Q}").text.count("<entry") == 1


def test_a_notice_past_its_last_day_is_in_no_tab(
    page: Reader, filled: Database, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    with clock(datetime(2031, 1, 1, tzinfo=UTC)):
        shown = page(f"/notices/?q={Q}")
    assert tabs(shown)[1][0] == "公告 (0)"
    assert "4200" not in shown.text


def test_words_with_marks_of_html_are_text(page: Reader, filled: Database) -> None:
    shown = page(f"/notices/?q={quote('<script>内推费')}")
    assert shown.tree.xpath("//script[not(@src)]") == []


def test_the_pages_are_whole_in_english(page: Reader, filled: Database) -> None:
    assert page(f"/en/notices/?q={Q}").unmarked_chinese == []
    assert "Notices (1)" in page(f"/en/news/?q={Q}").text
