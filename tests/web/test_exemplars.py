"""The exemplary lists: page, table, JSON and feed of each year."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree
from tests import make, rounds
from tests.pages import Page
from werkzeug.test import Client

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.standing.exemplars import actions
from chengxin.standing.exemplars.models import Honour

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
    for words in (NAME, "收费全公示", "有效期至2027-12-31", "诚信示范", "2025年（1项）"):
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


@pytest.fixture
def person(named: Database) -> Honour:
    """Name a consenting worker."""
    with named.writing() as session:
        owner = rounds.licensed(session, name="江州禾田家政职介有限公司")
        told: dict[str, Any] = {"merit": "秦小满从业十一年", "consent_on": date(2026, 11, 2)}
        return make.honour(session, owner, kind="person", holder="秦小满", **told)


@pytest.fixture
def proposed(settings: Settings) -> Iterator[Database]:
    """Bring a list of one agency and one worker before the public."""
    database = Database(settings)
    with database.writing() as session, frozen(rounds.MONDAY):
        (first,) = make.actors(session, count=1)
        batch = rounds.opened(session, first)
        one = rounds.nominated(
            session, first, batch, rounds.licensed(session, name=NAME), merit="退费平均两天"
        )
        other = rounds.licensed(session, name="江州禾田家政职介有限公司")
        told: dict[str, Any] = {"kind": "person", "holder": "秦小满", "consent_on": date(2026, 11, 2)}
        two = rounds.nominated(session, first, batch, other, **told)
        rounds.announced(session, first, batch, [one, two])
    yield database
    database.dispose()


SURFACES = ("", "exemplary.csv", "exemplary.json", "feed.atom")


@pytest.mark.parametrize("surface", SURFACES)
def test_a_worker_is_named_while_the_consent_stands(client: Client, person: Honour, surface: str) -> None:
    assert "秦小满" in client.get(f"/exemplary/2026/{surface}").get_data(as_text=True)


@pytest.mark.parametrize("surface", [*SURFACES, "{id}/"])
def test_an_erased_name_is_nowhere_and_the_title_stands(
    client: Client, named: Database, person: Honour, surface: str
) -> None:
    with named.writing() as session:
        (first,) = make.actors(session, count=1)
        held = session.get_one(Honour, person.id)
        actions.erase_name(session, actor=first, honour_id=held.id, version=held.version)
    text = client.get(f"/exemplary/2026/{surface.format(id=person.id)}").get_data(as_text=True)
    assert "秦小满" not in text
    assert "江州禾田家政职介有限公司" in text
    assert "（不公开）" in text or '"holder": null' in text


def test_an_erased_name_is_not_in_the_file_of_the_agency_either(
    client: Client, named: Database, person: Honour
) -> None:
    with named.writing() as session:
        (first,) = make.actors(session, count=1)
        held = session.get_one(Honour, person.id)
        actions.erase_name(session, actor=first, honour_id=held.id, version=held.version)
        uid = session.get_one(Agency, held.agency_id).uid
    for path in (f"/agencies/{uid}/", f"/agencies/{uid}.json", f"/agencies/{uid}/feed.atom"):
        assert "秦小满" not in client.get(path).get_data(as_text=True)


def test_a_worker_without_a_consent_on_record_is_not_named(client: Client, named: Database) -> None:
    with named.writing() as session:
        owner = rounds.licensed(session, name="江州禾田家政职介有限公司")
        make.honour(session, owner, kind="person", holder="秦小满")
    for surface in SURFACES:
        assert "秦小满" not in client.get(f"/exemplary/2026/{surface}").get_data(as_text=True)


def test_the_list_is_narrowed_by_kind_level_and_region(client: Client, page: Reader, named: Database) -> None:
    with named.writing() as session:
        make.region(session)
        make.region(session, code="990102", name="江北区", parent="990000")
        owner = rounds.licensed(session, name="江州禾田家政职介有限公司", region_code="990102")
        make.honour(session, owner, level="province")
    for query, found in (("level=province", 1), ("kind=agency", 2), ("region=990000", 1), ("kind=window", 0)):
        told = client.get(f"/exemplary/2026/exemplary.json?{query}").json
        assert told is not None
        assert told["total"] == found
        table = client.get(f"/exemplary/2026/exemplary.csv?{query}").get_data().decode("utf-8-sig")
        assert len(table.splitlines()) == found + 1
    narrowed = page("/exemplary/2026/?level=province")
    assert NAME not in narrowed.text
    assert "江州禾田家政职介有限公司" in narrowed.text
    assert "没有符合条件的称号" in page("/exemplary/2026/?kind=window").text


def test_a_withdrawn_title_stays_on_its_year_with_reason_and_day(
    page: Reader, client: Client, named: Database
) -> None:
    with named.writing() as session:
        first, second = make.actors(session)
        made = session.get_one(Honour, 1)
        actions.propose_withdrawal(
            session, actor=first, honour_id=1, version=made.version, reason="提供虚假材料"
        )
        actions.withdraw(session, actor=second, honour_id=1, version=made.version)
    found = page("/exemplary/2026/")
    for words in ("已撤销的称号", "提供虚假材料", "2026-11-20", "2026年（0项）"):
        assert words in found.text
    assert "提供虚假材料" in page("/exemplary/2026/1/", status=410).text
    assert client.get("/exemplary/2026/exemplary.json").json == {
        "total": 0,
        "page": 1,
        "pages": 1,
        "next": None,
        "items": [],
    }


def test_an_agency_in_standing_has_a_certificate_to_print(page: Reader, named: Database) -> None:
    found = page("/exemplary/2026/1/")
    for words in (NAME, "江人社发〔2026〕88号", "2027年12月31日"):
        assert words in found.text
    assert page("/en/exemplary/2026/1/").unmarked_chinese == []
    assert "/exemplary/2026/1/" in page("/agencies/hg000001/").answer.get_data(as_text=True)


def test_a_suspended_title_has_no_certificate_and_says_so(page: Reader, named: Database) -> None:
    with named.writing() as session:
        make.notice(session, agency_id=1)
    assert "暂停" in page("/exemplary/2026/1/").text
    assert "暂停" in page("/exemplary/2026/").text
    assert "暂停" in page("/agencies/hg000001/").text


@pytest.mark.parametrize("path", ["/exemplary/2026/2/", "/exemplary/2025/1/", "/exemplary/2026/99/"])
def test_a_certificate_stands_under_its_own_year_only(client: Client, named: Database, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_proposed_list_is_shown_with_its_days_and_the_way_to_object(
    page: Reader, proposed: Database
) -> None:
    with frozen(rounds.MONDAY):
        found = page("/exemplary/publicity/")
        for words in (NAME, "秦小满", "2026年11月9日", "2026年11月16日", "退费平均两天", "提出异议"):
            assert words in found.text
        assert page("/en/exemplary/publicity/").unmarked_chinese == []
        assert "正在公示的拟定名单" in page("/exemplary/2026/").text
    with frozen(rounds.OVER):
        assert "公示期已满" in page("/exemplary/publicity/").text


def test_what_is_proposed_is_on_no_other_list(client: Client, proposed: Database) -> None:
    for surface in SURFACES:
        assert NAME not in client.get(f"/exemplary/2026/{surface}").get_data(as_text=True)
    assert client.get("/exemplary/2026/1/").status_code == 404


def test_without_a_list_the_publicity_page_says_so(page: Reader) -> None:
    assert "目前没有正在公示的名单。" in page("/exemplary/publicity/").text


def test_a_name_erased_during_publicity_is_gone_from_the_list(page: Reader, proposed: Database) -> None:
    with proposed.writing() as session:
        (first,) = make.actors(session, count=1)
        held = session.get_one(Honour, 2)
        actions.erase_name(session, actor=first, honour_id=2, version=held.version)
    found = page("/exemplary/publicity/").text
    assert "秦小满" not in found
    assert "（不公开）" in found


def test_each_proposed_name_leads_to_the_form_for_objections(
    client: Client, page: Reader, proposed: Database
) -> None:
    found = page("/exemplary/publicity/")
    links = [str(each) for each in found.tree.xpath("//a/@href") if "record=exemplary" in each]
    assert links == [f"/corrections/new?record=exemplary/{number}" for number in (1, 2)]
    assert NAME in client.get(links[0]).get_data(as_text=True)


def test_an_objection_under_review_marks_the_name(page: Reader, named: Database) -> None:
    with named.writing() as session:
        rounds.objected(session, 1, state="marked")
    for path in ("/exemplary/2026/", "/exemplary/2026/1/"):
        assert "异议处理中" in page(path).text
