"""Answering a question of the staff and taking a complaint back, only with the receipt."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError
from tests import make
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.core.receipts import Receipt
from chengxin.voices.complaints import actions, pauses, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import State
from chengxin.voices.complaints.sealed import open_as_desk

Reader = Callable[..., Page]
WRONG = "编号或口令不对"
ANSWER = "十一月二日付的，收款人写的是公司的名字。"


class Case:
    """A filed case of one installation, and its receipt."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.settings, self.key = settings, intake_recipients(settings)
        self.database = Database(settings)
        made = make.filing(self.key)
        self.receipt: Receipt = made.receipt
        with self.database.writing() as session:
            self.id = actions.file(session, actor="public", filing=made).id

    def ask(self) -> None:
        with self.database.writing() as session:
            pauses.ask(
                session,
                actor="account:1",
                case_id=self.id,
                version=1,
                note="请补充付款日期。",
                intake_key=self.key,
            )

    @property
    def stored(self) -> Complaint:
        with self.database.reading() as session:
            found = queries.by_id(session, self.id)
        assert found is not None
        return found

    def read(self) -> str:
        """Return the newest message as the desk opens it."""
        with self.database.reading() as session:
            message = queries.messages_of(session, self.id)[-1]
        return open_as_desk(self.stored, message, intake_keyring(self.settings))


@pytest.fixture
def case(settings: Settings) -> Iterator[Case]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        made = Case(settings)
        yield made
        made.database.dispose()


def form(page: Reader, case: Case, action: str, at: str = "") -> dict[str, str]:
    """Look the case up and return the fields of one of its forms."""
    asked = page(f"{at}/track").form() | {"code": case.receipt.both}
    shown = page(f"{at}/track", method="POST", data=asked)
    (found,) = [each for each in shown.tree.forms if each.action == f"{at}/track/{action}"]
    return {str(name): str(found.fields[name] or "") for name in found.fields if name}


def answered(page: Reader, case: Case, *, status: int = 200, at: str = "", **changes: str) -> Page:
    given = {"supplement": ANSWER, "receipt": case.receipt.both} | changes
    data = form(page, case, "supply", at) | given
    return page(f"{at}/track/supply", method="POST", data=data, status=status)


def taken_back(page: Reader, case: Case, *, status: int = 200, at: str = "", **changes: str) -> Page:
    given = {"receipt": case.receipt.both, "sure": "y"} | changes
    data = form(page, case, "withdraw", at) | given
    return page(f"{at}/track/withdraw", method="POST", data=data, status=status)


def kept(page: Page) -> str:
    return page.form()["supplement"].strip()


def test_an_answer_reaches_the_desk_and_the_case_goes_on(page: Reader, case: Case) -> None:
    case.ask()
    shown = answered(page, case)
    assert "已收到你的补充。" in shown.text
    assert "状态：待受理" in shown.text
    assert "请补充付款日期。" in shown.text
    assert case.read() == ANSWER


def test_the_page_after_an_answer_shows_it_and_never_the_phrase(page: Reader, case: Case) -> None:
    case.ask()
    shown = answered(page, case)
    assert shown.answer.headers["Cache-Control"] == "no-store"
    assert case.receipt.phrase not in shown.answer.text
    assert ANSWER in shown.answer.text


def test_only_who_was_asked_can_answer(page: Reader, case: Case) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        form(page, case, "supply")


@pytest.mark.parametrize("typed", ["", "C-2222-2222", "{code}", "{code} 荷塘-石桥-白云-松林"])
def test_a_wrong_receipt_is_answered_alike_and_keeps_the_text(page: Reader, case: Case, typed: str) -> None:
    case.ask()
    shown = answered(page, case, status=422, receipt=typed.format(code=case.receipt.code))
    assert WRONG in shown.text
    assert kept(shown) == ANSWER
    assert case.stored.state == State.SUPPLEMENT


@pytest.mark.parametrize("text", ["", "长" * 4001])
def test_an_answer_of_no_fit_length_comes_back(page: Reader, case: Case, text: str) -> None:
    case.ask()
    shown = answered(page, case, status=422, supplement=text)
    assert shown.tree.xpath("//*[@role='alert']//a/@href") == ["#supplement"]
    assert kept(shown) == text


def test_an_expired_token_keeps_the_answer(page: Reader, case: Case) -> None:
    case.ask()
    assert kept(answered(page, case, status=403, csrf_token="old")) == ANSWER


def test_an_answer_sent_twice_arrives_once_and_says_so(page: Reader, case: Case) -> None:
    case.ask()
    data = form(page, case, "supply") | {"supplement": ANSWER, "receipt": case.receipt.both}
    page("/track/supply", method="POST", data=data)
    again = page("/track/supply", method="POST", data=data, status=409)
    assert "我们已经收到" in again.text
    assert kept(again) == ANSWER


def test_too_many_attempts_keep_the_answer(page: Reader, case: Case) -> None:
    case.ask()
    data = form(page, case, "supply") | {"supplement": ANSWER, "receipt": "C-2222-2222"}
    for _ in range(39):
        page("/track/supply", method="POST", data=data, status=422)
    assert kept(page("/track/supply", method="POST", data=data, status=429)) == ANSWER


def test_a_database_that_is_away_keeps_the_answer(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    case.ask()
    monkeypatch.setattr(actions, "supply", broken)
    assert kept(answered(page, case, status=503)) == ANSWER


def test_a_complaint_is_taken_back_with_receipt_and_tick(page: Reader, case: Case) -> None:
    shown = taken_back(page, case)
    assert "你已经撤回这件投诉。" in shown.text
    assert not shown.tree.xpath("//form[contains(@action, '/track/')]")
    assert case.stored.state == State.WITHDRAWN


def test_nothing_is_taken_back_without_the_tick(page: Reader, case: Case) -> None:
    assert "请勾选确认" in taken_back(page, case, status=422, sure="").text
    assert case.stored.state == State.RECEIVED


def test_nothing_is_taken_back_without_the_phrase(page: Reader, case: Case) -> None:
    assert WRONG in taken_back(page, case, status=422, receipt=case.receipt.code).text
    assert case.stored.state == State.RECEIVED


def test_both_acts_work_in_english(page: Reader, case: Case) -> None:
    case.ask()
    assert "Your answer has arrived." in answered(page, case, at="/en").text
    assert "You have taken the complaint back." in taken_back(page, case, at="/en").text
