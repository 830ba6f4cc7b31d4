"""What is sent twice is done once, what is meant is never swallowed, and nothing is said to have arrived that did not."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.followed import Case, Reader, form, looked_up, offered, sent
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.voices.complaints import letters
from chengxin.voices.complaints.rules import Satisfaction, State
from chengxin.voices.contact.rules import ContactKind

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TEXT = "十一月二日付的，收款人写的是公司的名字。"
NOT_STORED = "这次没有保存；你填写的内容还在下面。"


@pytest.fixture
def case(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        made = Case(settings, contact_kind=ContactKind.PHONE, phone="13800000000")
        yield made
        made.database.dispose()


def pressed(page: Reader, action: str, fields: dict[str, str], *, status: int = 200) -> Page:
    return page(f"/track/{action}", method="POST", data=fields, status=status)


def test_the_same_message_sent_twice_is_kept_once(page: Reader, case: Case) -> None:
    fields = form(page, case, "message") | {"text": TEXT}
    for _ in range(2):
        assert "已收到你的留言。" in pressed(page, "message", fields).text
    assert case.letters() == 1


def test_another_message_of_the_day_is_kept_too(page: Reader, case: Case) -> None:
    for text in (TEXT, "还有一张收据。"):
        sent(page, case, "message", text=text)
    assert case.letters() == 2


def test_the_same_words_after_another_question_are_another_message(page: Reader, case: Case) -> None:
    for question in ("收据还在吗？", "合同也在吗？"):
        case.act(letters.write, text=question)
        sent(page, case, "message", text="在的。")
    assert case.letters() == 4


def test_words_sent_as_a_message_answer_a_question_when_they_are_sent_as_the_answer(
    page: Reader, case: Case
) -> None:
    sent(page, case, "message", text=TEXT)
    case.ask()
    assert "状态：待受理" in sent(page, case, "supply", text=TEXT).text
    assert case.stored.state == State.RECEIVED


def test_the_same_answer_to_a_second_question_of_the_day_is_an_answer_too(page: Reader, case: Case) -> None:
    for _ in range(2):
        case.ask()
        sent(page, case, "supply", text=TEXT)
        assert case.stored.state == State.RECEIVED
    assert case.letters() == 4


def test_words_sent_as_a_message_ask_for_a_review_when_they_are_sent_as_its_request(
    page: Reader, case: Case
) -> None:
    sent(page, case, "message", text=TEXT)
    case.decide()
    sent(page, case, "review", text=TEXT)
    assert case.stored.state == State.REVIEW


def test_an_answer_sent_twice_has_arrived_once(page: Reader, case: Case) -> None:
    case.ask()
    fields = form(page, case, "supply") | {"text": TEXT}
    for _ in range(2):
        assert "已收到你的补充。" in pressed(page, "supply", fields).text
    assert case.letters() == 2


@pytest.mark.parametrize("action", ["withdraw", "erase", "erase-contact"])
def test_what_is_pressed_twice_is_said_to_be_done(page: Reader, case: Case, action: str) -> None:
    fields = form(page, case, action) | {"receipt": case.receipt.both, "sure": "y"}
    first = pressed(page, action, fields)
    assert pressed(page, action, fields).text == first.text


def test_a_rating_sent_twice_is_kept_once(page: Reader, case: Case) -> None:
    case.decide()
    fields = form(page, case, "satisfaction") | {"satisfaction": Satisfaction.GOOD}
    for _ in range(2):
        assert "谢谢" in pressed(page, "satisfaction", fields).text


def test_a_first_message_to_a_case_just_closed_is_said_not_to_be_stored(page: Reader, case: Case) -> None:
    fields = form(page, case, "message") | {"text": TEXT}
    case.decide()
    refused = pressed(page, "message", fields, status=409)
    assert NOT_STORED in refused.text
    assert "已经收到" not in refused.text
    assert refused.form()["text"] == TEXT
    assert case.letters() == 1
    assert "message" not in offered(looked_up(page, case))


def test_a_message_that_stands_there_has_arrived_though_the_case_was_closed_after_it(
    page: Reader, case: Case
) -> None:
    fields = form(page, case, "message") | {"text": TEXT}
    pressed(page, "message", fields)
    case.decide()
    assert "已收到你的留言。" in pressed(page, "message", fields).text
    assert case.letters() == 2


def test_a_message_sent_in_english_is_said_not_to_be_stored_as_well(page: Reader, case: Case) -> None:
    fields = form(page, case, "message", "/en") | {"text": TEXT}
    case.decide()
    refused = page("/en/track/message", method="POST", data=fields, status=409)
    assert "This was not stored; what you filled in is still here." in refused.text
