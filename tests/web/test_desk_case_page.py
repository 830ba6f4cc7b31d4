"""What a case page tells an officer before they decide: details, terms, neighbours, files, the agency."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import make
from tests.casework import address
from tests.desk import Workbench

from chengxin.agencies.models import Agency
from chengxin.core.intake_keys import intake_recipients
from chengxin.evidence.models import Evidence
from chengxin.voices.complaints.models import Complaint, ComplaintLikeness
from chengxin.voices.complaints.sealed import Details

TODAY = date(2026, 11, 20)
LONG_AGO = Details(happened_from="2024-01-02", happened_to="2024-03-01", place="渡口街", amount="600元")


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def told(desk: Workbench, details: Details, **columns: Any) -> Complaint:
    """File a complaint with details."""
    filing = make.filing(intake_recipients(desk.settings), secret=desk.installed.secret, details=details)
    with desk.installed.database.writing() as session:
        return make.complaint(session, filing, **columns)


def agency(desk: Workbench) -> Agency:
    with desk.installed.database.writing() as session:
        made = make.agency(session)
        make.permit(session, made, number="(江)人服证字〔2024〕第0077号")
        return made


def test_the_details_stand_with_the_facts(desk: Workbench) -> None:
    text = desk.officer().page(address(told(desk, LONG_AGO))).text
    for words in ("2024-01-02至2024-03-01", "渡口街", "600元"):
        assert words in text


@pytest.mark.parametrize(
    ("details", "warned"),
    [
        (LONG_AGO, True),
        (Details(happened_from="2024-01", happened_to="2024-11-19"), True),
        (Details(happened_from="2024-01", happened_to="2024-11-20"), False),
        (Details(happened_from="2024-01", happened_to="2024-10"), True),
        (Details(happened_from="2024-01", happened_to="2024-11"), False),
        (Details(happened_from="2020-01-01", happened_to="2026-01-01"), False),
        (Details(happened_from="前年"), False),
        (Details(place="渡口街"), False),
    ],
)
def test_the_officer_is_warned_of_the_two_year_limit(desk: Workbench, details: Details, warned: bool) -> None:  # noqa: FBT001
    assert ("超过两年，可能" in desk.officer().page(address(told(desk, details))).text) is warned


def test_the_officer_is_warned_of_a_pending_suit(desk: Workbench) -> None:
    text = desk.officer().page(address(told(desk, Details(proceedings="yes")))).text
    assert "可能应当不予受理" in text


def test_the_deadline_says_which_working_day_it_is(desk: Workbench) -> None:
    case = desk.case(state="accepted", answer_from=date(2026, 11, 16), answer_days=15)
    assert "第4个工作日，共15个" in desk.officer().page(address(case)).text


@pytest.mark.parametrize(("state", "counted"), [("accepted", True), ("closed", False)])
def test_working_days_are_counted_while_a_case_is_open(desk: Workbench, state: str, *, counted: bool) -> None:
    case = desk.case(state=state, received_on=date(2026, 11, 16), finding="" if counted else "upheld")
    assert ("今天是第4个工作日" in desk.officer().page(address(case)).text) is counted


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"state": "suspended", "paused_on": TODAY}, ["已暂停", "停止计算自 2026年11月20日"]),
        ({"state": "supplement", "supplement_by": date(2026, 12, 11)}, ["补正截止 2026年12月11日"]),
        ({"state": "investigating", "extended": True}, ["已延期"]),
        ({"provisional": True}, ["暂定"]),
        ({"clock": "petition"}, ["信访（自然日）"]),
        ({"track": "report"}, ["举报"]),
        ({"transferred_to": "市监局", "state": "transferred"}, ["市监局"]),
    ],
)
def test_what_happens_to_the_terms_is_said(
    desk: Workbench, columns: dict[str, Any], words: list[str]
) -> None:
    text = desk.officer().page(address(desk.case(**columns))).text
    assert [each for each in words if each not in text] == []


def test_the_file_of_the_agency_stands_beside_the_case(desk: Workbench) -> None:
    owner = agency(desk)
    desk.case(agency_id=owner.id, state="closed", finding="upheld", received_on=date(2026, 3, 2))
    case = desk.case(agency_id=owner.id)
    page = desk.officer().page(address(case))
    [panel] = page.tree.xpath("//section[@aria-labelledby='agency']")
    text = " ".join(panel.text_content().split())
    for words in ("正常在册", "查实1件", "第0077号", "有效", "公开档案"):
        assert words in text
    assert panel.xpath(".//a[contains(@href, $uid)]", uid=f"/agencies/{owner.uid}/")


def test_cases_that_tell_nearly_the_same_are_named_with_their_share(desk: Workbench) -> None:
    case, like = desk.case(), desk.case(respondent="另一家")
    with desk.installed.database.writing() as session:
        session.add(ComplaintLikeness(complaint_id=like.id, other_id=case.id, percent=88))
    page = desk.officer().page(address(case))
    assert f"{like.case_no} 相似88%" in page.text
    assert like.case_no in page.tree.xpath("//select[@name='main']/option/@value")


def test_files_are_listed_and_none_of_them_is_opened(desk: Workbench) -> None:
    case = desk.case()
    with desk.installed.database.writing() as session:
        row = Evidence(
            name="ab",
            subject_kind="complaint",
            subject_id=case.id,
            media="png",
            size=2048,
            added_on=TODAY,
            scan="clean",
        )
        session.add(row)
    page = desk.officer().page(address(case))
    [link] = page.tree.xpath("//*[@data-key='e']")
    assert link.get("href") == f"/evidence/{row.id}/"


def test_no_key_of_the_page_decides_anything(desk: Workbench) -> None:
    case, _other = desk.case(), desk.case()
    tree = desk.officer().page(address(case)).tree
    keys = {str(each.get("data-key")): each for each in tree.xpath("//*[@data-key]")}
    assert set(keys) == {"u", "n", "a", "d", "r"}
    deciding = tree.xpath("//form[contains(@action, '/decide')]//button[@data-key][not(@formaction)]")
    assert deciding == []
    assert keys["r"].tag == "textarea"
    assert keys["a"].get("formaction") == f"/complaints/{case.id}/assign"


def test_the_newest_letters_are_open_and_older_ones_folded(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    for number in range(5):
        form = officer.page(address(case)).form() | {"move": "write", "message": f"第{number}封"}
        officer.post(f"/complaints/{case.id}/decide", form)
    found = officer.page(address(case)).tree.xpath("//section[@aria-labelledby='letters']/details")
    assert [each.get("open") is not None for each in found] == [False, False, True, True, True]
    assert ["第0封" in each.text_content() for each in found] == [True, False, False, False, False]


@pytest.mark.parametrize("state", ["received", "investigating", "review", "closed", "merged"])
def test_the_english_page_marks_every_chinese_word(desk: Workbench, state: str) -> None:
    owner = agency(desk)
    desk.account()
    main = desk.case(agency_id=owner.id)
    columns: dict[str, Any] = {"state": state, "agency_id": owner.id, "assigned_to": 1}
    if state == "merged":
        columns["merged_into"] = main.id
    page = desk.in_english("limin").page(f"/en{address(desk.case(**columns))}")
    unmarked = [each for each in page.unmarked_chinese if each.strip() != "中文"]
    assert unmarked == []


def test_a_case_that_came_in_a_surge_says_so(desk: Workbench) -> None:
    officer = desk.officer()
    assert "集中到来" in officer.page(address(told(desk, LONG_AGO, in_surge=True))).text


def test_an_officer_is_told_of_an_old_beginning_without_an_end_and_not_of_an_end(desk: Workbench) -> None:
    text = desk.officer().page(address(told(desk, Details(happened_from="2020-01")))).text
    assert "请核实是否仍在继续" in text
    assert "可能已过劳动保障监察的时限" not in text


def test_an_officer_reads_that_the_complainant_does_not_know_of_a_suit(desk: Workbench) -> None:
    assert "本人不清楚" in desk.officer().page(address(told(desk, Details(proceedings="unknown")))).text


def test_of_many_merged_cases_the_page_lists_some_and_tells_how_many_more(desk: Workbench) -> None:
    main, officer = desk.case(), desk.officer()
    for _ in range(10):
        desk.case(state="merged", merged_into=main.id)
    with desk.statements() as seen:
        page = officer.page(address(main))
    assert len(page.tree.xpath("//section[@aria-labelledby='merged']//li")) == 8
    assert "另有2件" in page.text
    listing = [each for each in seen if "merged_into = " in each]
    assert listing
    assert not [each for each in listing if "sealed_facts" in each]


def test_a_text_that_cannot_be_opened_is_said_to_be_sealed_to_another_key(desk: Workbench) -> None:
    case, other, officer = desk.case(), desk.case(), desk.officer()
    with desk.installed.database.writing() as session:
        held = session.get_one(Complaint, case.id)
        held.sealed_facts = session.get_one(Complaint, other.id).sealed_facts
    page = officer.page(address(case))
    assert "这段文字是用另一把密钥封存的" in page.text
