"""A notice's marks, wordings and card to share, the filters of the list, and the archive of a year."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import NOON
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.standing.rules import Standing
from chengxin.standing.sanctions import revisions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.wording import Wording, wording_of

SEALS = Path(__file__).resolve().parents[2] / "static" / "seals"
ATOM = "{http://www.w3.org/2005/Atom}"
Reader = Callable[..., Page]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(NOON):
        yield


@pytest.fixture
def writing(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    yield database
    database.dispose()


def corrected(session: Session, notice: Sanction, **words: str) -> None:
    """Give a public notice other words."""
    (actor,) = make.actors(session, count=1)
    wording = Wording(**{**vars(wording_of(notice)), **words})
    revisions.correct(session, actor=actor, sanction=notice, wording=wording, note="退款金额有误，已更正。")


def put(writing: Database, **values: object) -> None:
    with writing.writing() as session:
        make.notice(session, **values)


def test_a_correction_shows_what_was_there_and_what_is_there_now(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        notice = make.notice(session, facts="向7名求职者收取押金共4200元。")
        corrected(session, notice, facts="向7名求职者收取押金共3600元。")
    found = page("/notices/2026/1/rev/2")
    changes = found.tree.xpath("//section[@aria-labelledby='changes']")[0]
    assert [each.text_content() for each in changes.xpath(".//del")] == ["〔原文：4200〕"]
    assert [each.text_content() for each in changes.xpath(".//ins")] == ["〔改为：3600〕"]
    assert changes.xpath("string(.//dt)") == "违法失信事实"
    assert not page("/notices/2026/1/rev/1").tree.xpath("//del|//ins")


def test_a_corrected_notice_says_so_and_leads_to_the_change(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        corrected(session, make.notice(session), title="改过的标题")
    found = page("/notices/2026/1/")
    assert found.tree.xpath("//div[contains(@class,'flash')]//a/@href") == ["/notices/2026/1/rev/2"]
    assert "退款金额有误，已更正。" in found.text


def test_every_english_wording_marks_chinese_words(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        corrected(session, make.notice(session), title="改过的标题")
    assert page("/en/notices/2026/1/").unmarked_chinese == []
    assert page("/en/notices/2026/1/rev/2").unmarked_chinese == []


def test_a_corrected_notice_comes_back_in_feeds(client: Client, writing: Database) -> None:
    put(writing)
    with frozen(datetime(2026, 12, 1, 4, tzinfo=UTC)):
        with writing.writing() as session:
            notice = session.get(Sanction, 1)
            assert notice is not None
            corrected(session, notice, title="改过的标题")
        feed = etree.fromstring(client.get("/notices/feed.atom").get_data())
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated") == "2026-12-01T00:00:00+08:00"


def test_a_shared_notice_shows_words_and_a_seal(page: Reader, writing: Database) -> None:
    put(writing)
    found = page("/notices/2026/1/").tree
    card = {each.get("property"): each.get("content") for each in found.xpath("//meta[@property]")}
    assert card["og:title"] == "江州捷聘人力资源有限公司：失信曝光"
    assert card["og:description"] == "向求职者收取押金 (2026-11-20)"
    assert card["og:url"] == "http://127.0.0.1:8000/n/2026-1"
    assert card["og:image"].startswith("http://127.0.0.1:8000/static/seals/exposed.png?v=")


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_a_small_square_picture(standing: Standing) -> None:
    path = SEALS / f"{standing}.png"
    with Image.open(path) as picture:
        assert picture.size == (600, 600)
    assert path.stat().st_size < 12_000


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("legal=warning", "黄牌公告"),
        ("severity=minor", "黄牌公告"),
        ("category=overcharge", "收费公告"),
        ("period=2026Q4", "收费公告"),
        ("category=overcharge&kind=yellow_card", ""),
    ],
)
@pytest.mark.parametrize(
    "suffix", ["notices/", "notices/notices.csv", "notices/notices.json", "notices/feed.atom"]
)
def test_every_format_takes_every_filter(
    client: Client, writing: Database, suffix: str, query: str, seen: str
) -> None:
    with writing.writing() as session:
        make.notice(
            session, notice_kind="yellow_card", legal_kind="warning", severity="minor", title="黄牌公告"
        )
        make.notice(session, category="overcharge", title="收费公告").period = "2026Q4"
    text = client.get(f"/{suffix}?{query}").text
    for title in ("黄牌公告", "收费公告"):
        assert (title in text) is (title == seen)


def test_a_filter_offers_only_what_there_is_with_its_count(page: Reader, writing: Database) -> None:
    put(writing)
    found = page("/notices/").tree
    assert found.xpath("//select[@name='category']/option/@value") == ["", "deposit"]
    assert found.xpath("string(//select[@name='category']/option[2])") == "向求职者收取押金 (1)"
    assert found.xpath("//details[@open]") == []
    assert page("/notices/?category=deposit").tree.xpath("//details[@open]")


def test_the_year_lists_every_number_and_no_word_of_what_is_over(page: Reader, writing: Database) -> None:
    put(
        writing,
        title="先到期的公告",
        decision_date=datetime(2026, 8, 21, tzinfo=UTC).date(),
        severity="minor",
    )
    put(writing, title="还在公示的公告")
    with frozen(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        found = page("/notices/2026/")
    assert "2026年编号2条，公示中1条" in found.text
    assert "还在公示的公告" in found.text
    assert "先到期" not in found.answer.text
    links = found.tree.xpath("//ul[@class='rows']//a/@href")
    assert links == ["/notices/2026/2/", "/notices/2026/1/"]


def test_a_year_without_notices_is_not_found(page: Reader, writing: Database) -> None:
    put(writing)
    page("/notices/2025/", status=404)
    assert page("/en/notices/2026/").unmarked_chinese == []


def test_the_list_leads_to_its_years(page: Reader, writing: Database) -> None:
    put(writing)
    assert page("/notices/").tree.xpath("//a[@href='/notices/2026/']")


def test_a_notice_leads_to_the_others_of_its_batch(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        make.notice(session).period = "2026Q4"
    assert page("/notices/2026/1/").tree.xpath("//a[@href='/notices/?period=2026Q4']")


def test_the_table_tells_the_batch(client: Client, writing: Database) -> None:
    with writing.writing() as session:
        make.notice(session).period = "2026Q4"
    (row,) = csv.DictReader(io.StringIO(client.get("/notices/notices.csv").get_data().decode("utf-8-sig")))
    assert row["批次"] == "2026Q4"
