"""New contact details: a reporter is asked for no name, one way to be reached is enough, mail only where it is sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.conftest import settings_in
from tests.followed import Case, Reader, form, looked_up, sent
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.voices.complaints.rules import Track
from chengxin.voices.contact.rules import ContactKind

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
PHONE, EMAIL = "13800000000", "name@example.com"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        yield


@pytest.fixture
def mailing(settings: Settings) -> Reader:
    """Return a reader of an installation that sends mail."""
    client = Client(create_wsgi(settings_in(settings.data_dir, smtp_url="smtp://localhost")))

    def read(path: str, **options: Any) -> Page:
        return read_page(client, path, **options)

    return read


def fields(page: Reader, case: Case) -> set[str]:
    return {name for name in form(page, case, "contact") if name in {"name", "phone", "email"}}


def test_a_complaint_may_be_given_a_name_and_a_report_may_not(mailing: Reader, settings: Settings) -> None:
    assert fields(mailing, Case(settings)) == {"name", "phone", "email"}
    assert fields(mailing, Case(settings, track=Track.REPORT)) == {"phone", "email"}


def test_no_address_is_asked_for_where_no_mail_is_sent(page: Reader, settings: Settings) -> None:
    assert fields(page, Case(settings)) == {"name", "phone"}


def test_an_address_alone_is_enough_where_mail_is_sent(mailing: Reader, settings: Settings) -> None:
    case = Case(settings)
    sent(mailing, case, "contact", email=EMAIL)
    assert (case.opened().email, case.opened().phone) == (EMAIL, "")
    assert (case.stored.has_mail, case.stored.contact_kind) == (True, ContactKind.ANONYMOUS)


def test_a_number_alone_is_enough(mailing: Reader, settings: Settings) -> None:
    case = Case(settings, track=Track.REPORT)
    sent(mailing, case, "contact", phone=PHONE)
    assert (case.opened().phone, case.stored.contact_kind) == (PHONE, ContactKind.PHONE)


@pytest.mark.parametrize(("given", "trouble"), [({}, "有一个就够"), ({"email": "a b@c"}, "name@example.com")])
def test_nothing_to_be_reached_by_comes_back(
    mailing: Reader, settings: Settings, given: dict[str, str], trouble: str
) -> None:
    refused = sent(mailing, Case(settings), "contact", status=422, **given)
    assert trouble in refused.text


def test_a_form_that_comes_back_asks_a_reporter_for_no_name_either(page: Reader, settings: Settings) -> None:
    case = Case(settings, track=Track.REPORT)
    refused = sent(page, case, "contact", status=422, phone="12")
    assert "name" not in refused.form()


def test_a_name_slipped_into_a_report_is_not_kept(page: Reader, settings: Settings) -> None:
    case = Case(settings, track=Track.REPORT)
    sent(page, case, "contact", phone=PHONE, name="王小明", track="complaint")
    assert case.opened().name == ""
    assert case.stored.contact_kind == ContactKind.PHONE


def test_an_address_slipped_in_where_no_mail_is_sent_is_not_kept(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    sent(page, case, "contact", phone=PHONE, email=EMAIL)
    assert (case.opened().email, case.stored.has_mail) == ("", False)


def test_the_wish_for_erasure_tells_both_terms_of_the_law(page: Reader, settings: Settings) -> None:
    shown = looked_up(page, Case(settings)).text
    assert "行政复议法第二十条" in shown
    assert "行政诉讼法第四十六条" in shown
