"""What somebody does with their case: proven by the page's ticket or by the receipt, and no text is ever lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from tests.followed import LEADER, WRONG, WRONG_PHRASE, Case, Reader, form, looked_up, offered, sent
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.voices.complaints import afterwards, letters, pauses
from chengxin.voices.complaints.rules import Satisfaction, State
from chengxin.voices.contact.rules import ContactKind

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TEXT = "十一月二日付的，收款人写的是公司的名字。"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "BEAT", 0.001)


@pytest.fixture
def case(settings: Settings) -> Iterator[Case]:
    with frozen(NOON):
        made = Case(settings)
        yield made
        made.database.dispose()


def kept(page: Page) -> str:
    return page.form()["text"].strip()


def later(case: Case, page: Reader, action: str, **changes: str) -> Page:
    """Send a form half an hour and a minute after its page was opened."""
    data = form(page, case, action) | changes
    with frozen(NOON + timedelta(minutes=31)):
        return page(f"/track/{action}", method="POST", data=data, status=422)


def test_an_answer_reaches_the_desk_and_the_case_goes_on(page: Reader, case: Case) -> None:
    case.ask()
    shown = sent(page, case, "supply", text=TEXT)
    assert "已收到你的补充。" in shown.text
    assert "状态：待受理" in shown.text
    assert case.read() == TEXT


def test_a_message_reaches_the_desk_at_any_time_while_the_case_is_open(page: Reader, case: Case) -> None:
    case.accept()
    shown = sent(page, case, "message", text=TEXT)
    assert TEXT in shown.text
    assert case.read() == TEXT
    assert case.stored.state == State.ACCEPTED


def test_the_page_after_an_act_shows_it_and_never_the_phrase(page: Reader, case: Case) -> None:
    shown = sent(page, case, "message", text=TEXT)
    assert case.receipt.phrase not in shown.answer.text
    assert case.receipt.code not in shown.answer.text


def test_no_address_holds_the_ticket(page: Reader, case: Case) -> None:
    ticket = form(page, case, "message")["ticket"]
    shown = looked_up(page, case)
    assert not [each for each in shown.tree.xpath("//@href|//@action") if ticket[:20] in each]


def test_a_ticket_is_good_for_half_an_hour_and_then_asks_for_the_receipt(page: Reader, case: Case) -> None:
    asked = later(case, page, "message", text=TEXT)
    assert kept(asked) == TEXT
    assert "receipt" in asked.form()
    again = page("/track/message", method="POST", data=asked.form() | {"receipt": case.receipt.both})
    assert TEXT in again.text


def test_a_ticket_of_another_browser_opens_nothing(app: object, page: Reader, case: Case) -> None:
    from tests.pages import read_page  # noqa: PLC0415 (as above)
    from werkzeug.test import Client  # noqa: PLC0415 (a second browser, only here)

    stolen = form(page, case, "message")["ticket"]
    other = Client(app)  # type: ignore[arg-type]
    fields = read_page(other, "/track").form()
    del fields["code"], fields["phrase"]
    data = fields | {"ticket": stolen, "text": TEXT}
    assert kept(read_page(other, "/track/message", method="POST", data=data, status=422)) == TEXT
    assert case.letters() == 0


@pytest.mark.parametrize("ticket", ["x", "AAAA", "荷塘", "A" * 500])
def test_nonsense_in_place_of_a_ticket_is_refused(page: Reader, case: Case, ticket: str) -> None:
    assert kept(sent(page, case, "message", status=422, text=TEXT, ticket=ticket)) == TEXT


@pytest.mark.parametrize("typed", ["", "C-2222-2222", "{code}", "{code} {phrase}"])
def test_a_wrong_receipt_is_answered_alike_and_keeps_the_text(page: Reader, case: Case, typed: str) -> None:
    receipt = typed.format(code=case.receipt.code, phrase=WRONG_PHRASE)
    shown = sent(page, case, "message", status=422, text=TEXT, ticket="", receipt=receipt)
    assert WRONG in shown.text
    assert kept(shown) == TEXT
    assert case.letters() == 0


@pytest.mark.parametrize("text", ["", "长" * 4001])
def test_a_text_of_no_fit_length_comes_back(page: Reader, case: Case, text: str) -> None:
    shown = sent(page, case, "message", status=422, text=text)
    assert shown.tree.xpath("//*[@role='alert']//a/@href") == ["#message"]
    assert kept(shown) == text


def test_an_expired_token_keeps_the_text(page: Reader, case: Case) -> None:
    assert kept(sent(page, case, "message", status=403, text=TEXT, csrf_token="old")) == TEXT


def test_a_database_that_is_away_keeps_the_text(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    monkeypatch.setattr(letters, "say", broken)
    assert kept(sent(page, case, "message", status=503, text=TEXT)) == TEXT


def test_a_case_changed_meanwhile_keeps_the_text(page: Reader, case: Case) -> None:
    case.ask()
    data = form(page, case, "supply") | {"text": TEXT}
    case.accept()
    assert kept(page("/track/supply", method="POST", data=data, status=409)) == TEXT


def test_the_handling_is_rated_once_in_words(page: Reader, case: Case) -> None:
    case.decide()
    data = form(page, case, "satisfaction") | {"satisfaction": Satisfaction.GOOD}
    shown = page("/track/satisfaction", method="POST", data=data)
    assert case.stored.satisfaction == Satisfaction.GOOD
    assert "satisfaction" not in offered(shown)
    changed = data | {"satisfaction": Satisfaction.POOR}
    page("/track/satisfaction", method="POST", data=changed, status=409)
    assert case.stored.satisfaction == Satisfaction.GOOD


def test_a_rating_of_no_such_word_is_refused(page: Reader, case: Case) -> None:
    case.decide()
    sent(page, case, "satisfaction", status=422, satisfaction="5")
    assert case.stored.satisfaction == ""


def test_nothing_is_rated_or_reviewed_after_thirty_days(page: Reader, case: Case) -> None:
    case.decide()
    with frozen(NOON + timedelta(days=30)):
        assert {"satisfaction", "review"} <= offered(looked_up(page, case))
    with frozen(NOON + timedelta(days=31)):
        assert not {"satisfaction", "review"} & offered(looked_up(page, case))


def test_a_review_is_asked_for_once_and_its_answer_stands_on_the_page(page: Reader, case: Case) -> None:
    case.decide()
    assert "状态：复查中" in sent(page, case, "review", text="押金还没有退。").text
    case.act(afterwards.answer_review, reply="已再次核查，维持原答复。", actor=LEADER)
    shown = looked_up(page, case)
    assert "已再次核查，维持原答复。" in shown.text
    assert "review" not in offered(shown)


def test_a_case_is_taken_back_with_receipt_and_tick(page: Reader, case: Case) -> None:
    shown = sent(page, case, "withdraw", sure="y")
    assert "你已经撤回" in shown.text
    assert not {"withdraw", "message", "supply"} & offered(shown)
    assert case.stored.state == State.WITHDRAWN


@pytest.mark.parametrize("action", ["withdraw", "erase-contact", "erase", "contact", "data"])
def test_what_cannot_be_undone_never_takes_the_ticket(page: Reader, settings: Settings, action: str) -> None:
    with frozen(NOON):
        case = Case(settings, contact_kind=ContactKind.PHONE, phone="13800000000")
        ticket = form(page, case, "message")["ticket"]
        given = {"ticket": ticket, "receipt": "", "sure": "y", "phone": "13900000000"}
        assert WRONG in sent(page, case, action, status=422, **given).text
        assert case.stored.version == 1
        case.database.dispose()


@pytest.mark.parametrize("action", ["withdraw", "erase"])
def test_nothing_final_happens_without_the_tick(page: Reader, case: Case, action: str) -> None:
    sent(page, case, action, status=422, sure="")
    assert case.stored.version == 1


def test_the_acts_work_in_english(page: Reader, case: Case) -> None:
    case.ask()
    assert "Your answer has arrived." in sent(page, case, "supply", at="/en", text=TEXT).text
    assert "You have taken the case back." in sent(page, case, "withdraw", at="/en", sure="y").text


def test_a_question_lapsed_is_told(page: Reader, case: Case) -> None:
    case.ask()
    with frozen(NOON + timedelta(days=40)), case.database.writing() as session:
        pauses.lapse_due(session)
    assert "没有在期限内" in looked_up(page, case).text
