"""Supervision on the desk: marks, links, permit decisions and inspections, by two persons each."""

from datetime import date

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import Officer, Workbench

from chengxin.agencies.models import Agency, Permit
from chengxin.config import Settings
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.permits.models import PermitAct


@pytest.fixture
def bench(settings: Settings) -> Workbench:
    return Workbench(settings)


@pytest.fixture
def first(bench: Workbench) -> Officer:
    return bench.officer()


@pytest.fixture
def second(bench: Workbench) -> Officer:
    return bench.officer("wangqiang", "王强", "publisher")


@pytest.fixture
def owner(bench: Workbench) -> Agency:
    with bench.installed.database.writing() as session:
        made = make.agency(session, name="江州远帆人力资源有限公司")
        make.permit(session, made, number="(江)人服证字〔2024〕第7号", folded_number="江人服证字2024第7号")
        return made


def only(bench: Workbench, model: type) -> object:
    with bench.installed.database.reading() as session:
        return session.scalars(select(model)).one()


def propose(officer: Officer, owner: Agency, *, status: int = 303, **values: str) -> object:
    form = officer.page("/abnormal/new").form()
    form |= {"agency": owner.name, "cause": "idle", "set_on": "2026-11-02", **values}
    return officer.post("/abnormal/new", form, status=status)


def step(officer: Officer, path: str, act: str, *, status: int = 303, reason: str = "") -> object:
    form = officer.page(path).form() | {"step": act, "reason": reason}
    return officer.post(f"{path}step", form, status=status)


def test_a_mark_goes_from_proposal_to_removal_by_two_persons(
    bench: Workbench, first: Officer, second: Officer, owner: Agency
) -> None:
    propose(first, owner)
    assert "江州远帆" in first.page("/abnormal/").text
    step(second, "/abnormal/1/", "confirm")
    step(second, "/abnormal/1/", "propose_removal", reason="已恢复经营")
    assert "已恢复经营" in first.page("/abnormal/1/").text
    step(bench.officer("zhaoyu", "赵宇", "publisher"), "/abnormal/1/", "remove")
    mark = only(bench, AbnormalMark)
    assert isinstance(mark, AbnormalMark)
    assert (mark.state, mark.cause) == ("removed", "idle")


def test_who_proposed_is_not_offered_the_confirmation(second: Officer, owner: Agency) -> None:
    propose(second, owner)
    page = second.page("/abnormal/1/")
    offered = page.tree.xpath("//input[@name='step']/@value")
    assert offered == ["decline"]
    form = page.form() | {"step": "confirm", "reason": ""}
    second.post("/abnormal/1/step", form, status=422)


def test_a_moderator_may_propose_but_not_confirm(first: Officer, second: Officer, owner: Agency) -> None:
    propose(second, owner)
    assert first.page("/abnormal/1/").tree.xpath("//input[@name='step']/@value") == ["decline"]


def test_what_was_typed_comes_back_with_what_to_change(first: Officer, owner: Agency) -> None:
    page = propose(first, owner, status=422, cause="", facts="走访三次，大门紧锁。")
    assert not isinstance(page, str)
    assert "走访三次" in page.text  # type: ignore[attr-defined]
    page = propose(first, owner, status=422, agency="没有这家", facts="走访三次")
    assert "走访三次" in page.text  # type: ignore[attr-defined]


def test_a_step_without_its_reason_is_asked_for_it(first: Officer, second: Officer, owner: Agency) -> None:
    propose(first, owner)
    step(second, "/abnormal/1/", "decline", status=422)


def test_the_slower_officer_is_told_and_gets_the_words_back(
    first: Officer, second: Officer, owner: Agency
) -> None:
    propose(first, owner)
    seen = first.page("/abnormal/1/").form() | {"step": "decline", "reason": "我写的理由"}
    step(second, "/abnormal/1/", "confirm")
    page = first.post("/abnormal/1/step", seen, status=409)
    assert "我写的理由" in page.text  # type: ignore[union-attr]


def test_a_link_is_drafted_and_confirmed(
    bench: Workbench, first: Officer, second: Officer, owner: Agency
) -> None:
    with bench.installed.database.writing() as session:
        later = make.agency(session, name="江州新帆人力资源有限公司").name
    form = first.page("/lineage/new").form() | {
        "earlier": owner.name,
        "later": later,
        "kind": "succession",
        "on_day": "2025-06-03",
        "document": "准予变更登记通知书〔2025〕第118号",
        "issuer": "江州市市场监督管理局",
    }
    first.post("/lineage/new", form | {"later": owner.name}, status=422)
    first.post("/lineage/new", form | {"document": ""}, status=422)
    first.post("/lineage/new", form)
    step(second, "/lineage/1/", "confirm")
    link = only(bench, LineageLink)
    assert isinstance(link, LineageLink)
    assert link.state == "in_force"
    assert "准予变更" in second.page("/lineage/1/").text
    assert "江州新帆" in second.page("/lineage/?state=in_force").text


def decide(officer: Officer, *, status: int = 303, **values: str) -> object:
    form = officer.page("/permits/new").form() | {
        "number": "(江)人服证字[2024]第7号",
        "change": "withdrawn",
        "fact": "",
        "on_day": "2026-11-02",
        "decided_on": "2026-11-02",
        "decision_no": "江人社许〔2026〕7号",
        **values,
    }
    return officer.post("/permits/new", form, status=status)


def stored_permit(bench: Workbench) -> Permit:
    found = only(bench, Permit)
    assert isinstance(found, Permit)
    return found


def test_an_ending_that_is_no_penalty_holds_at_once(bench: Workbench, first: Officer, owner: Agency) -> None:
    decide(first)
    assert (stored_permit(bench).status, stored_permit(bench).status_on) == ("withdrawn", date(2026, 11, 2))


def test_a_revocation_waits_for_a_second_person_and_shows_its_last_day(
    bench: Workbench, first: Officer, second: Officer, owner: Agency
) -> None:
    decide(first, change="revoked")
    assert stored_permit(bench).status == "valid"
    assert first.page("/permits/").tree.xpath("//*[contains(@class, 'chip')]")
    step(second, "/permits/1/", "confirm")
    assert stored_permit(bench).status == "revoked"
    assert isinstance(only(bench, PermitAct), PermitAct)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "没有这个号"},
        {"change": "changed"},
        {"change": "renewed", "new": "五年以后"},
        {"decided_on": "2126-11-02"},
        {"on_day": "昨天"},
        {"decision_no": ""},
    ],
)
def test_a_decision_that_cannot_be_is_sent_back_with_its_words(
    first: Officer, owner: Agency, wrong: dict[str, str]
) -> None:
    page = decide(first, status=422, reason="我写的说明", **wrong)
    assert "我写的说明" in page.text  # type: ignore[attr-defined]


def test_a_batch_is_drawn_entered_handed_in_and_published(
    bench: Workbench, first: Officer, second: Officer, owner: Agency
) -> None:
    form = first.page("/inspections/new").form()
    form |= {"title": "秋季抽查", "wanted": "1", "inspectors": "周宁\n吴桐\n郑和"}
    first.post("/inspections/new", form | {"inspectors": "周宁"}, status=422)
    first.post("/inspections/new", form | {"wanted": "9"}, status=422)
    first.post("/inspections/new", form | {"region": "123456"}, status=422)
    first.post("/inspections/new", form)
    assert "江州远帆" in first.page("/inspections/1/").text
    step(first, "/inspections/1/", "hand_in", status=422)
    result = first.page("/inspections/results/1/").form()
    first.post("/inspections/results/1/", result, status=422)
    drawn = only(bench, InspectionBatch)
    assert isinstance(drawn, InspectionBatch)
    told = result | {"result": "corrected", "inspected_on": drawn.drawn_on.isoformat(), "note": "已补公示"}
    first.post("/inspections/results/1/", told)
    first.post("/inspections/results/1/", told | {"result": "refused"}, status=409)
    step(first, "/inspections/1/", "hand_in")
    assert first.page("/inspections/1/").tree.xpath("//input[@name='step']/@value") == ["return", "discard"]
    step(second, "/inspections/1/", "publish")
    batch, held = only(bench, InspectionBatch), only(bench, Inspection)
    assert isinstance(batch, InspectionBatch)
    assert isinstance(held, Inspection)
    assert (batch.state, held.result) == ("published", "corrected")
    assert "秋季抽查" in first.page("/inspections/?state=published").text


@pytest.mark.parametrize("place", ["permits", "abnormal", "lineage", "inspections"])
def test_only_the_staff_with_the_right_comes_in(bench: Workbench, place: str) -> None:
    auditor = bench.officer("auditor", "审计", "auditor")
    for path in (f"/{place}/", f"/{place}/new"):
        assert auditor.client.get(path).status_code == 403


@pytest.mark.parametrize("place", ["permits", "abnormal", "lineage", "inspections"])
def test_a_record_that_is_not_there_is_a_404(first: Officer, place: str) -> None:
    assert first.client.get(f"/{place}/99/").status_code == 404


def test_the_tools_stand_on_the_page_of_tools_in_both_languages(first: Officer) -> None:
    addresses = first.page("/more/").tree.xpath("//main//a/@href")
    for place in ("permits", "abnormal", "lineage", "inspections"):
        assert any(str(each).endswith(f"/{place}/") for each in addresses)
