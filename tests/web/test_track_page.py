"""Following a case: code and phrase open it, everything else is answered alike."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from tests import make
from tests.followed import WRONG, WRONG_PHRASE
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_recipients, make_intake_keys
from chengxin.core.receipts import Receipt
from chengxin.voices.complaints import actions
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, Refusal

Reader = Callable[..., Page]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


class Office:
    """The desk of one installation, for tests that need a case in some state."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.key = intake_recipients(settings)
        self.database = Database(settings)

    def file(self) -> tuple[Receipt, Complaint]:
        made = make.filing(self.key)
        with self.database.writing() as session:
            return made.receipt, actions.file(session, actor="public", filing=made)

    def accept(self, case: Complaint, note: str = "") -> Complaint:
        with self.database.writing() as session:
            return actions.accept(
                session,
                actor="account:1",
                case_id=case.id,
                version=case.version,
                note=note,
                intake_key=self.key,
            )


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    made = Office(settings)
    yield made
    made.database.dispose()


def looked_up(page: Reader, *, status: int = 200, **typed: str) -> Page:
    return page("/track", method="POST", data=page("/track").form() | typed, status=status)


def test_code_and_phrase_together_in_the_first_field_open_the_case(page: Reader, office: Office) -> None:
    receipt, _ = office.file()
    shown = looked_up(page, code=receipt.both)
    assert "状态：待受理" in shown.text
    assert "期限是11月27日（周五）。" in shown.text


def test_code_and_phrase_in_their_fields_open_the_case(page: Reader, office: Office) -> None:
    receipt, _ = office.file()
    assert "状态：待受理" in looked_up(page, code=receipt.code, phrase=receipt.pinyin).text


@pytest.mark.parametrize("typed", ["", "C-9VK4-7MQH", "{code}", "C-2222-2222 {phrase}", "{code} {wrong}"])
def test_whatever_is_wrong_is_answered_alike(page: Reader, office: Office, typed: str) -> None:
    receipt, _ = office.file()
    text = typed.format(code=receipt.code, phrase=receipt.phrase, wrong=WRONG_PHRASE)
    assert WRONG in looked_up(page, code=text, status=422).text


def test_the_complainant_reads_what_the_staff_wrote(page: Reader, office: Office) -> None:
    receipt, case = office.file()
    office.accept(case, "我们已经联系这家机构。")
    shown = looked_up(page, code=receipt.both)
    assert "状态：已受理" in shown.text
    assert "我们已经联系这家机构。" in shown.text


def test_the_outcome_is_told_in_plain_words(page: Reader, office: Office) -> None:
    receipt, case = office.file()
    taken = office.accept(case)
    with office.database.writing() as session:
        actions.decide(
            session,
            actor="account:1",
            case_id=case.id,
            version=taken.version,
            finding=Finding.UPHELD,
            reply="已责令退还六百元。",
            intake_key=office.key,
        )
    shown = looked_up(page, code=receipt.both)
    assert "状态：已办结" in shown.text
    assert "查实" in shown.text
    assert "已责令退还六百元。" in shown.text


def test_a_refusal_says_why(page: Reader, office: Office) -> None:
    receipt, case = office.file()
    with office.database.writing() as session:
        actions.refuse(
            session,
            actor="account:1",
            case_id=case.id,
            version=case.version,
            refusal=Refusal.IN_COURT,
            note="仲裁委已经立案，请等裁决。",
            intake_key=office.key,
        )
    shown = looked_up(page, code=receipt.both)
    assert "不予受理" in shown.text
    assert "申请仲裁" in shown.text
    assert "请等裁决" in shown.text


def test_the_case_page_has_a_neutral_title_and_no_phrase(page: Reader, office: Office) -> None:
    receipt, _ = office.file()
    shown = looked_up(page, code=receipt.both)
    assert shown.tree.xpath("string(//title)") == "查进度"
    assert receipt.phrase not in shown.answer.text


def test_a_failed_token_is_replaced_by_one_that_works(page: Reader) -> None:
    fields = page("/track").form() | {"code": "C-9VK4-7MQH", "phrase": "石桥-石桥-石桥-石桥"}
    refused = page("/track", method="POST", data=fields | {"csrf_token": "wrong"}, status=403)
    assert refused.form()["csrf_token"] != fields["csrf_token"]
    assert WRONG in page("/track", method="POST", data=fields | refused.form(), status=422).text
