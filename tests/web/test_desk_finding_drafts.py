"""From a finding to the draft of a notice: filled in, masked, matched to the register, never the original."""

import pytest
from sqlalchemy import select
from tests import make
from tests.casework import address, change, give_purpose
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.agencies.models import Agency
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints.models import Complaint

FACTS = "我叫王小明，电话13812345678，9月3日交了两千元押金，三个月没有安排工作。"
UPHELD = {"state": "closed", "finding": "upheld", "violation": "deposit"}


def agency(desk: Workbench, name: str = "江州捷聘人力资源有限公司", **values: object) -> Agency:
    with desk.installed.database.writing() as session:
        make.region(session)
        return make.agency(session, name=name, **values)


def draft(officer: Officer, case: Complaint, *, status: int = 303, **changes: str) -> Page | str:
    give_purpose(officer, case)
    form = officer.page(f"{address(case)}draft").form() | changes
    return officer.post(f"{address(case)}draft", form, status=status)


def drafts(desk: Workbench) -> list[Sanction]:
    with desk.installed.database.reading() as session:
        return list(session.scalars(select(Sanction).order_by(Sanction.id)))


def test_one_press_makes_the_draft(desk: Workbench) -> None:
    owner = agency(desk, region_code="990000")
    case, officer = desk.case(facts=FACTS, agency_id=owner.id, **UPHELD), desk.officer()
    assert draft(officer, case) == "/notices/1/"
    [made] = drafts(desk)
    assert (made.agency_id, made.party_name, made.category) == (owner.id, owner.name, "deposit")
    assert (made.complaint_id, made.state, made.decided) == (case.id, "draft", False)
    assert "就业促进法" in made.basis
    assert made.due_on is not None
    assert made.title == f"关于{owner.name}的失信曝光公告"


def test_the_case_shows_the_drafts_that_grew_out_of_it(desk: Workbench) -> None:
    owner = agency(desk)
    case, officer = desk.case(facts=FACTS, agency_id=owner.id, **UPHELD), desk.officer()
    draft(officer, case)
    assert f"关于{owner.name}的失信曝光公告" in officer.page(address(case)).text


def test_data_of_persons_never_reaches_the_draft(desk: Workbench) -> None:
    case, officer = desk.case(facts=FACTS, **UPHELD), desk.officer()
    page = draft(officer, case, status=422, also="王小明")
    assert isinstance(page, Page)
    assert "公开文本中仍有：王小明" in page.text
    draft(officer, case, status=422, public_text=FACTS)
    assert not drafts(desk)
    draft(officer, case, also="王小明", public_text="9月3日收取押金两千元，电话■■■。")
    assert [each.facts for each in drafts(desk)] == ["9月3日收取押金两千元，电话■■■。"]


def test_the_masks_are_shown_before_anything_is_kept(desk: Workbench) -> None:
    case, officer = desk.case(facts=FACTS, **UPHELD), desk.officer()
    page = draft(officer, case, status=200, also="王小明", redact="apply")
    assert isinstance(page, Page)
    assert "王小明" not in page.form()["public_text"]
    assert not drafts(desk)


@pytest.mark.parametrize(
    "written",
    [
        "江州捷聘人力资源有限公司",
        "捷聘人力资源",
        "江州捷聘劳务公司",
        "江州市捷聘",
        "捷聘中介 91990000MA00000001",
    ],
)
def test_a_free_text_respondent_gets_candidates_of_the_register(desk: Workbench, written: str) -> None:
    owner = agency(desk, uscc="91990000MA00000001")
    agency(desk, "北岸远帆劳务派遣有限公司")
    case, officer = desk.case(respondent=written, facts=FACTS, **UPHELD), desk.officer()
    give_purpose(officer, case)
    values = officer.page(f"{address(case)}draft").tree.xpath("//input[@name='party']/@value")
    assert values == [owner.uid, "none"]


def test_an_agency_that_is_not_in_the_register_is_named_as_it_was_written(desk: Workbench) -> None:
    case, officer = desk.case(respondent="巷口无名中介", facts=FACTS, **UPHELD), desk.officer()
    draft(officer, case)
    [made] = drafts(desk)
    assert (made.agency_id, made.party_name) == (None, "巷口无名中介")


@pytest.mark.parametrize("finding", ["", "not_upheld", "undetermined"])
def test_only_what_was_upheld_becomes_a_notice(desk: Workbench, finding: str) -> None:
    case, officer = desk.case(state="closed", finding=finding), desk.officer()
    answer = officer.client.get(f"{address(case)}draft")
    assert answer.status_code in {400, 409, 422}
    assert not officer.page(address(case)).tree.xpath("//a[contains(@href, '/draft')]")


def test_an_overtaken_draft_is_not_made(desk: Workbench) -> None:
    case, officer = desk.case(facts=FACTS, **UPHELD), desk.officer()
    give_purpose(officer, case)
    form = officer.page(f"{address(case)}draft").form()
    change(desk, case, version=2)
    officer.post(f"{address(case)}draft", form, status=409)
    assert not drafts(desk)


def test_a_closed_case_is_opened_for_a_draft_only_after_saying_why(desk: Workbench) -> None:
    case, officer = desk.case(facts=FACTS, **UPHELD), desk.officer()
    for page in (officer.page(f"{address(case)}draft"), officer.page(address(case))):
        assert "两千元押金" not in page.text
    form = officer.page(f"{address(case)}draft").form() | {"purpose": "reviewing"}
    assert officer.post(f"/reads/complaint/{case.id}", form) == f"{address(case)}draft"
    assert "两千元押金" in officer.page(f"{address(case)}draft").text


def test_a_draft_sent_unasked_opens_nothing(desk: Workbench) -> None:
    case, officer = desk.case(facts=FACTS, **UPHELD), desk.officer()
    token = officer.page(f"{address(case)}draft").form()["csrf_token"]
    page = officer.post(f"{address(case)}draft", {"csrf_token": token, "redact": "apply"}, status=200)
    assert isinstance(page, Page)
    assert "两千元押金" not in page.text
