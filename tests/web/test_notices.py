"""The pages of the notices: list, filters, formats, the notice itself and what is left of it."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree
from sqlalchemy.orm import Session
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.published.layer import Published
from chengxin.standing.sanctions import ends
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
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


def put(database: Database, **values: object) -> Sanction:
    with database.writing() as session:
        return make.notice(session, **values)


def end(session: Session, notice: Sanction, *, reason: str) -> None:
    first, second = make.actors(session)
    given: Any = {"sanction_id": notice.id, "version": notice.version}
    ends.propose_end(session, actor=first, end=State.WITHDRAWN, reason=reason, **given)
    ends.confirm_end(session, actor=second, sanction_id=notice.id, version=notice.version)


def test_the_list_of_an_empty_site_says_so(page: Reader) -> None:
    assert "当前没有公示中的处理。" in page("/notices/").text


def test_a_published_notice_is_on_the_list_at_once(page: Reader, writing: Database) -> None:
    page("/notices/")
    put(writing)
    found = page("/notices/")
    assert "关于江州捷聘人力资源有限公司收取押金的公告" in found.text
    assert "公示中1条" in found.text


def test_the_list_is_narrowed_by_the_address(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        make.region(session)
        make.region(session, code="990101", name="江北区", parent="990000")
    put(writing, notice_kind="yellow_card", legal_kind="warning", severity="minor", title="黄牌公告")
    put(writing, region_code="990101", title="江北公告")
    for query, seen, unseen in (
        ("kind=yellow_card", "黄牌公告", "江北公告"),
        ("region=990101", "江北公告", "黄牌公告"),
        ("region=990000", "江北公告", "黄牌公告"),
        ("q=%E9%BB%84%E7%89%8C", "黄牌公告", "江北公告"),
    ):
        rows = page(f"/notices/?{query}").tree.xpath("string(//ul[@class='rows'])")
        assert seen in rows
        assert unseen not in rows
    assert len(page("/notices/?year=2026").tree.xpath("//ul[@class='rows']/li")) == 2


@pytest.mark.parametrize("query", ["kind=nothing", "year=abc", "year=%EF%BC%92", "region=1", "q=%25"])
def test_a_filter_that_finds_nothing_says_so(page: Reader, writing: Database, query: str) -> None:
    put(writing)
    assert "没有符合条件的公告。" in page(f"/notices/?{query}").text


@pytest.mark.parametrize("query", ["page=2", "page=0", "page=x", "page=%EF%BC%91", "page=99999999999"])
def test_a_page_that_is_not_there_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/notices/?{query}").status_code == 404


def test_a_long_list_has_pages_that_keep_the_filter(page: Reader, writing: Database) -> None:
    with writing.writing() as session:
        for _ in range(31):
            make.notice(session)
    first = page("/notices/?kind=exposure")
    (following,) = first.tree.xpath("//a[@rel='next']/@href")
    assert following == "/notices/?kind=exposure&page=2"
    assert len(page(following).tree.xpath("//ul[@class='rows']/li")) == 1


def test_a_notice_shows_its_parts(page: Reader, writing: Database) -> None:
    put(writing, measures="责令退还。", agency_statement="已经退还。", remedies="可以申请行政复议。")
    found = page("/notices/2026/1/")
    heads = [each.text_content() for each in found.tree.xpath("//h2")]
    assert heads[:5] == ["公示中", "一、违法失信事实", "二、依据", "三、处理决定", "四、陈述、申辩与救济"]
    for words in ("向7名求职者收取押金", "责令退还。", "已经退还。", "公示至2027年10月28日", "首次公布"):
        assert words in found.text
    assert "[A/OL]. (2026-11-20)[2026-11-20]. http://127.0.0.1:8000/n/2026-1." in found.text


def test_the_english_page_marks_chinese_words(page: Reader, writing: Database) -> None:
    put(writing)
    found = page("/en/notices/2026/1/")
    assert "1. Facts found" in found.text
    assert found.tree.xpath("//h1/@lang") == ["zh-Hans"]
    assert found.unmarked_chinese == []


@pytest.mark.parametrize("path", ["/en/notices/", "/en/notices/?state=ended", "/en/notices/2026/1/rev/1"])
def test_every_english_page_marks_chinese_words(page: Reader, writing: Database, path: str) -> None:
    with writing.writing() as session:
        make.region(session)
        make.notice(session, region_code="990000")
        end(session, make.notice(session), reason="原决定经复议撤销。")
    assert page(path).unmarked_chinese == []
    assert page("/en/notices/2026/2/", status=410).unmarked_chinese == []


def test_the_short_address_leads_to_the_notice(client: Client, writing: Database) -> None:
    put(writing)
    answer = client.get("/n/2026-1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/notices/2026/1/")
    assert client.get("/en/n/2026-1").headers["Location"] == "/en/notices/2026/1/"


def test_the_json_carries_what_the_page_shows(client: Client, writing: Database) -> None:
    put(writing, remedies="可以申请行政复议。")
    told = client.get("/notices/2026/1.json").json
    assert told is not None
    assert told["facts"].startswith("2026年8月")
    assert told["public_until"] == "2027-10-28"
    assert told["remedies"] == "可以申请行政复议。"
    assert told["revisions"] == [{"revision": 1, "published_on": "2026-11-20", "note": ""}]
    assert told["address"] == "http://127.0.0.1:8000/notices/2026/1/"


def test_the_first_wording_stays_readable(page: Reader, writing: Database) -> None:
    put(writing)
    assert "这是现行文本。" in page("/notices/2026/1/rev/1").text
    page("/notices/2026/1/rev/2", status=404)


def test_a_withdrawn_notice_is_one_sentence_with_its_reason(page: Reader, writing: Database) -> None:
    notice = put(writing)
    with writing.writing() as session:
        end(session, session.merge(notice), reason="原决定经复议撤销。")
    for path in ("/notices/2026/1/", "/notices/2026/1/rev/1"):
        left = page(path, status=410)
        assert "原决定经复议撤销。" in left.text
        assert "捷聘" not in left.answer.text
    assert "捷聘" not in page("/notices/").answer.text


def test_a_notice_past_its_last_day_is_gone_everywhere(client: Client, writing: Database) -> None:
    put(writing)
    with frozen(datetime(2027, 10, 28, 16, 1, tzinfo=UTC)):
        assert client.get("/notices/2026/1/").status_code == 410
        gone = client.get("/notices/2026/1.json")
        assert gone.status_code == 410
        assert gone.json == {
            "year": 2026,
            "number": 1,
            "state": "expired",
            "ended_on": "2027-10-29",
            "sentence": gone.json["sentence"] if gone.json else "",
            "reason": "",
        }
        for path in ("/notices/", "/notices/notices.csv", "/notices/notices.json", "/notices/feed.atom"):
            assert "捷聘" not in client.get(path).text
        assert "公告〔2026〕1号" in client.get("/notices/?state=ended").text


@pytest.mark.parametrize(
    "path",
    [
        "/notices/2026/7/",
        "/notices/2026/7.json",
        "/notices/2026/01/",
        "/notices/2026/0/",
        "/notices/%EF%BC%92026/1/",
        "/notices/2026/%EF%BC%91/",
        "/notices/2026/99999999999999999999/",
        "/notices/99999/1/",
        "/notices/2026/1/rev/99999999999",
        "/n/2026-",
    ],
)
def test_an_address_that_never_was_is_not_found(client: Client, writing: Database, path: str) -> None:
    put(writing)
    assert client.get(path).status_code == 404


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(client: Client, writing: Database) -> None:
    put(writing, title='=HYPERLINK("http://bad.example")', summary="+1")
    answer = client.get("/notices/notices.csv")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert head[:4] == ["编号", "标题", "当事人", "统一社会信用代码"]
    assert row[1].startswith("'=HYPERLINK")
    assert row[14] == "'+1"
    assert row[13] == date(2027, 10, 28).isoformat()
    assert 'filename="notices.csv"' in answer.headers["Content-Disposition"]


def test_the_json_list_has_pages(client: Client, writing: Database) -> None:
    with writing.writing() as session:
        for _ in range(101):
            make.notice(session)
    first = json.loads(client.get("/notices/notices.json").text)
    assert (first["total"], len(first["items"]), first["pages"]) == (101, 100, 2)
    assert first["next"] == "http://127.0.0.1:8000/notices/notices.json?page=2"
    assert len(json.loads(client.get("/notices/notices.json?page=2").text)["items"]) == 1


def test_the_feed_is_atom_with_absolute_addresses(client: Client, writing: Database) -> None:
    put(writing, title="甲 < 乙 & 丙")
    answer = client.get("/notices/feed.atom", headers={"Host": "evil.example"})
    feed = etree.fromstring(answer.get_data())
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "甲 < 乙 & 丙"
    assert entry.findtext(f"{ATOM}id") == "http://127.0.0.1:8000/n/2026-1"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-20T12:00:00+08:00"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://127.0.0.1:8000/notices/feed.atom"
    assert answer.content_type.startswith("application/atom+xml")


@pytest.mark.parametrize("path", ["/notices/", "/notices/2026/1/", "/notices/feed.atom"])
def test_no_page_repeats_the_host_a_reader_names(client: Client, writing: Database, path: str) -> None:
    put(writing)
    assert "evil.example" not in client.get(path, headers={"Host": "evil.example"}).text


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", 1),
        ("?kind=exposure", 1),
        ("?state=ended", 1),
        ("?year=2026&state=ended", 1),
        ("?kind=nothing", 0),
        ("?state=nothing", 0),
        ("?kind=exposure&state=ended", 0),
        ("?q=a", 0),
        ("?year=1999", 0),
    ],
)
def test_only_so_many_lists_are_kept_as_there_are(
    app: object, writing: Database, query: str, kept: int
) -> None:
    with writing.writing() as session:
        make.notice(session, title="a")
        end(session, make.notice(session), reason="原决定经复议撤销。")
    assert Client(app).get(f"/notices/{query}").status_code == 200  # type: ignore[arg-type]
    layer = app
    while not isinstance(layer, Published):
        layer = getattr(layer, "application", None) or layer.app  # type: ignore[attr-defined]
    assert len(layer.shelf) == kept


@pytest.mark.parametrize("path", ["/notices/", "/notices/2026/1/", "/notices/notices.json"])
def test_pages_are_kept_but_asked_for(client: Client, writing: Database, path: str) -> None:
    put(writing)
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in answer.headers
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=held).status_code == 304
