"""The complaint page: check, send, receipt, and the text that comes back whatever goes wrong."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import make_intake_keys
from chengxin.voices.complaints import actions
from chengxin.voices.complaints.models import Complaint

Reader = Callable[..., Page]
FACTS = "面试前收六百元内推费，没有开票，交钱以后就联系不上了。"
PHONE = "13912345678"
WRITTEN = {
    "respondent": "江州捷聘人力资源有限公司",
    "category": "fees",
    "facts": FACTS,
    "contact": "anonymous",
}


@pytest.fixture(autouse=True)
def open_office(settings: Settings) -> Iterator[None]:
    make_intake_keys(settings)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def filled(page: Reader, path: str = "/complaints/new", **changes: str) -> dict[str, str]:
    return page(path).form() | WRITTEN | changes


def posted(page: Reader, fields: dict[str, str], *, status: int = 200, path: str = "/complaints/new") -> Page:
    return page(path, method="POST", data=fields, status=status)


def both(page: Page) -> str:
    return str(page.tree.get_element_by_id("receipt-both").text)


def stored(settings: Settings) -> int:
    database = Database(settings)
    with database.reading() as session:
        count = session.query(Complaint).count()
    database.dispose()
    return count


def test_the_check_page_shows_what_was_written_and_stores_nothing(page: Reader, settings: Settings) -> None:
    checked = posted(page, filled(page, step="check"))
    assert FACTS in checked.text
    assert "江州捷聘人力资源有限公司" in checked.text
    assert stored(settings) == 0


def test_the_check_page_sends_the_same_fields(page: Reader, settings: Settings) -> None:
    checked = posted(page, filled(page, step="check"))
    receipt = posted(page, checked.form() | {"step": "send"})
    assert re.fullmatch(r"C-[2-9A-Z]{4}-[2-9A-Z]{4} (..-){3}..", both(receipt))
    assert stored(settings) == 1


def test_the_check_page_leads_back_to_the_form_with_its_text(page: Reader) -> None:
    checked = posted(page, filled(page, step="check", contact="phone", phone=PHONE))
    again = posted(page, checked.form() | {"step": "edit"}).form()
    assert (again["facts"].strip(), again["phone"], again["category"]) == (FACTS, PHONE, "fees")


def test_the_receipt_shows_code_phrase_and_real_dates(page: Reader) -> None:
    receipt = posted(page, filled(page, step="send"))
    code, phrase = both(receipt).split()
    assert receipt.tree.get_element_by_id("receipt-code").text == code
    assert receipt.tree.get_element_by_id("receipt-phrase").text == phrase
    assert "11月27日（周五）前" in receipt.text
    assert "12月11日（周五）前" in receipt.text


def test_the_receipt_leaves_no_trace_in_the_browser(page: Reader) -> None:
    receipt = posted(page, filled(page, step="send"))
    assert receipt.answer.headers["Cache-Control"] == "no-store"
    assert receipt.answer.headers["Referrer-Policy"] == "no-referrer"
    assert receipt.tree.xpath("string(//title)") == "回执"


def test_an_english_receipt_gives_the_pinyin_too(page: Reader) -> None:
    fields = filled(page, "/en/complaints/new", step="send")
    receipt = posted(page, fields, path="/en/complaints/new")
    assert re.search(r"[a-z]+-[a-z]+-[a-z]+-[a-z]+", receipt.text)
    assert "Friday 27 November" in receipt.text


def test_one_form_sent_twice_is_one_case_with_one_receipt(page: Reader, settings: Settings) -> None:
    fields = filled(page, step="send")
    assert both(posted(page, fields)) == both(posted(page, fields))
    assert stored(settings) == 1


def test_the_form_opened_from_an_agency_names_it_and_is_tied_to_it(page: Reader, settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        uid = make.agency(session, name="江州远帆猎头有限公司").uid
    fields = page(f"/complaints/new?agency={uid}").form()
    assert fields["respondent"] == "江州远帆猎头有限公司"
    posted(page, fields | {**WRITTEN, "respondent": fields["respondent"], "step": "send"})
    with database.reading() as session:
        assert session.query(Complaint).one().agency_id is not None
    database.dispose()


def test_no_text_comes_from_the_address(client: Client) -> None:
    answer = client.get("/complaints/new?agency=江州远帆&respondent=骗子公司&facts=广告")
    assert "骗子公司" not in answer.text
    assert "广告" not in answer.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("respondent", "", "哪家机构"),
        ("category", "nonsense", "选择遇到了什么问题"),
        ("facts", "收了我的钱", "20到4,000个字"),
        ("facts", "长" * 4_201, "20到4,000个字"),
        ("contact", "", "选择是否留下联系方式"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    page: Reader, field: str, value: str, words: str
) -> None:
    fields = filled(page, step="send", **{field: value})
    refused = posted(page, fields, status=422)
    assert words in refused.text
    kept = refused.form()
    assert kept["facts"].strip() == fields["facts"]
    assert kept["respondent"] == fields["respondent"]


def test_a_chosen_way_of_contact_asks_for_what_it_needs(page: Reader) -> None:
    assert "填写6到20位的号码" in posted(page, filled(page, contact="phone"), status=422).text
    assert "填写姓名" in posted(page, filled(page, contact="named", phone=PHONE), status=422).text


def test_every_error_has_an_anchor_that_exists(page: Reader) -> None:
    refused = posted(page, page("/complaints/new").form(), status=422)
    anchors = [link.get("href")[1:] for link in refused.tree.xpath("//*[@class='errors']//a")]
    assert len(anchors) == 4
    assert all(refused.tree.xpath("//*[@id=$id]", id=anchor) for anchor in anchors)
    assert refused.tree.xpath("string(//title)").startswith("有4处需要修改")


def test_an_expired_token_gives_the_text_back_on_the_page_that_sends(
    page: Reader, settings: Settings
) -> None:
    refused = posted(page, filled(page, step="send", csrf_token="old"), status=403)
    assert FACTS in refused.text
    assert both(posted(page, refused.form() | {"step": "send"}))
    assert stored(settings) == 1


def test_a_foreign_form_key_is_replaced_and_the_text_kept(page: Reader) -> None:
    refused = posted(page, filled(page, step="send", key="mine"), status=422)
    assert both(posted(page, refused.form() | {"step": "send"}))


def test_a_robot_that_fills_the_trap_stores_nothing_but_a_person_can_send_again(
    page: Reader, settings: Settings
) -> None:
    refused = posted(page, filled(page, step="send", website="https://example.org"), status=422)
    assert stored(settings) == 0
    assert both(posted(page, refused.form() | {"step": "send"}))


def test_too_many_at_once_are_asked_to_wait_with_their_text(page: Reader) -> None:
    fields = page("/complaints/new").form() | WRITTEN | {"step": "send"}
    for _ in range(10):
        posted(page, fields)
    refused = posted(page, fields, status=429)
    assert "提交太快了" in refused.text
    assert "12333" in refused.text
    assert FACTS in refused.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("INSERT", {}, Exception("database or disk is full")), 503),
        (OSError(28, "No space left on device"), 503),
        (RuntimeError("a mistake of ours"), 500),
    ],
)
def test_a_failure_gives_the_text_back(
    page: Reader,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    def fail(*arguments: object, **values: object) -> None:
        raise error

    fields = filled(page, step="send")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "file", fail)
        refused = posted(page, fields, status=status)
    assert FACTS in refused.text
    assert "没有提交成功" in refused.text
    assert FACTS not in caplog.text
    assert both(posted(page, refused.form() | {"step": "send"}))


def test_a_missing_intake_key_stores_nothing_and_gives_the_text_back(
    page: Reader, settings: Settings
) -> None:
    settings.public_key_file.unlink()
    refused = posted(page, filled(page, step="send"), status=503)
    assert FACTS in refused.text
    assert stored(settings) == 0


def test_a_text_far_too_long_comes_back_whole(page: Reader) -> None:
    facts = "很长的经过" * 20_000
    assert posted(page, filled(page, facts=facts), status=422).form()["facts"].strip() == facts


def test_a_body_of_many_megabytes_is_told_what_to_do(page: Reader) -> None:
    refused = posted(page, filled(page, facts="长" * 2_000_000), status=413)
    assert "返回" in refused.text


def test_copied_padding_does_not_count(page: Reader) -> None:
    padded = "\t\r\n  " + "七月十二日  在街口交钱。\r\n\r\n\r\n\r\n没有收据。" + " \t" * 3_000
    checked = posted(page, filled(page, facts=padded + "之后一直联系不上。", step="check"))
    assert checked.form()["facts"] == "七月十二日 在街口交钱。\n\n没有收据。 之后一直联系不上。"


def test_nothing_written_can_be_read_on_the_disk(page: Reader, settings: Settings, tmp_path: Path) -> None:
    fields = filled(page, contact="named", name="金丝雀", phone=PHONE, step="send")
    code, phrase = both(posted(page, fields)).split()
    key = fields["key"].partition(".")[0]
    secret = [FACTS, PHONE, "金丝雀", code, code.replace("-", "")[1:], phrase, *phrase.split("-"), key]
    for file in tmp_path.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not [each for each in secret if each.encode() in content], file
