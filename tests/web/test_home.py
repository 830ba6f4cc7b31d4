"""The front page: what is new, what is open, and where to go."""

from collections.abc import Callable
from datetime import date

import pytest
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.database import Database

Reader = Callable[..., Page]


@pytest.fixture
def records(settings: Settings) -> Database:
    return Database(settings)


def test_an_empty_register_says_so(page: Reader) -> None:
    front = page("/")
    assert "0家人力资源服务机构" in front.text
    assert "当前没有公示中的处理" in front.text
    assert "还没有确定示范机构" in front.text


def test_a_new_notice_and_a_new_title_are_on_the_front_page(page: Reader, records: Database) -> None:
    with records.writing() as session:
        exposed = make.agency(session, name="江州捷聘人力资源有限公司")
        make.notice(session, agency_id=exposed.id, decision_date=date(2026, 10, 28))
        named = make.agency(session, name="江州和光人才服务有限公司")
        make.permit(session, named)
        make.honour(session, named, merit="退费平均两天")
        make.article(session, title="诚信服务月启动")
    front = page("/")
    for words in (
        "江州捷聘人力资源有限公司",
        "向求职者收取押金",
        "江州和光人才服务有限公司",
        "诚信服务月启动",
    ):
        assert words in front.text


def test_every_address_on_the_front_page_is_there(client: Client, page: Reader) -> None:
    for href in set(page("/").tree.xpath("//a[starts-with(@href, '/')]/@href")):
        assert client.get(href, follow_redirects=True).status_code == 200, href


def test_the_front_page_is_whole_in_english(page: Reader) -> None:
    front = page("/en/")
    assert "Check before you sign" in front.text
    assert front.tree.xpath("//a[@hreflang='zh-Hans']/@href") == ["/"]


def test_the_front_page_sets_no_cookie(page: Reader) -> None:
    answer = page("/").answer
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
