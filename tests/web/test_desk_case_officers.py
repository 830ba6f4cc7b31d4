"""Who handles a case: taken, given back, handed out, noted; and nobody outside of their region."""

import pytest
from tests import make
from tests.casework import address, change, decide, events, moves
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.accounts.models import Account
from chengxin.ledger.models import Event
from chengxin.voices.complaints.models import Complaint

NEAR, FAR = "990100", "990200"


def to_assign(officer: Officer, case: Complaint) -> dict[str, str]:
    """Return what the button sends that takes a case or gives it back."""
    page = officer.page(address(case))
    return page.form() | {"own": str(page.tree.xpath("string(//button[@name='own']/@value)"))}


def in_region(desk: Workbench, account: Account, code: str) -> None:
    with desk.installed.database.writing() as session:
        make.region(session, code=code, name=f"区{code}")
        held = session.get(Account, account.id)
        assert held is not None
        held.region_code = code


def test_a_case_is_taken_and_given_back(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    for owner in (1, None):
        form = to_assign(officer, case)
        assert officer.post(f"/complaints/{case.id}/assign", form) == address(case)
        assert desk.stored(case).assigned_to == owner


def test_a_case_is_handed_to_another_officer_by_name(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    other = desk.account("wangqiang", "王强", "handling_officer")
    form = officer.page(address(case)).form() | {"officer": str(other.id)}
    officer.post(f"/complaints/{case.id}/assign", form)
    assert desk.stored(case).assigned_to == other.id
    assert "王强" in officer.page(address(case)).text


def test_only_officers_who_decide_cases_of_the_region_are_offered(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        make.region(session, code=NEAR)
    case, officer = desk.case(region_code=NEAR), desk.officer()
    near = desk.account("near", "近处", "handling_officer")
    far = desk.account("far", "远处", "handling_officer")
    desk.account("sunjing", "孙静", "auditor")
    in_region(desk, near, NEAR)
    in_region(desk, far, FAR)
    offered = officer.page(address(case)).tree.xpath("//select[@name='officer']/option/text()")
    assert [str(each) for each in offered] == ["未分派", "李敏", "近处"]


def test_who_hands_nothing_out_gives_no_case_to_another(desk: Workbench) -> None:
    other = desk.account("wangqiang", "王强")
    officer = desk.officer(roles="handling_officer")
    case = desk.case(assigned_to=2)
    form = officer.page(address(case)).form() | {"officer": str(other.id)}
    officer.client.post(f"/complaints/{case.id}/assign", data=form)
    assert desk.stored(case).assigned_to == 2


def test_assigning_an_overtaken_case_changes_nothing(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    form = to_assign(officer, case)
    decide(desk.officer("wangqiang", "王强"), case, move="accept")
    officer.post(f"/complaints/{case.id}/assign", form, status=409)
    assert desk.stored(case).assigned_to is None


def test_a_note_is_kept_for_the_desk_and_sealed(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    form = officer.page(address(case)).form() | {"note": "店主说周三回来。"}
    officer.post(f"/complaints/{case.id}/note", form)
    text = officer.page(address(case)).text
    assert "店主说周三回来。" in text
    assert "李敏" in text
    assert "周三" not in " ".join(f"{each.new} {each.reason}" for each in events(desk))


def test_an_empty_note_is_asked_for(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    page = officer.post(f"/complaints/{case.id}/note", officer.page(address(case)).form(), status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//*[@role='alert']//a/@href") == ["#note"]


def test_an_overtaken_note_gives_its_words_back(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    form = officer.page(address(case)).form() | {"note": "店主说周三回来。"}
    change(desk, case, version=2)
    page = officer.post(f"/complaints/{case.id}/note", form, status=409)
    assert isinstance(page, Page)
    assert "店主说周三回来。" in page.text


ROUTES = (
    "GET /",
    "POST /decide",
    "POST /assign",
    "POST /note",
    "GET /match",
    "POST /match",
    "GET /draft",
    "POST /draft",
)


@pytest.mark.parametrize("route", ROUTES)
def test_a_case_of_another_region_is_not_there_on_any_route(desk: Workbench, route: str) -> None:
    officer = desk.officer()
    token = officer.page("/").form()["csrf_token"]
    with desk.installed.database.writing() as session:
        make.region(session, code=FAR)
    case = desk.case(region_code=FAR, state="closed", finding="upheld")
    with desk.installed.database.reading() as session:
        limin = session.get(Account, 1)
        assert limin is not None
    method, path = route.split()
    url = f"/complaints/{case.id}{path}"
    assert officer.client.open(url, method=method, data={"csrf_token": token}).status_code != 404
    in_region(desk, limin, NEAR)
    answer = officer.client.open(url, method=method, data={"csrf_token": token})
    assert answer.status_code == 404
    assert case.case_no not in answer.text
    assert not [each for each in events(desk) if each.verb != "file"]


def test_every_route_of_a_case_is_walked(desk: Workbench) -> None:
    rules = [
        rule for rule in desk.app.url_map.iter_rules() if rule.rule.startswith("/complaints/<int:case_id>")
    ]
    found = {
        f"{method} {rule.rule.removeprefix('/complaints/<int:case_id>')}"
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert found == set(ROUTES)


@pytest.mark.parametrize("roles", ["publisher", "auditor", "admin", "legal_reviewer", "expert"])
def test_other_roles_neither_read_nor_decide(desk: Workbench, roles: str) -> None:
    case, officer = desk.case(), desk.officer("chenjie", "陈洁", roles)
    for method, path in (each.split() for each in ROUTES):
        answer = officer.client.open(f"/complaints/{case.id}{path}", method=method)
        assert answer.status_code in {403, 404}


def test_a_closed_case_asks_why_it_is_opened_and_writes_it_down(desk: Workbench) -> None:
    facts = "交了两千元押金，三个月不安排工作，电话也不接。"
    case, officer = desk.case(state="closed", finding="upheld", facts=facts), desk.officer()
    page = officer.page(address(case))
    assert facts not in page.text
    assert "13900000000" not in page.text
    form = page.form() | {"purpose": "reviewing"}
    officer.post(f"/reads/complaint/{case.id}", form)
    assert facts in officer.page(address(case)).text
    with desk.installed.database.reading() as session:
        read = session.query(Event).filter(Event.verb == "read").all()
    assert [each.subject_id for each in read] == [case.id]


def test_who_approves_and_handles_reads_only_what_was_given_to_them(desk: Workbench) -> None:
    facts = "交了两千元押金，三个月不安排工作，电话也不接。"
    officer = desk.officer(roles="handling_officer,publisher")
    other = desk.case(state="investigating", extension_asked_by=9, facts=facts)
    theirs = desk.case(state="investigating", extension_asked_by=9, facts=facts, assigned_to=1)
    assert moves(officer, other) == ["extend", "deny_extension"]
    assert facts not in officer.page(address(other)).text
    assert officer.client.post(f"/complaints/{other.id}/note").status_code == 404
    assert facts in officer.page(address(theirs)).text
    assert "decide" in moves(officer, theirs)
