"""Answered suggestions stand in one list with its formats, each on a page; the author follows with the receipt."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree
from tests.desk import Brake
from tests.pages import Page, read_page
from tests.suggestions import HIDDEN, REPLY, SECRET, filing, redaction_of, suggestion
from werkzeug.test import Client

from chengxin.app import create_wsgi, installation_of
from chengxin.config import Settings
from chengxin.core.intake_keys import intake_recipients, make_intake_keys
from chengxin.voices.suggestions import actions
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act

SHOWN = "建议在各区人才市场门口张贴收费标准，我叫■■■，电话■■■。"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Site:
    """The public face of one installation, behind its kept pages."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.installed = installation_of(settings)
        self.key = intake_recipients(settings)
        self.client = Client(create_wsgi(settings, desk=False))

    def made(self, **values: Any) -> Suggestion:
        with self.installed.database.writing() as session:
            return suggestion(session, key=self.key, **values)

    def received(self, **words: Any) -> tuple[Suggestion, str]:
        """Receive one whose receipt is known."""
        made = filing(key=self.key, **words)
        with self.installed.database.writing() as session:
            return actions.receive(session, actor="public", filing=made), made.receipt.both

    def done(self, action: Callable[..., Suggestion], held: Suggestion, **values: Any) -> Suggestion:
        given = {"suggestion_id": held.id, "version": held.version, **values}
        with self.installed.database.writing() as session:
            return action(session, actor="command", **given)

    def page(self, path: str, **options: Any) -> Page:
        return read_page(self.client, path, **options)

    def json(self, path: str) -> Any:
        return self.client.get(path).get_json()


@pytest.fixture
def site(settings: Settings) -> Site:
    assert settings.secret_key == SECRET
    return Site(settings)


def test_an_empty_list_says_so(site: Site) -> None:
    assert "还没有已答复的建议" in site.page("/suggestions/").text


def test_the_list_shows_what_came_of_each(site: Site) -> None:
    site.made(shown=True, act=Act.ADOPT)
    site.made(publication="refused", act=Act.DECLINE, topic="policy", reply="暂不采纳，理由另行公布。")
    page = site.page("/suggestions/")
    for words in ("意见建议：2条", "已采纳", "未采纳", "建议2026/2：政策制度", SHOWN, "暂不采纳"):
        assert words in page.text


def test_a_suggestion_has_a_page_with_words_and_reply(site: Site) -> None:
    site.made(shown=True, act=Act.ADOPT_PARTLY)
    page = site.page("/suggestions/2026/1/")
    for words in (SHOWN, REPLY, "部分采纳", "2026年11月20日"):
        assert words in page.text


@pytest.mark.parametrize(
    ("values", "words"),
    [({"publication": "refused"}, "提出人未同意公开原文"), ({}, "原文未公开")],
)
def test_a_page_without_words_says_why(site: Site, values: dict[str, str], words: str) -> None:
    site.made(act=Act.ADOPT, **values)
    assert words in site.page("/suggestions/2026/1/").text


def test_what_is_not_answered_has_no_page(site: Site) -> None:
    site.made(shown=True)
    for path in ("/suggestions/2026/1/", "/suggestions/2026/1.json", "/suggestions/2025/7/"):
        assert site.client.get(path).status_code == 404


def test_no_format_tells_more_than_the_page(site: Site) -> None:
    site.made(shown=True, act=Act.ADOPT)
    table = list(csv.reader(io.StringIO(site.client.get("/suggestions/suggestions.csv").text)))
    assert [row[4] for row in table[1:]] == [SHOWN]
    (listed,) = site.json("/suggestions/suggestions.json")["items"]
    assert listed == site.json("/suggestions/2026/1.json")
    assert (listed["text"], listed["outcome"], listed["received_on"]) == (SHOWN, "adopted", "2026-11-20")
    feed = etree.fromstring(site.client.get("/suggestions/suggestions.atom").get_data())
    assert [each.findtext(f"{ATOM}summary") for each in feed.iter(f"{ATOM}entry")] == [SHOWN]


def test_words_that_are_not_public_are_null(site: Site) -> None:
    site.made(act=Act.ADOPT, publication="refused")
    assert site.json("/suggestions/2026/1.json")["text"] is None


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["2026/3", "2026/2", "2026/1"]),
        ("outcome=not_adopted", ["2026/2"]),
        ("topic=policy", ["2026/3", "2026/2"]),
        ("outcome=adopted&topic=policy", ["2026/3"]),
        ("year=2026", ["2026/3", "2026/2", "2026/1"]),
        ("year=2025", []),
        ("outcome=received", []),
    ],
)
def test_the_list_is_narrowed_in_the_address(site: Site, query: str, numbers: list[str]) -> None:
    site.made(act=Act.ADOPT)
    site.made(act=Act.DECLINE, topic="policy")
    site.made(act=Act.ADOPT, topic="policy")
    site.made(topic="policy")
    told = site.json(f"/suggestions/suggestions.json?{query}" if query else "/suggestions/suggestions.json")
    assert [each["number"] for each in told["items"]] == numbers
    page = site.page(f"/suggestions/?{query}" if query else "/suggestions/")
    assert f"意见建议：{len(numbers)}条" in page.text
    for form in ("csv", "json", "atom"):
        links = page.tree.xpath(f"//a[contains(@href, 'suggestions.{form}')]/@href")
        assert [query in each for each in links] == [True]


def test_a_year_that_is_none_finds_nothing(site: Site) -> None:
    site.made(act=Act.ADOPT)
    assert "没有符合条件的建议" in site.page("/suggestions/?year=abcd").text


def test_the_counts_of_a_filter_heed_the_other_filters(site: Site) -> None:
    site.made(act=Act.ADOPT)
    site.made(act=Act.DECLINE, topic="policy")
    page = site.page("/suggestions/?topic=policy")
    options = [each.text for each in page.tree.xpath("//select[@name='outcome']/option")]
    assert options == ["全部", "已采纳 (0)", "部分采纳 (0)", "未采纳 (1)"]


def test_the_list_has_pages(site: Site) -> None:
    for _ in range(31):
        site.made(act=Act.ADOPT)
    assert site.json("/suggestions/suggestions.json")["pages"] == 2
    assert len(site.json("/suggestions/suggestions.json?page=2")["items"]) == 1
    assert site.client.get("/suggestions/?page=3").status_code == 404


def test_a_kept_page_changes_with_every_public_act(site: Site) -> None:
    held = site.made(shown=True, act=Act.ADOPT)
    path = "/suggestions/2026/1/"
    assert SHOWN in site.page(path).text
    held = site.done(actions.answer, held, act=Act.DECLINE, reply="改为不采纳。", intake_key=site.key)
    assert "改为不采纳。" in site.page(path).text
    assert "答复更改日期" in site.page(path).text
    site.done(actions.keep_back, held)
    assert SHOWN not in site.page(path).text


def test_the_map_of_the_site_names_each_page(site: Site) -> None:
    site.made(act=Act.ADOPT)
    told = site.client.get("/sitemap-pages.xml").text
    assert "/suggestions/2026/1/" in told
    assert "/suggestions/</loc>" in told


def test_the_pages_exist_in_english(site: Site) -> None:
    site.made(shown=True, act=Act.ADOPT)
    for path in ("/en/suggestions/", "/en/suggestions/2026/1/"):
        assert site.page(path).unmarked_chinese == []
    assert "Partly adopted" in site.page("/en/suggestions/").text
    assert "/en/suggestions/2026/1/" in site.client.get("/en/suggestions/suggestions.atom").text


def follow(site: Site, receipt: str, *, status: int = 200, language: str = "") -> Page:
    form = site.page(f"{language}/track").form() | {"code": receipt}
    return site.page(f"{language}/track", status=status, method="POST", data=form)


def take_back(site: Site, page: Page, receipt: str, *, status: int = 200, **changes: str) -> Page:
    form = page.form() | {"receipt": receipt, "sure": "y", **changes}
    return site.page("/track/suggestion/withdraw", status=status, method="POST", data=form)


def test_the_receipt_shows_where_the_suggestion_is(site: Site) -> None:
    _, receipt = site.received()
    page = follow(site, receipt)
    assert "待答复" in page.text
    assert "12月18日（周五）" in page.text


def test_the_receipt_shows_reply_public_words_and_the_word_for_the_author(site: Site) -> None:
    held, receipt = site.received()
    masks = redaction_of("建议在各区人才市场门口张贴收费标准，我叫王小川，电话13900000000。")
    held = site.done(actions.redact, held, redaction=masks, public_text=masks.public, intake_key=site.key)
    site.done(actions.answer, held, act=Act.ADOPT, reply=REPLY, note="谢谢你的细心。", intake_key=site.key)
    page = follow(site, receipt)
    for words in ("已采纳", REPLY, "谢谢你的细心。", SHOWN):
        assert words in page.text
    assert page.tree.xpath("//a[@href='/suggestions/2026/1/']")


def test_the_reason_of_setting_aside_is_for_the_author_alone(site: Site) -> None:
    held, receipt = site.received()
    site.done(actions.set_aside, held, note="内容为广告。", intake_key=site.key)
    assert "内容为广告。" in follow(site, receipt).text
    assert "内容为广告。" not in site.page("/suggestions/").text


def test_the_author_takes_a_suggestion_back(site: Site) -> None:
    _, receipt = site.received()
    page = take_back(site, follow(site, receipt), receipt)
    assert "撤回" in page.text
    assert not page.tree.xpath("//form[contains(@action, 'withdraw')]")


def test_the_author_takes_the_consent_back_after_the_answer(site: Site) -> None:
    held, receipt = site.received()
    masks = redaction_of("建议在各区人才市场门口张贴收费标准，我叫王小川，电话13900000000。")
    held = site.done(actions.redact, held, redaction=masks, public_text=masks.public, intake_key=site.key)
    site.done(actions.answer, held, act=Act.ADOPT, reply=REPLY, intake_key=site.key)
    assert SHOWN in site.page("/suggestions/2026/1/").text
    take_back(site, follow(site, receipt), receipt)
    page = site.page("/suggestions/2026/1/")
    assert SHOWN not in page.text
    assert REPLY in page.text


def test_nobody_takes_back_with_a_foreign_receipt(site: Site) -> None:
    _, receipt = site.received()
    page = take_back(site, follow(site, receipt), "C-2222-2222 没有这个口令的人", status=422)
    assert page.form()["receipt"] == "C-2222-2222 没有这个口令的人"
    assert "待答复" in follow(site, receipt).text


@pytest.mark.parametrize(("changes", "status"), [({"sure": ""}, 422), ({"csrf_token": "foreign"}, 403)])
def test_a_refused_form_gives_the_receipt_back(site: Site, changes: dict[str, str], status: int) -> None:
    _, receipt = site.received()
    page = take_back(site, follow(site, receipt), receipt, status=status, **changes)
    assert page.form()["receipt"] == receipt


def test_what_was_taken_back_cannot_be_taken_back_again(site: Site) -> None:
    _, receipt = site.received()
    page = follow(site, receipt)
    take_back(site, page, receipt)
    take_back(site, page, receipt, status=409)


def test_the_page_of_the_receipt_exists_in_english(site: Site) -> None:
    held, receipt = site.received()
    site.done(actions.answer, held, act=Act.ADOPT, reply=REPLY, intake_key=site.key)
    page = follow(site, receipt, language="/en")
    assert "Your suggestion" in page.text
    assert page.unmarked_chinese == []


def test_hidden_words_are_the_ones_these_tests_look_for() -> None:
    assert not [word for word in HIDDEN if word in SHOWN]
