"""An officer matches a case to the register and corrects its category, from the page of the case."""

import pytest
from tests import make
from tests.casework import address, change, events, give_purpose
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.agencies.actions import keep_name
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import NameKind
from chengxin.voices.complaints.models import Complaint

NAME, CODE = "江州捷聘人力资源有限公司", "91990000MA00000001"
NUMBER = "(江)人服证字〔2024〕第0077号"


def agency(desk: Workbench, name: str = NAME, **values: object) -> Agency:
    with desk.installed.database.writing() as session:
        make.region(session)
        return make.agency(session, name=name, **values)


def match(officer: Officer, case: Complaint, *, status: int = 303, **changes: str) -> Page | str:
    form = officer.page(f"{address(case)}match").form() | changes
    return officer.post(f"{address(case)}match", form, status=status)


def offered(officer: Officer, case: Complaint) -> list[str]:
    page = officer.page(f"{address(case)}match")
    return [str(value) for value in page.tree.xpath("//input[@name='party']/@value")]


def test_the_case_page_leads_to_the_match_and_shows_it_afterwards(desk: Workbench) -> None:
    owner, case, officer = agency(desk), desk.case(respondent="捷聘"), desk.officer()
    assert officer.page(address(case)).tree.xpath(f"//a[starts-with(@href, '{address(case)}match')]")
    assert match(officer, case, party=owner.uid, category="wages") == address(case)
    assert officer.page(address(case)).tree.xpath("string(//h1)") == NAME
    assert desk.stored(case).category == "wages"


def test_the_history_names_the_agency_it_was_matched_to(desk: Workbench) -> None:
    owner, case, officer = agency(desk), desk.case(respondent="捷聘"), desk.officer()
    match(officer, case, party=owner.uid, reason="按执照核对")
    [happened] = officer.page(address(case)).tree.xpath("//section[@aria-labelledby='history']//li[1]")
    assert NAME in happened.text_content()
    assert "按执照核对" in happened.text_content()


def test_the_region_follows_the_agency(desk: Workbench) -> None:
    owner, case = agency(desk, region_code="990000"), desk.case(respondent="捷聘")
    match(desk.officer(), case, party=owner.uid)
    assert desk.stored(case).region_code == "990000"


@pytest.mark.parametrize("kind", [NameKind.FORMER, NameKind.ALIAS])
def test_a_former_name_or_an_alias_leads_to_the_agency(desk: Workbench, kind: NameKind) -> None:
    owner, case = agency(desk), desk.case(respondent="江州旧雨劳务服务部")
    with desk.installed.database.writing() as session:
        keep_name(session, agency=session.get_one(Agency, owner.id), kind=kind, name="江州旧雨劳务服务部")
    assert offered(desk.officer(), case) == [owner.uid, "none"]


@pytest.mark.parametrize("typed", [NAME, CODE, NUMBER])
def test_an_agency_that_is_not_among_the_likely_ones_is_typed(desk: Workbench, typed: str) -> None:
    owner, case, officer = agency(desk, uscc=CODE), desk.case(respondent="巷口无名中介"), desk.officer()
    with desk.installed.database.writing() as session:
        make.permit(session, owner, number=NUMBER, folded_number="江人服证字2024第0077号")
    assert offered(officer, case) == ["none"]
    match(officer, case, party_typed=typed)
    assert desk.stored(case).agency_id == owner.id


def test_what_was_typed_stays_when_the_register_knows_no_such_agency(desk: Workbench) -> None:
    case, officer = desk.case(respondent="巷口无名中介"), desk.officer()
    page = match(officer, case, status=422, party_typed="海角天涯劳务", reason="执照上这样写")
    assert isinstance(page, Page)
    assert page.form()["party_typed"] == "海角天涯劳务"
    assert page.form()["reason"] == "执照上这样写"


def test_a_likely_agency_is_not_chosen_for_the_officer(desk: Workbench) -> None:
    agency(desk)
    case, officer = desk.case(respondent="捷聘"), desk.officer()
    match(officer, case, status=422)
    assert desk.stored(case).version == 1


def test_a_record_that_was_merged_leads_to_what_it_became(desk: Workbench) -> None:
    new = agency(desk, "江州远帆人力资源有限公司")
    agency(desk, merged_into_id=new.id)
    assert offered(desk.officer(), desk.case(respondent=NAME)) == [new.uid, "none"]


def test_an_overtaken_match_is_not_kept(desk: Workbench) -> None:
    owner, case, officer = agency(desk), desk.case(respondent="捷聘"), desk.officer()
    form = officer.page(f"{address(case)}match").form() | {"party": owner.uid, "reason": "核对执照"}
    change(desk, case, version=2)
    page = officer.post(f"{address(case)}match", form, status=409)
    assert isinstance(page, Page)
    assert "核对执照" in page.text
    assert desk.stored(case).agency_id is None


def test_the_draft_takes_the_match_from_the_case(desk: Workbench) -> None:
    owner = agency(desk, "江州远帆人力资源有限公司")
    case = desk.case(respondent="捷聘", state="closed", finding="upheld")
    officer = desk.officer()
    match(officer, case, party_typed=owner.name, reason="按执照核对")
    give_purpose(officer, case)
    form = officer.page(f"{address(case)}draft").form()
    assert form["party"] == owner.uid


def test_the_case_keeps_the_agency_an_officer_typed_into_the_draft(desk: Workbench) -> None:
    owner = agency(desk, uscc=CODE, region_code="990000")
    case = desk.case(respondent="巷口无名中介", state="closed", finding="upheld")
    officer = desk.officer()
    give_purpose(officer, case)
    form = officer.page(f"{address(case)}draft").form() | {"party_typed": CODE}
    officer.post(f"{address(case)}draft", form)
    assert (desk.stored(case).agency_id, desk.stored(case).region_code) == (owner.id, "990000")
    assert [each.verb for each in events(desk)][-1] == "match"
