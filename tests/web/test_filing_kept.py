"""What is told and kept when a case is filed, and what a flood does."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.conftest import settings_in
from tests.filing import DOORS, EMAIL, FACTS, WRITTEN, Reader, again, cheap_key, send, the_case
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import make_intake_keys
from chengxin.ledger.models import Parcel
from chengxin.voices.complaints import keeping
from chengxin.voices.complaints.alike import alike_cases
from chengxin.voices.complaints.consent import TOLD
from chengxin.voices.complaints.forms import CaseForm
from chengxin.voices.complaints.models import Complaint


@pytest.fixture(autouse=True)
def open_office(settings: Settings) -> Iterator[None]:
    make_intake_keys(settings)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def mailing(settings: Settings, tmp_path: Path) -> Reader:
    """Give the reader of a site that can send mail."""
    del settings
    changed = settings_in(tmp_path, smtp_url="smtp://127.0.0.1:25", mail_to="desk@example.invalid")
    client = Client(create_wsgi(changed))
    return lambda path, **options: read_page(client, path, **options)


def test_the_version_of_what_was_told_is_kept_with_the_case(page: Reader, settings: Settings) -> None:
    checked = send(page, DOORS[0], step="check")
    for sentence in TOLD.text_of(TOLD.current, "zh_Hans_CN"):
        assert sentence in checked.text
    again(page, DOORS[0], checked)
    assert the_case(settings)[0].consent_version == TOLD.current


def test_what_is_told_of_keeping_is_what_the_worker_does(page: Reader) -> None:
    chinese = " ".join(TOLD.text_of(TOLD.current, "zh_Hans_CN"))
    english = " ".join(TOLD.text_of(TOLD.current, "en"))
    assert f"满{keeping.CONTACT_MONTHS}个月后删除" in chinese
    assert f"办结后保存{keeping.WORDS_YEARS}年" in chinese
    assert f"撤回的满{keeping.UNHANDLED_MONTHS}个月删除" in chinese
    assert f"{keeping.CONTACT_MONTHS} months after the case is closed" in english
    assert f"办结{keeping.CONTACT_MONTHS}个月后删除" in page(DOORS[0]).text


def test_every_version_that_was_ever_told_can_still_be_shown_in_both_languages() -> None:
    assert TOLD.versions() >= {"2026-11", TOLD.current}
    for version in TOLD.versions():
        assert TOLD.text_of(version, "zh_Hans_CN") != TOLD.text_of(version, "en")
    assert TOLD.text_of("never", "en") == ()


@pytest.mark.parametrize("version", ["2026-11", "", "never"])
def test_who_was_shown_another_text_is_shown_the_new_one_first(page: Reader, version: str) -> None:
    shown = send(page, DOORS[0], consent=version, status=422)
    assert "说明刚刚更新" in shown.text
    assert FACTS in shown.text
    assert again(page, DOORS[0], shown).tree.get_element_by_id("receipt-both").text


def test_an_address_for_mail_is_asked_only_where_mail_can_be_sent(page: Reader, mailing: Reader) -> None:
    assert page(DOORS[0]).tree.xpath("//*[@name='email']") == []
    assert mailing(DOORS[0]).tree.xpath("//*[@name='email']")


def test_an_address_for_mail_is_sealed_also_of_who_stays_anonymous(
    mailing: Reader, settings: Settings
) -> None:
    send(mailing, DOORS[1], email=EMAIL)
    case, opened = the_case(settings)
    assert (opened.email, opened.phone, case.contact_kind, case.has_mail) == (EMAIL, "", "anonymous", True)
    for file in settings.data_dir.rglob("*"):
        assert not (file.is_file() and EMAIL.encode() in file.read_bytes()), file


@pytest.mark.parametrize("email", ["jinsique", "a@b", "a b@example.com", "a@example.com, b@example.com"])
def test_what_is_no_address_is_refused_with_the_text_kept(mailing: Reader, email: str) -> None:
    refused = send(mailing, DOORS[0], email=email, status=422)
    assert "name@example.com" in refused.text
    assert refused.form()["facts"].strip() == FACTS


def test_a_site_without_mail_keeps_no_address(page: Reader, settings: Settings) -> None:
    send(page, DOORS[0], email=EMAIL)
    assert not the_case(settings)[0].has_mail


def test_the_staff_get_one_mail_for_many_cases(mailing: Reader, settings: Settings) -> None:
    for number in range(3):
        send(mailing, DOORS[0], facts=f"{FACTS}第{number}次。")
    database = Database(settings)
    with database.reading() as session:
        (parcel,) = session.scalars(select(Parcel)).all()
    database.dispose()
    assert "江州" not in parcel.payload


def test_a_campus_behind_one_address_gets_through(
    page: Reader, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CaseForm, "is_hasty", lambda form: False)
    monkeypatch.setattr("chengxin.core.receipts.reply_key", cheap_key())
    form = page(DOORS[0])
    database = Database(settings)
    for number in range(300):
        fields = form.form() | WRITTEN | {"facts": f"第{number}个人：{FACTS}", "respondent": f"第{number}家"}
        answer = page(DOORS[0], method="POST", data=fields)
        assert answer.tree.get_element_by_id("receipt-both").text
    with database.reading() as session:
        marks = list(session.scalars(select(Complaint.in_surge).order_by(Complaint.id)))
    database.dispose()
    assert len(marks) == 300
    assert not any(marks[:60])
    assert all(marks[60:])


def test_far_too_many_in_a_day_are_asked_to_come_back_with_their_text(
    settings: Settings, tmp_path: Path
) -> None:
    client = Client(create_wsgi(settings_in(tmp_path, usual_daily=1, rate_limits="off")))

    def page(path: str, **options: object) -> Page:
        return read_page(client, path, **options)  # type: ignore[arg-type]

    for number in range(10):
        send(page, DOORS[0], facts=f"{FACTS}第{number}次。")
    refused = send(page, DOORS[0], facts=f"{FACTS}又一次。", status=429)
    assert "明天" in refused.text
    assert "12333" in refused.text
    assert "又一次" in refused.text


def test_nearly_the_same_text_is_taken_and_linked_for_the_staff(page: Reader, settings: Settings) -> None:
    send(page, DOORS[0])
    send(page, DOORS[0], facts=f"你好。{FACTS}", respondent="另一家劳务站")
    case, _ = the_case(settings)
    database = Database(settings)
    with database.reading() as session:
        assert [each.case.id for each in alike_cases(session, case.id)] == [case.id - 1]
    database.dispose()


def test_a_text_a_little_longer_than_promised_passes(page: Reader) -> None:
    assert send(page, DOORS[0], facts="长" * 4_030).tree.get_element_by_id("receipt-both").text
    send(page, DOORS[0], facts="长" * 4_201, status=422)


@pytest.mark.parametrize("path", ["/en/complaints/new", "/en/reports/new"])
def test_the_english_pages_hold_no_han_but_names(page: Reader, path: str) -> None:
    assert page(path).unmarked_chinese == []
