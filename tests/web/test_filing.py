"""Both ways of filing a case: what each promises, what is asked, what is warned of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from tests.filing import DOORS, FACTS, MORE, WRITTEN, Reader, again, registered, send, the_case

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.intake_keys import make_intake_keys
from chengxin.portal.voices import filing, respondents


@pytest.fixture(autouse=True)
def open_office(settings: Settings) -> Iterator[None]:
    make_intake_keys(settings)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(("path", "track"), [(DOORS[0], "complaint"), (DOORS[1], "report")])
def test_each_way_keeps_its_track_and_promises_its_own(
    page: Reader, settings: Settings, path: str, track: str
) -> None:
    receipt = send(page, path)
    case, opened = the_case(settings)
    assert (case.track, opened.facts) == (track, FACTS)
    assert case.case_no.startswith("TS" if track == "complaint" else "JB")
    assert "11月27日（周五）前" in receipt.text
    assert receipt.tree.xpath("string(//title)") == "回执"
    assert receipt.answer.headers["Cache-Control"] == "no-store"


def test_a_report_promises_no_decision_and_asks_for_no_name(page: Reader) -> None:
    asked = page("/reports/new")
    assert "没有书面处理决定" in asked.text
    assert "受理" not in asked.tree.xpath("string(//main)").replace("受理编号", "")
    assert asked.tree.xpath("//*[@name='name']") == []
    assert asked.tree.xpath("//input[@value='named']") == []
    assert "处理决定" not in page("/complaints/new").tree.xpath("string(//*[@class='promise'])")


def test_a_name_that_is_sent_with_a_report_is_not_kept(page: Reader, settings: Settings) -> None:
    send(page, "/reports/new", name="金丝雀", contact="named", status=422)
    send(page, "/reports/new", name="金丝雀")
    assert the_case(settings)[1].name == ""


@pytest.mark.parametrize("path", DOORS)
def test_each_way_leads_to_the_others(page: Reader, path: str) -> None:
    links = set(page(path).tree.xpath("//main//a/@href"))
    assert links >= ({*DOORS, "/suggestions/new"} - {path})


def test_the_same_text_filed_both_ways_is_two_cases_with_two_receipts(
    page: Reader, settings: Settings
) -> None:
    fields = page(DOORS[0]).form() | WRITTEN
    first = page(DOORS[0], method="POST", data=fields)
    second = page(DOORS[1], method="POST", data=fields)
    both = [str(each.tree.get_element_by_id("receipt-both").text) for each in (first, second)]
    assert both[0] != both[1]
    case, _ = the_case(settings)
    assert case.track == "report"


@pytest.mark.parametrize("path", DOORS)
def test_nothing_is_chosen_beforehand_and_what_may_be_empty_is_folded(page: Reader, path: str) -> None:
    asked = page(path)
    assert asked.tree.xpath("//input[@checked]") == []
    assert asked.tree.xpath("//details[@class='field']/@open") == []
    assert asked.tree.xpath("//details[@class='field']//*[@name='happened_from']")


def test_the_answers_that_may_be_empty_are_sealed(page: Reader, settings: Settings) -> None:
    registered(settings, "江州远帆人力资源有限公司")
    more: dict[str, Any] = {**MORE, "proceedings": "unknown"}
    checked = send(page, "/complaints/new", step="check", **more)
    for words in ("2026-07", "2026-09-03", "江北区", "六百元整金丝雀", "退还全部内推费。", "不清楚"):
        assert words in checked.text
    again(page, "/complaints/new", checked)
    case, opened = the_case(settings)
    assert case.region_code == "990100"
    told = opened.details
    assert (told.happened_from, told.happened_to, told.proceedings) == ("2026-07", "2026-09-03", "unknown")
    assert (told.amount, told.wish) == (MORE["amount"], MORE["wish"])
    database = Path(settings.data_dir / "chengxin.db").read_bytes()
    assert "金丝雀".encode() not in database
    assert b"2026-09-03" not in database


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("happened_from", "去年夏天", "过去的年月或日期"),
        ("happened_from", "2026-02-30", "过去的年月或日期"),
        ("happened_from", "2027-01", "过去的年月或日期"),
        ("amount", "元" * 41, "不超过40个字"),
        ("wish", "退" * 501, "不超过500个字"),
        ("place", "990999", "选择地区"),
        ("proceedings", "perhaps", "选择一项"),
    ],
)
def test_a_wrong_answer_opens_the_fold_and_is_named(
    page: Reader, settings: Settings, field: str, value: str, words: str
) -> None:
    registered(settings, "江州远帆人力资源有限公司")
    wrong: dict[str, Any] = {field: value}
    refused = send(page, "/complaints/new", status=422, **wrong)
    assert words in refused.text
    assert refused.tree.xpath("//details[@class='field']/@open")
    assert refused.form()["facts"].strip() == FACTS


def test_an_end_before_the_beginning_is_refused(page: Reader) -> None:
    refused = send(page, DOORS[0], status=422, happened_from="2026-07-12", happened_to="2026-06")
    assert "结束的时间不能早于开始的时间" in refused.text


@pytest.mark.parametrize("path", DOORS)
def test_more_than_two_years_ago_is_warned_of_and_not_refused(page: Reader, path: str) -> None:
    checked = send(page, path, step="check", happened_from="2024-01", happened_to="2024-10")
    assert "结束已超过两年" in checked.text
    assert again(page, path, checked).tree.get_element_by_id("receipt-both").text
    ended = send(page, path, step="check", happened_from="2020-01", happened_to="2024-11")
    assert "两年" not in ended.text


@pytest.mark.parametrize("path", DOORS)
def test_what_began_long_ago_and_has_no_end_is_asked_about_and_not_said_to_be_over(
    page: Reader, path: str
) -> None:
    checked = send(page, path, step="check", happened_from="2024-10")
    assert "没有写结束的时间" in checked.text
    assert "结束已超过两年" not in checked.text
    assert again(page, path, checked).tree.get_element_by_id("receipt-both").text
    assert "两年" not in send(page, path, step="check", happened_from="2024-11").text


def test_a_pending_suit_is_warned_of_and_not_refused(page: Reader) -> None:
    checked = send(page, DOORS[0], step="check", proceedings="yes")
    assert "通常不能受理" in checked.tree.xpath("string(//*[@class='promise'])")
    assert "通常不能受理" not in send(page, DOORS[0], step="check", proceedings="no").text


def test_the_check_page_asks_which_registered_agency_is_meant(page: Reader, settings: Settings) -> None:
    uids = registered(settings, "江州远帆人力资源有限公司", "江州远帆猎头有限公司")
    checked = send(page, DOORS[0], step="check", respondent="江州远帆")
    assert set(checked.tree.xpath("//input[@type='radio']/@value")) == {*uids, ""}
    assert checked.tree.xpath("//input[@checked]") == []
    again(page, DOORS[0], checked, agency=uids[1])
    case, _ = the_case(settings)
    assert (case.respondent, case.region_code) == ("江州远帆", "990100")
    assert case.agency_id is not None


def test_nobody_has_to_choose_an_agency(page: Reader, settings: Settings) -> None:
    registered(settings, "江州远帆人力资源有限公司", "江州远帆猎头有限公司")
    again(page, DOORS[0], send(page, DOORS[0], step="check", respondent="江州远帆"))
    assert the_case(settings)[0].agency_id is None


def test_an_agency_that_was_never_offered_cannot_be_chosen(page: Reader, settings: Settings) -> None:
    _, other = registered(settings, "江州远帆人力资源有限公司", "石桥县劳务站")
    send(page, DOORS[0], respondent="江州远帆人力资源", agency=other)
    assert the_case(settings)[0].agency_id is None


def test_a_lookup_that_fails_costs_the_question_and_nothing_else(
    page: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **values: object) -> None:
        raise RuntimeError("a broken index")

    monkeypatch.setattr(respondents, "lookup", fail)
    checked = send(page, DOORS[0], step="check")
    assert checked.tree.xpath("//input[@type='radio']") == []
    assert again(page, DOORS[0], checked).tree.get_element_by_id("receipt-both").text


@pytest.mark.parametrize("path", DOORS)
def test_a_database_that_is_away_gives_the_text_back(
    page: Reader, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def gone() -> None:
        raise OperationalError("SELECT", {}, Exception("the server closed the connection"))

    fields = page(path).form() | WRITTEN | {"place": "990100"}
    with monkeypatch.context() as patch:
        patch.setattr(filing, "reading", gone)
        patch.setattr("chengxin.portal.voices.case_pages.reading", gone)
        refused = page(path, method="POST", data=fields, status=503)
    assert FACTS in refused.text
    kept = again(page, path, refused, place="")
    assert kept.tree.get_element_by_id("receipt-both").text
