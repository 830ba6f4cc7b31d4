"""The integrity file: verdict first, six parts in order, empty parts said, the same facts for programs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from lxml import etree
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.opinions.ratings.rules import SHOWN_FROM

Reader = Callable[..., Page]
PARTS = [
    "遵纪守法情况",
    "投诉举报处理情况",
    "群众评价",
    "业务经营情况",
    "诚信守诺情况",
    "诚信评估结果",
    "单位基本信息",
]


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def records(settings: Settings) -> Database:
    return Database(settings)


def licensed(records: Database, **values: object) -> Agency:
    with records.writing() as session:
        owner = make.agency(session, name="江州捷聘人力资源有限公司")
        make.permit(session, owner, **values)
    return owner


def banner(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//section[contains(@class,'banner')])").split())


def test_the_parts_of_the_notice_stand_in_their_order(page: Reader, records: Database) -> None:
    file = page(f"/agencies/{licensed(records).uid}/")
    heads = file.tree.xpath("//main//div[@class='split-main']//h2/text()")
    assert heads == PARTS


def test_an_empty_part_says_that_there_is_nothing(page: Reader, records: Database) -> None:
    file = page(f"/agencies/{licensed(records).uid}/")
    for words in ("近两年没有受理过投诉", "还没有人评价这家机构", "暂无记录", "没有公示"):
        assert words in file.text


def test_a_licensed_agency_without_notices_is_registered(page: Reader, records: Database) -> None:
    assert "正常在册" in banner(page(f"/agencies/{licensed(records).uid}/"))


@pytest.mark.parametrize("status", ["unknown", "expired", "deregistered", "withdrawn", "rescinded"])
def test_an_agency_without_a_valid_licence_never_looks_normal(
    page: Reader, records: Database, status: str
) -> None:
    words = banner(page(f"/agencies/{licensed(records, status=status).uid}/"))
    assert "未核实" in words
    assert "12333" in words
    assert "正常在册" not in words


def test_the_heaviest_notice_is_the_verdict_and_the_rest_stands_below(
    page: Reader, records: Database
) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.notice(session, agency_id=owner.id)
        make.notice(
            session, agency_id=owner.id, notice_kind="yellow_card", legal_kind="reminder", severity="minor"
        )
    words = banner(page(f"/agencies/{owner.uid}/"))
    assert words.index("黄牌警告") < words.index("这意味着") < words.index("失信曝光")


def test_a_notice_past_its_last_day_is_gone_from_the_file(
    page: Reader, records: Database, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.notice(session, agency_id=owner.id, severity="minor")
    with clock(datetime(2027, 2, 1, tzinfo=UTC)):
        file = page(f"/agencies/{owner.uid}/")
    assert "正常在册" in banner(file)
    assert "押金" not in file.text


def test_an_exemplary_agency_is_called_so_with_its_year(page: Reader, records: Database) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.honour(session, owner)
    words = banner(page(f"/agencies/{owner.uid}/"))
    assert "诚信示范（2026年度）" in words
    assert "示范不等于担保" in words


def test_a_rating_that_waits_is_not_shown(page: Reader, records: Database) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.rating(session, owner, text="还没有审核的评价")
    assert "还没有审核的评价" not in page(f"/agencies/{owner.uid}/").text


@pytest.mark.parametrize(("count", "shown"), [(SHOWN_FROM - 1, False), (SHOWN_FROM, True)])
def test_the_mean_is_shown_from_five_ratings_on(
    page: Reader, records: Database, *, count: int, shown: bool
) -> None:
    owner = licensed(records)
    with records.writing() as session:
        for _ in range(count):
            make.rating(session, owner, state="published")
    assert ("平均4.0分" in page(f"/agencies/{owner.uid}/").text) is shown


def test_the_page_is_whole_in_english(page: Reader, records: Database) -> None:
    file = page(f"/en/agencies/{licensed(records).uid}/")
    assert "Registered" in banner(file)
    assert "Keeping the law" in file.text


def test_programs_get_what_the_page_shows(client: Client, records: Database) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.notice(session, agency_id=owner.id)
    answer = client.get(f"/agencies/{owner.uid}.json")
    told = answer.get_json()
    assert told["name"] == "江州捷聘人力资源有限公司"
    assert told["standing"] == "exposed"
    assert told["licence_status"] == "valid"
    assert told["timeline"][0]["notice"]["url"].endswith("/notices/2026/1/")
    assert told["complaints"]["last_12_months"] == {"upheld": 0, "not_upheld": 0, "open": 0}


def test_the_feed_tells_the_timeline(client: Client, records: Database) -> None:
    owner = licensed(records)
    with records.writing() as session:
        make.notice(session, agency_id=owner.id)
    feed = etree.fromstring(client.get(f"/agencies/{owner.uid}/feed.atom").get_data())
    titles = feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert titles == ["失信曝光：向求职者收取押金", "取得人力资源服务许可证", "建立诚信档案"]


def test_a_credit_code_leads_to_the_page(client: Client, records: Database) -> None:
    with records.writing() as session:
        owner = make.agency(session, uscc="91990105MA01234565")
    answer = client.get("/agencies/by-uscc/91990105ma01234565")
    assert answer.status_code == 302
    assert answer.location == f"/agencies/{owner.uid}/"


def test_a_merged_agency_leads_to_the_one_it_became(client: Client, records: Database) -> None:
    owner = licensed(records)
    with records.writing() as session:
        merged = make.agency(session, name="江州旧名有限公司", merged_into_id=owner.id)
    answer = client.get(f"/agencies/{merged.uid}/")
    assert (answer.status_code, answer.location) == (301, f"/agencies/{owner.uid}/")


def test_an_unknown_agency_is_a_404(page: Reader) -> None:
    assert "没有这个页面" in page("/agencies/zzzzzzzz/", status=404).text


def test_unknown_flags_of_the_record_are_told(page: Reader, records: Database) -> None:
    with records.writing() as session:
        owner = make.agency(session, uscc="91990105MA01234565", flags="uscc_check", backfilled=True)
    file = page(f"/agencies/{owner.uid}/")
    assert "91990105MA01234565" in file.text
    assert date(2024, 4, 3).isoformat() in file.tree.xpath("//ol[@class='timeline']//time/@datetime")
