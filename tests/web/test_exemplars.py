"""The exemplary lists: page, table, JSON and feed of each year."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from lxml import etree
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database

NAME = "江州和光人才服务有限公司"
Reader = Callable[..., Page]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def named(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    with database.writing() as session:
        owner = make.agency(session, name=NAME, uid="hg000001")
        make.permit(session, owner)
        make.honour(session, owner, merit="收费全公示")
        make.honour(session, owner, year=2025, kind="window", holder="江北窗口")
    yield database
    database.dispose()


def test_the_short_address_leads_to_the_newest_list(client: Client, named: Database) -> None:
    assert client.get("/exemplary/").headers["Location"] == "/exemplary/2026/"
    assert client.get("/en/exemplary/").headers["Location"] == "/en/exemplary/2026/"


def test_an_empty_site_has_this_years_list_and_no_other(page: Reader, client: Client) -> None:
    assert client.get("/exemplary/").headers["Location"] == "/exemplary/2026/"
    assert "这一年度还没有公布名单。" in page("/exemplary/2026/").text
    page("/exemplary/2019/", status=404)


def test_a_list_shows_who_was_named_and_how_it_stands(page: Reader, named: Database) -> None:
    found = page("/exemplary/2026/")
    for words in (NAME, "收费全公示", "有效期至2027-12-31", "诚信示范", "2025年（1）"):
        assert words in found.text
    assert "江北窗口" not in found.text
    assert "江北窗口" in page("/exemplary/2025/").text


def test_the_english_list_marks_chinese_words(page: Reader, named: Database) -> None:
    assert page("/en/exemplary/2025/").unmarked_chinese == []


def test_a_sanctioned_holder_shows_its_standing_of_today(page: Reader, named: Database) -> None:
    with named.writing() as session:
        owner = make.agency(session, name="江州禾田家政职介有限公司")
        make.permit(session, owner)
        make.honour(session, owner)
        make.notice(session, agency_id=owner.id, party_name=owner.name)
    assert "失信曝光" in page("/exemplary/2026/").text


@pytest.mark.parametrize("path", ["/exemplary/0/", "/exemplary/%EF%BC%92026/", "/exemplary/2026/?page=2"])
def test_an_address_that_never_was_is_not_found(client: Client, named: Database, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_table_and_the_json_say_the_same(client: Client, named: Database) -> None:
    table = client.get("/exemplary/2026/exemplary.csv").get_data().decode("utf-8-sig").splitlines()
    told = client.get("/exemplary/2026/exemplary.json").json
    assert told is not None
    assert len(table) - 1 == told["total"] == 1
    assert told["items"][0]["agency"] == {
        "uid": "hg000001",
        "name": NAME,
        "uscc": None,
        "standing": "exemplary",
    }


def test_the_feed_lists_the_titles(client: Client, named: Database) -> None:
    feed = etree.fromstring(client.get("/exemplary/2026/feed.atom").get_data())
    ids = feed.xpath("//*[local-name()='entry']/*[local-name()='id']/text()")
    assert len(ids) == 1
    assert ids[0].startswith("http://127.0.0.1:8000/exemplary/2026/#title-")
