"""Anybody suggests something on one page; nothing is lost, and a receipt follows the suggestion."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import Brake
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.core.i18n import LanguageInAddress
from chengxin.core.intake_keys import intake_keyring, make_intake_keys
from chengxin.core.sealing import SealError
from chengxin.ledger.models import Parcel
from chengxin.voices.complaints.keeping import CONTACT_MONTHS, WORDS_YEARS
from chengxin.voices.suggestions import actions, sealed
from chengxin.voices.suggestions.consent import TOLD
from chengxin.voices.suggestions.models import Suggestion

PATH = "/suggestions/new"
TEXT = "建议在各区人才市场门口张贴收费标准，让求职的人一眼看到。"
SAID = {
    "topic": "service",
    "about": "authority",
    "text": TEXT,
    "publication": "agreed",
    "contact": "anonymous",
    "step": "send",
}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Site:
    """The public face of one installation."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.settings = settings
        self.installed = installation_of(settings)
        self.client = Client(LanguageInAddress(create_public(self.installed)))

    def form(self, path: str = PATH, **changes: str) -> dict[str, str]:
        return read_page(self.client, path).form() | SAID | changes

    def send(self, form: dict[str, str], *, status: int = 200, path: str = PATH) -> Page:
        return read_page(self.client, path, status=status, method="POST", data=form)

    def kept(self) -> list[Suggestion]:
        with self.installed.database.reading() as session:
            return list(session.scalars(select(Suggestion)))


@pytest.fixture
def site(settings: Settings) -> Site:
    return Site(settings)


def receipt(page: Page) -> str:
    return str(page.tree.xpath("string(//*[@id='receipt-both'])"))


def test_the_check_page_shows_what_was_written_and_stores_nothing(site: Site) -> None:
    page = site.send(site.form(step="check"))
    assert TEXT in page.text
    assert "同意，与答复一起公开" in page.text
    assert site.kept() == []


def test_the_check_page_sends_the_same_fields(site: Site) -> None:
    checked = site.send(site.form(step="check", contact="phone", phone="１３９００００００００"))
    site.send(checked.form() | {"step": "send"})
    (kept,) = site.kept()
    keys = intake_keyring(site.settings)
    assert sealed.text_of(kept, keys) == TEXT
    assert sealed.contact_of(kept, keys) == "13900000000"


def test_the_check_page_leads_back_to_the_form_with_its_text(site: Site) -> None:
    checked = site.send(site.form(step="check"))
    again = site.send(checked.form() | {"step": "edit"}).form()
    assert (again["text"], again["topic"], again["publication"]) == (TEXT, "service", "agreed")


def test_the_receipt_shows_code_phrase_and_a_real_date(site: Site) -> None:
    page = site.send(site.form())
    code, phrase = receipt(page).split()
    assert page.tree.get_element_by_id("receipt-code").text == code
    assert page.tree.get_element_by_id("receipt-phrase").text == phrase
    assert "12月18日（周五）" in page.text
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"


def test_one_form_sent_twice_is_one_suggestion_with_one_receipt(site: Site) -> None:
    form = site.form()
    assert receipt(site.send(form)) == receipt(site.send(form))
    assert len(site.kept()) == 1


def test_padding_of_copied_text_is_taken_away(site: Site) -> None:
    site.send(site.form(text=f"\t  {TEXT}  \n\n\n\n   好处很多。\t\n"))
    (kept,) = site.kept()
    assert sealed.text_of(kept, intake_keyring(site.settings)) == f"{TEXT}\n\n好处很多。"


def test_the_form_opened_from_an_agency_is_tied_to_it(site: Site) -> None:
    with site.installed.database.writing() as session:
        agency = make.agency(session, name="江州远帆猎头有限公司")
    form = site.form(f"{PATH}?agency={agency.uid}", about="agency")
    assert form["respondent"] == "江州远帆猎头有限公司"
    site.send(form)
    (kept,) = site.kept()
    assert (kept.agency_id, kept.respondent) == (agency.id, "江州远帆猎头有限公司")


def test_an_agency_that_was_typed_by_mistake_is_not_kept(site: Site) -> None:
    site.send(site.form(respondent="江州远帆猎头有限公司"))
    (kept,) = site.kept()
    assert kept.respondent == ""


@pytest.mark.parametrize("field", ["topic", "about", "publication", "contact"])
def test_nothing_is_chosen_for_anybody(site: Site, field: str) -> None:
    form = site.form()
    del form[field]
    page = site.send(form, status=422)
    assert page.form()["text"] == TEXT
    assert site.kept() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "太短了"},
        {"text": "字" * 4_001},
        {"about": "agency", "respondent": ""},
        {"contact": "named", "phone": "13900000000", "name": ""},
        {"contact": "phone", "phone": "不想说"},
        {"website": "http://example.org"},
    ],
)
def test_what_cannot_be_taken_comes_back_with_its_text(site: Site, changes: dict[str, str]) -> None:
    form = site.form(**changes)
    page = site.send(form, status=422)
    assert page.form()["text"] == form["text"]
    assert page.tree.xpath("//div[@class='errors']//a")
    assert site.kept() == []


def test_a_failed_token_gives_the_text_back_and_a_token_that_works(site: Site) -> None:
    page = site.send(site.form(csrf_token="foreign"), status=403)
    assert page.form()["text"] == TEXT
    site.send(page.form() | {"step": "send"})
    assert len(site.kept()) == 1


def test_a_foreign_key_gives_the_text_back(site: Site) -> None:
    page = site.send(site.form(key="foreign"), status=422)
    assert page.form()["text"] == TEXT
    assert site.kept() == []


def test_who_read_an_older_consent_is_shown_the_new_one(site: Site) -> None:
    page = site.send(site.form(consent="2024-01"), status=422)
    assert page.form()["text"] == TEXT
    assert "说明刚刚更新" in page.text
    site.send(page.form() | {"step": "send"})
    assert len(site.kept()) == 1


@pytest.mark.parametrize(("prefix", "locale"), [("", "zh_Hans_CN"), ("/en", "en")])
def test_what_is_told_before_sending_stands_on_both_pages_with_the_time_it_is_kept(
    site: Site, prefix: str, locale: str
) -> None:
    told = TOLD.text_of(TOLD.current, locale)
    asked = read_page(site.client, f"{prefix}{PATH}")
    checked = site.send(asked.form() | SAID | {"step": "check"}, path=f"{prefix}{PATH}")
    for page in (asked, checked):
        assert [each for each in told if each not in page.text] == []
    words = " ".join(told)
    for number in (CONTACT_MONTHS, WORDS_YEARS):
        assert str(number) in words
    site.send(checked.form() | {"step": "send"}, path=f"{prefix}{PATH}")
    assert site.kept()[0].consent_version == TOLD.current


def test_every_version_that_was_ever_agreed_to_can_still_be_shown_in_both_languages() -> None:
    assert TOLD.versions() >= {"2026-11", TOLD.current}
    for version in TOLD.versions():
        assert TOLD.text_of(version, "zh_Hans_CN") != TOLD.text_of(version, "en") != ()


def test_staff_who_asked_for_it_get_one_mail_for_many_without_a_word_of_them(site: Site) -> None:
    site.installed = replace(site.installed, settings=replace(site.settings, mail_to="desk@example.org"))
    site.client = Client(LanguageInAddress(create_public(site.installed)))
    for _ in range(3):
        site.send(site.form())
    assert len(site.kept()) == 3
    with site.installed.database.reading() as session:
        (parcel,) = session.scalars(select(Parcel))
    assert parcel.due_at > clocks.now()
    assert "desk@example.org" in parcel.payload
    assert "收费标准" not in parcel.payload


def test_a_text_far_too_long_is_answered_with_the_form(site: Site) -> None:
    page = site.send(site.form(text="字" * 3_000_000), status=413)
    assert page.form()["text"] == ""
    assert "后退" in page.text or "返回" in page.text


def test_a_network_that_sends_too_often_is_asked_to_wait_with_its_text(site: Site) -> None:
    for _ in range(10):
        site.send(site.form())
    page = site.send(site.form(), status=429)
    assert page.form()["text"] == TEXT


@pytest.mark.parametrize(
    ("error", "status"), [(OSError("disk"), 503), (SealError("key"), 503), (KeyError(), 500)]
)
def test_whatever_breaks_gives_the_text_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise error

    form = site.form()
    monkeypatch.setattr(actions, "receive", broken)
    assert site.send(form, status=status).form()["text"] == TEXT


def test_no_text_comes_from_the_address(site: Site) -> None:
    page = read_page(site.client, f"{PATH}?text={TEXT}&topic=nothing&agency=<b>")
    assert TEXT not in page.text
    assert page.form()["agency"] == ""


def test_the_pages_exist_in_english(site: Site) -> None:
    path = f"/en{PATH}"
    form = site.form(path, text="Please post the fees at the door of every market.")
    assert read_page(site.client, path).unmarked_chinese == []
    checked = site.send(form | {"step": "check"}, path=path)
    assert "Check your suggestion" in checked.text
    assert checked.unmarked_chinese == []
    assert "We have your suggestion" in site.send(form, path=path).text


def test_the_public_face_cannot_read_what_it_wrote(site: Site) -> None:
    site.send(site.form(contact="phone", phone="13900000000"))
    site.settings.private_key_file.unlink()
    (kept,) = site.kept()
    columns = [value for value in vars(kept).values() if isinstance(value, bytes)]
    assert columns
    assert not [value for value in columns if b"13900000000" in value or "建议".encode() in value]
