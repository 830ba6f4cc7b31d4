"""Anybody disputes a record on one page; nothing is lost, and a receipt follows the objection."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import Brake
from tests.disputes import objection
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.config import Settings
from chengxin.core.i18n import LanguageInAddress
from chengxin.core.intake_keys import intake_keyring, make_intake_keys
from chengxin.core.receipts import parse
from chengxin.standing.objections import actions, sealed
from chengxin.standing.objections.models import Objection

TEXT = "公告写的金额不对，决定书上是四百二十元，不是四千二百元。"
SAID = {"ground": "wrong", "text": TEXT, "name": "王小川", "contact": "13900000000"}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Site:
    """The public face of one installation with one notice."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.settings = settings
        self.installed = installation_of(settings)
        self.client = Client(LanguageInAddress(create_public(self.installed)))
        with self.installed.database.writing() as session:
            self.notice = make.notice(session)

    def form(self, path: str = "/corrections/new?record=notices/2026/1") -> dict[str, str]:
        return read_page(self.client, path).form() | SAID

    def send(self, form: dict[str, str], *, status: int = 200, path: str = "/corrections/new") -> Page:
        return read_page(self.client, path, status=status, method="POST", data=form)

    def kept(self) -> list[Objection]:
        with self.installed.database.reading() as session:
            return list(session.scalars(select(Objection)))

    def receipt(self, page: Page) -> str:
        return str(page.tree.xpath("string(//*[@id='receipt-both'])"))


@pytest.fixture
def site(settings: Settings) -> Site:
    return Site(settings)


def test_the_form_names_the_record_it_was_opened_from(site: Site) -> None:
    page = read_page(site.client, "/corrections/new?record=notices/2026/1")
    assert site.notice.title in page.text
    assert site.form()["record"] == "notices/2026/1"


@pytest.mark.parametrize("record", ["notices/2026/9", "<b>x</b>", "agencies/none", "notices/２０２６/1"])
def test_an_address_without_a_record_puts_no_words_on_the_page(site: Site, record: str) -> None:
    page = read_page(site.client, f"/corrections/new?record={record}")
    assert record not in page.text
    assert page.form()["record"] == ""


def test_an_objection_is_kept_sealed_with_its_record_and_days(site: Site) -> None:
    page = site.send(site.form())
    (kept,) = site.kept()
    key = intake_keyring(site.settings)
    assert (kept.target_kind, kept.target_id, kept.applicant) == ("sanction", site.notice.id, "public")
    assert sealed.text_of(kept, key) == TEXT
    assert sealed.contact_of(kept, key) == "王小川 · 13900000000"
    assert "11月23日" in page.text
    assert "12月11日" in page.text
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_the_same_form_sent_twice_is_one_objection_with_one_receipt(site: Site) -> None:
    form = site.form()
    first, second = site.send(form), site.send(form)
    assert site.receipt(first) == site.receipt(second)
    assert len(site.kept()) == 1


def test_a_form_without_its_ground_comes_back_with_its_text(site: Site) -> None:
    form = site.form()
    del form["ground"]
    page = site.send(form, status=422)
    assert page.form()["text"] == TEXT
    assert site.kept() == []


@pytest.mark.parametrize("text", ["不对", "字" * 4001])
def test_too_short_and_too_long_a_text_comes_back(site: Site, text: str) -> None:
    page = site.send(site.form() | {"text": text}, status=422)
    assert page.form()["text"] == text
    assert site.kept() == []


def test_a_failed_token_gives_the_text_back_and_a_token_that_works(site: Site) -> None:
    page = site.send(site.form() | {"csrf_token": "foreign"}, status=403)
    assert page.form()["text"] == TEXT
    site.send(page.form() | {"ground": "wrong"})
    assert len(site.kept()) == 1


def test_a_record_that_ended_meanwhile_does_not_lose_the_text(site: Site, clock: Brake) -> None:
    form = site.form()
    with clock(datetime(2027, 10, 29, 4, 0, tzinfo=UTC)):
        page = site.send(form, status=422)
    assert page.form()["text"] == TEXT


def test_a_missing_record_needs_no_address(site: Site) -> None:
    form = read_page(site.client, "/corrections/new").form() | SAID | {"ground": "missing"}
    site.send(form)
    (kept,) = site.kept()
    assert (kept.target_kind, kept.target_id) == ("", None)


def test_a_network_that_sends_too_often_is_asked_to_wait_with_its_text(site: Site) -> None:
    for _ in range(10):
        site.send(site.form())
    page = site.send(site.form(), status=429)
    assert page.form()["text"] == TEXT


def test_a_robot_that_fills_the_trap_is_refused(site: Site) -> None:
    site.send(site.form() | {"website": "http://example.org"}, status=422)
    assert site.kept() == []


def test_a_database_that_fails_gives_the_text_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    form = site.form()
    monkeypatch.setattr(actions, "receive", broken)
    assert site.send(form, status=503).form()["text"] == TEXT


def follow(site: Site, receipt: str, *, status: int = 200, path: str = "/track") -> Page:
    form = read_page(site.client, path).form() | {"code": receipt}
    return read_page(site.client, path, status=status, method="POST", data=form)


def test_the_receipt_shows_what_becomes_of_it(site: Site) -> None:
    receipt = site.receipt(site.send(site.form()))
    assert site.notice.title in follow(site, receipt).text
    (kept,) = site.kept()
    with site.installed.database.writing() as session:
        (officer,) = make.actors(session, count=1)
        held = {"objection_id": kept.id, "version": 1}
        actions.mark(session, actor=officer, words="金额有异议", **held)
    assert "金额有异议" in follow(site, receipt).text


def test_a_wrong_phrase_opens_nothing(site: Site) -> None:
    receipt = parse(site.receipt(site.send(site.form())))
    other = parse(site.receipt(site.send(site.form())))
    assert receipt
    assert other
    follow(site, f"{receipt.code} {other.phrase}", status=422)


def test_the_pages_exist_in_english(site: Site) -> None:
    page = read_page(site.client, "/en/corrections/new?record=notices/2026/1")
    assert "Dispute a record" in page.text
    assert page.unmarked_chinese == []
    sent = site.send(site.form("/en/corrections/new?record=notices/2026/1"), path="/en/corrections/new")
    assert "We have your objection" in sent.text
    followed = follow(site, site.receipt(sent), path="/en/track")
    assert followed.unmarked_chinese == []


def test_no_cookie_is_set_before_the_form(site: Site) -> None:
    answer = site.client.get("/notices/")
    assert "Set-Cookie" not in answer.headers


def test_an_objection_to_an_integrity_file_marks_its_page_and_its_data(site: Site) -> None:
    with site.installed.database.writing() as session:
        owner = make.agency(session, uid="yuanfan1")
        (officer,) = make.actors(session, count=1)
        made = objection(session, target_kind="agency", target_id=owner.id, agency_id=owner.id)
        actions.mark(session, actor=officer, words="电话号码有异议", objection_id=made.id, version=1)
    assert "电话号码有异议" in read_page(site.client, "/agencies/yuanfan1/").text
    told = site.client.get("/agencies/yuanfan1.json").get_json()
    assert [each["words"] for each in told["disputed"]] == ["电话号码有异议"]


def test_a_decided_objection_stands_in_the_log_of_the_notice_with_its_reason(site: Site) -> None:
    with site.installed.database.writing() as session:
        made = objection(session, target_id=site.notice.id, marked=True)
        (officer,) = make.actors(session, count=1)
        held: Any = {"objection_id": made.id, "version": made.version}
        actions.decide(session, actor=officer, outcome="not_upheld", reason="金额与决定书一致。", **held)
    page = read_page(site.client, "/notices/2026/1/")
    assert "异议不成立" in page.text
    assert "金额与决定书一致。" in page.text
    (told,) = site.client.get("/notices/2026/1.json").get_json()["objections"]
    assert (told["outcome"], told["decided_on"]) == ("not_upheld", "2026-11-20")
