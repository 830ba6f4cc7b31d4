"""What somebody may ask of a case: a copy of what is theirs, new contact details, erasure; and pauses for guessers."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests import make
from tests.followed import WRONG, WRONG_PHRASE, Case, Reader, form, looked_up, offered, sent
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.pauses import PHRASE_HERE
from chengxin.ledger.models import Event
from chengxin.retention import actions as retention
from chengxin.voices.contact.rules import ContactKind

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
PHONE, NAME = "13800000000", "王小明"
FREE_HERE = PHRASE_HERE.free + 1


@pytest.fixture
def case(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        made = Case(settings, contact_kind=ContactKind.NAMED, name=NAME, phone=PHONE)
        yield made
        made.database.dispose()


def data_of(page: Reader, case: Case) -> dict[str, Any]:
    answer = downloaded(page, asking(page, case, "json"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found: dict[str, Any] = json.loads(answer.get_data())
    return found


def asking(page: Reader, case: Case, shape: str) -> dict[str, str]:
    """Fill in the form that asks for one's own data."""
    return form(page, case, "data") | {"receipt": case.receipt.both, "as": shape}


def downloaded(page: Reader, fields: dict[str, str]) -> Any:
    """Send the form whose answer is a file, which the page fixture does not read."""
    (client,) = [cell.cell_contents for cell in page.__closure__ or ()]
    return client.post("/track/data", data=fields)


def test_contact_details_are_erased_at_once_and_the_case_goes_on(page: Reader, case: Case) -> None:
    shown = sent(page, case, "erase-contact", sure="y")
    held = case.stored
    assert (held.sealed_contact, held.has_mail, held.contact_erased_on) == (None, False, date(2026, 11, 20))
    assert (case.opened().name, case.opened().phone) == ("", "")
    assert "erase-contact" not in offered(shown)
    assert "message" in offered(shown)


def test_the_ledger_tells_of_an_erasure_without_a_word(page: Reader, case: Case) -> None:
    sent(page, case, "erase-contact", sure="y")
    with case.database.reading() as session:
        event = session.query(Event).filter_by(verb="erase_contact").one()
    assert (event.actor, event.old, event.new, event.reason) == ("public", None, None, "")


def test_new_contact_details_replace_the_old_ones(page: Reader, case: Case) -> None:
    sent(page, case, "contact", name="", phone="１３９０００００００１")
    opened = case.opened()
    assert (opened.name, opened.phone) == ("", "13900000001")
    assert case.stored.contact_kind == ContactKind.PHONE


@pytest.mark.parametrize("given", [{"phone": "12"}, {"phone": PHONE, "email": "a b@c"}])
def test_contact_details_that_reach_nobody_come_back(page: Reader, case: Case, given: dict[str, str]) -> None:
    refused = sent(page, case, "contact", status=422, name="李四", **given)
    assert refused.form()["name"] == "李四"
    assert case.opened().name == NAME


def test_a_wish_to_erase_everything_is_noted_and_says_what_goes_when(page: Reader, case: Case) -> None:
    shown = sent(page, case, "erase", sure="y")
    assert case.stored.erasure_asked_on == date(2026, 11, 20)
    assert case.stored.sealed_contact is None
    assert case.opened().facts != ""
    assert "按你的要求，办结60天后删除" in shown.text


def test_the_page_tells_the_very_days_on_which_the_schedule_erases(page: Reader, case: Case) -> None:
    case.decide()
    shown = looked_up(page, case)
    assert "2027年5月20日删除" in shown.text
    with frozen(NOON + timedelta(days=180)):
        retention.run(case.settings, case.database, actor="worker")
        assert case.stored.sealed_contact is not None
    with frozen(datetime(2027, 5, 20, 4, tzinfo=UTC)):
        retention.run(case.settings, case.database, actor="worker")
        assert case.stored.sealed_contact is None


def test_one_s_own_data_are_handed_out_at_once_without_what_only_the_desk_can_open(
    page: Reader, case: Case
) -> None:
    sent(page, case, "message", text="还有一张收据。")
    data = data_of(page, case)
    assert [letter["text"] for letter in data["letters"]] == ["还有一张收据。"]
    assert data["filed"] is None
    assert PHONE not in json.dumps(data)


def test_the_desk_seals_a_copy_of_what_was_filed_to_the_phrase(page: Reader, case: Case) -> None:
    sent(page, case, "copy")
    case.work()
    sealed = case.stored.sealed_copy or b""
    filed = data_of(page, case)["filed"]
    assert (filed["facts"], filed["name"], filed["phone"]) == (case.opened().facts, NAME, PHONE)
    assert not any(
        key.public_key().public_bytes_raw() in sealed for key in intake_keyring(case.settings).keys
    )


def test_the_page_to_print_holds_the_same(page: Reader, case: Case) -> None:
    sent(page, case, "copy")
    case.work()
    shown = page("/track/data", method="POST", data=asking(page, case, "page"))
    assert case.opened().facts in shown.text
    assert NAME in shown.text
    assert case.receipt.phrase not in shown.answer.text


def test_a_copy_waits_seven_days_and_can_be_asked_for_again(page: Reader, case: Case) -> None:
    sent(page, case, "copy")
    case.work()
    with frozen(NOON + timedelta(days=7)):
        retention.run(case.settings, case.database, actor="worker")
        assert data_of(page, case)["filed"] is None
        assert "copy" in offered(looked_up(page, case))


def test_a_copy_goes_with_the_contact_it_holds(page: Reader, case: Case) -> None:
    sent(page, case, "copy")
    case.work()
    sent(page, case, "erase-contact", sure="y")
    assert case.stored.sealed_copy is None


def guessed(page: Reader, code: str, *, status: int = 422) -> Page:
    fields = page("/track").form() | {"code": code, "phrase": WRONG_PHRASE}
    return page("/track", method="POST", data=fields, status=status)


@pytest.mark.parametrize("exists", ["yes", "no"])
def test_wrong_phrases_for_one_code_bring_pauses_whether_it_exists_or_not(
    page: Reader, case: Case, exists: str
) -> None:
    never_filed = make.filing(case.key, nonce="another form").receipt
    code = (case.receipt if exists == "yes" else never_filed).code
    for _ in range(FREE_HERE):
        assert WRONG in guessed(page, code).text
    paused = guessed(page, code, status=429)
    assert "请1分钟后再试" in paused.text
    assert paused.form()["code"] == code
    assert paused.form()["phrase"] == WRONG_PHRASE


def test_a_pause_for_one_code_keeps_nobody_else_waiting(page: Reader, case: Case) -> None:
    other = Case(case.settings, facts="另" * 30)
    for _ in range(FREE_HERE):
        guessed(page, other.receipt.code)
    guessed(page, other.receipt.code, status=429)
    assert "状态：" in looked_up(page, case).text


def test_the_right_phrase_forgets_the_wrong_ones(page: Reader, case: Case) -> None:
    for _ in range(3):
        for _ in range(FREE_HERE - 1):
            guessed(page, case.receipt.code)
        assert "状态：" in looked_up(page, case).text


def test_guesses_through_the_other_forms_count_as_well(page: Reader, case: Case) -> None:
    fields = form(page, case, "withdraw") | {"sure": "y"}
    wrong = {"receipt": f"{case.receipt.code} {WRONG_PHRASE}"}
    for _ in range(FREE_HERE):
        page("/track/withdraw", method="POST", data=fields | wrong, status=422)
    page("/track/withdraw", method="POST", data=fields | wrong, status=429)
    guessed(page, case.receipt.code, status=429)


def test_after_the_words_are_gone_the_page_says_so_until_the_receipt_goes_too(
    page: Reader, case: Case
) -> None:
    sent(page, case, "erase", sure="y")
    case.decide()
    with frozen(NOON + timedelta(days=60)):
        retention.run(case.settings, case.database, actor="worker")
        shown = looked_up(page, case)
        assert offered(shown) == {"data"}
        assert "我们的信件和你的文件已经删除" in shown.text
        assert "2027年1月19日删除" in shown.text
        assert data_of(page, case)["letters"] == []
    with frozen(NOON + timedelta(days=90)):
        retention.run(case.settings, case.database, actor="worker")
        fields = page("/track").form() | {"code": case.receipt.both}
        assert WRONG in page("/track", method="POST", data=fields, status=422).text


def test_a_wish_that_comes_late_is_promised_for_the_next_run(page: Reader, case: Case) -> None:
    case.decide()
    with frozen(NOON + timedelta(days=100)):
        shown = sent(page, case, "erase", sure="y")
    assert "2027年3月1日删除" in shown.text
