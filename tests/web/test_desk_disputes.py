"""Objections, repairs and corrections on the desk: entered, listed, decided by the right person."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.disputes import objection, repair
from tests.pages import Page

from chengxin.cli.work import do_all
from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.standing.objections.models import Objection
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction

TODAY = date(2026, 11, 20)
PAPER = {
    "record": "notices/2026/1",
    "ground": "wrong",
    "text": "来信说金额写错，附决定书复印件，存档第12号。",
    "name": "王小川",
}
FULFILLED = {"text": "押金已于2026年11月5日全部退还，制度已修改。", "fulfilled": "y", "undertaking": "y"}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    """Give a workbench with one public notice, old enough to be repaired."""
    made = Workbench(settings)
    with made.installed.database.writing() as session:
        make.notice(session, decision_date=date(2026, 6, 1))
    return made


@pytest.fixture
def one(desk: Workbench) -> Officer:
    return desk.officer("wangjh", "王建华", "publisher")


@pytest.fixture
def other(desk: Workbench) -> Officer:
    return desk.officer("zhaoyu", "赵宇", "publisher")


def disputed(desk: Workbench, **values: Any) -> Objection:
    with desk.installed.database.writing() as session:
        return objection(session, key=intake_keyring(desk.settings), **values)


def asked(desk: Workbench, **values: Any) -> Repair:
    with desk.installed.database.writing() as session:
        notice = session.get(Sanction, 1)
        assert notice is not None
        return repair(session, notice, **values)


def asked_of_another(desk: Workbench) -> Repair:
    with desk.installed.database.writing() as session:
        return repair(session, make.notice(session, decision_date=date(2026, 6, 1)))


def step(officer: Officer, path: str, step: str, reason: str = "", *, status: int = 303) -> Page | str:
    form = officer.page(path).form() | {"step": step, "reason": reason}
    return officer.post(f"{path}step", form, status=status)


def steps(officer: Officer, path: str) -> list[str]:
    return [str(each) for each in officer.page(path).tree.xpath("//input[@name='step']/@value")]


def test_an_objection_on_paper_is_entered_and_listed(desk: Workbench, one: Officer) -> None:
    form = one.page("/objections/new").form() | PAPER
    assert one.post("/objections/new", form) == "/objections/1/"
    page = one.page("/objections/1/")
    assert "存档第12号" in page.text
    assert "王小川" in page.text
    assert desk.stored(disputed(desk)).target_kind == "sanction"
    assert len(one.page("/objections/").tree.xpath("//ul[@class='rows']/li")) == 2


def test_a_record_that_is_not_there_comes_back_with_the_text(one: Officer) -> None:
    form = one.page("/objections/new").form() | PAPER | {"record": "notices/2026/9"}
    page = one.post("/objections/new", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["text"] == PAPER["text"]


def test_an_objection_is_marked_then_decided_by_somebody_impartial(desk: Workbench, one: Officer) -> None:
    disputed(desk)
    assert steps(one, "/objections/1/") == ["mark", "refuse", "withdraw"]
    step(one, "/objections/1/", "mark", "罚没金额有异议")
    assert steps(one, "/objections/1/") == ["upheld", "partly", "not_upheld", "withdraw"]
    step(one, "/objections/1/", "upheld", "金额应为四百二十元。")
    page = one.page("/objections/1/")
    assert page.tree.xpath("//a[contains(@href, '/notices/1/correct?objection=1')]")
    assert steps(one, "/objections/1/") == ["ask_review"]


def test_a_step_without_its_words_keeps_the_choice(desk: Workbench, one: Officer) -> None:
    disputed(desk)
    page = step(one, "/objections/1/", "mark", status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//input[@name='step'][@value='mark'][@checked]")


def test_the_author_of_a_notice_is_not_offered_the_decision(desk: Workbench, one: Officer) -> None:
    account = desk.account("limin", "李敏", "publisher")
    with desk.installed.database.writing() as session:
        (second,) = make.actors(session, count=1)
        made = make.served_notice(session, author=f"account:{account.id}", reviewer=second)
        objection(session, key=intake_keyring(desk.settings), target_id=made.id, marked=True)
    author = desk.signed_in("limin")
    assert steps(author, "/objections/1/") == ["withdraw"]
    assert steps(one, "/objections/1/") == ["upheld", "partly", "not_upheld", "withdraw"]


def test_a_review_is_not_for_who_decided(desk: Workbench, one: Officer, other: Officer) -> None:
    disputed(desk, marked=True)
    step(one, "/objections/1/", "not_upheld", "与决定书一致。")
    step(one, "/objections/1/", "ask_review", "申请人不服")
    assert steps(one, "/objections/1/") == ["withdraw"]
    step(other, "/objections/1/", "upheld", "复核后认定数字有误。")
    assert desk.stored(disputed(desk, nonce="x")).id == 2


def test_the_second_of_two_officers_is_told(desk: Workbench, one: Officer, other: Officer) -> None:
    disputed(desk)
    held = other.page("/objections/1/").form() | {"step": "refuse", "reason": "与记录无关"}
    step(one, "/objections/1/", "mark", "金额有异议")
    page = other.post("/objections/1/step", held, status=409)
    assert isinstance(page, Page)
    assert "与记录无关" in page.answer.text


def test_disputes_wait_in_the_queue_by_their_deadline(desk: Workbench, one: Officer) -> None:
    disputed(desk)
    asked(desk)
    english = desk.in_english("wangjh")
    codes = english.page("/en/").tree.xpath("//table//td//a/text()")
    assert [str(each) for each in codes] == ["Objection 1", "Credit repair 1"]
    titles = english.page("/en/?view=disputes").tree.xpath("//table//td//a/text()")
    assert len(titles) == 2


def test_an_overdue_mark_is_overdue_in_the_queue(desk: Workbench, one: Officer, clock: Brake) -> None:
    disputed(desk)
    with clock(datetime(2026, 11, 24, 4, 0, tzinfo=UTC)):
        officer = desk.in_english("wangjh")
        assert officer.page("/en/?view=overdue").tree.xpath("//td//a[text()='Objection 1']")
        assert "Overdue" in officer.page("/en/objections/1/").text
    assert not desk.in_english("wangjh").page("/en/?view=overdue").tree.xpath("//td//a[text()='Objection 1']")


def test_a_repair_on_paper_is_entered_checked_and_granted_by_two(
    desk: Workbench, one: Officer, other: Officer
) -> None:
    form = one.page("/notices/1/repair").form() | FULFILLED
    assert one.post("/notices/1/repair", form) == "/repairs/1/"
    step(one, "/repairs/1/", "accept")
    step(one, "/repairs/1/", "propose", "押金已退还，材料齐全。")
    assert steps(one, "/repairs/1/") == ["decline"]
    step(other, "/repairs/1/", "confirm")
    with desk.installed.database.reading() as session:
        assert sanctions.published(session, today=TODAY) == []


def test_a_repair_without_its_promises_comes_back(one: Officer) -> None:
    form = one.page("/notices/1/repair").form() | {"text": FULFILLED["text"]}
    page = one.post("/notices/1/repair", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["text"] == FULFILLED["text"]


def test_a_moderator_checks_a_repair_but_grants_none(desk: Workbench) -> None:
    asked(desk, accepted=True)
    moderator = desk.officer()
    assert steps(moderator, "/repairs/1/") == ["refuse", "withdraw"]


def test_a_grant_confirmed_on_the_notice_page_settles_the_request(
    desk: Workbench, one: Officer, other: Officer
) -> None:
    made = asked(desk, accepted=True)
    step(one, "/repairs/1/", "propose", "押金已退还。")
    step(other, "/notices/1/", "confirm", "材料齐全。")
    assert desk.stored(made).state == "granted"


def test_a_correction_is_proposed_compared_and_put_in_force_by_a_second(
    desk: Workbench, one: Officer, other: Officer
) -> None:
    facts = "2026年8月，该公司向7名求职者收取押金共420元。"
    form = one.page("/notices/1/correct?objection=").form()
    form |= {"facts": facts, "note": "押金总额有误，已更正。"}
    assert one.post("/notices/1/correct", form) == "/corrections/1/"
    page = one.page("/corrections/1/")
    assert "4200元" in page.text
    assert "420元" in page.text
    assert steps(one, "/corrections/1/") == ["decline"]
    step(other, "/corrections/1/", "confirm")
    with desk.installed.database.reading() as session:
        notice = session.get(Sanction, 1)
        assert notice is not None
        assert notice.facts == facts
        assert len(sanctions.revisions(session, 1)) == 2


def test_a_correction_that_changes_nothing_comes_back(one: Officer) -> None:
    form = one.page("/notices/1/correct").form() | {"note": "没有变化"}
    page = one.post("/notices/1/correct", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["note"] == "没有变化"


def test_a_second_correction_leads_to_the_open_one(one: Officer) -> None:
    form = one.page("/notices/1/correct").form() | {"summary": "向求职者收押金", "note": "用词"}
    one.post("/notices/1/correct", form)
    assert one.client.get("/notices/1/correct").location == "/corrections/1/"


@pytest.mark.parametrize("path", ["/objections/", "/repairs/", "/objections/new"])
def test_an_auditor_has_no_business_here(desk: Workbench, path: str) -> None:
    auditor = desk.officer("audit", "审计", "auditor")
    assert auditor.client.get(path).status_code == 403


def test_the_pages_exist_in_english(desk: Workbench, one: Officer) -> None:
    disputed(desk)
    asked(desk)
    english = desk.in_english("wangjh")
    pages = ["/objections/", "/objections/new", "/repairs/", "/repairs/1/"]
    for path in [*pages, "/notices/1/repair"]:
        assert english.page(f"/en{path}").unmarked_chinese == [], path


def test_a_quashed_decision_is_entered_with_its_day_and_withdrawn_by_a_second(
    desk: Workbench, one: Officer, other: Officer
) -> None:
    path = "/notices/1/facts/quashed"
    assert one.page("/notices/1/").tree.xpath(f"//a[@href='{path}']")
    form = one.page(path).form() | {"day": "2026-11-18", "reason": "决定已被复议机关撤销。"}
    one.post(path, form)
    page = desk.in_english("zhaoyu").page("/en/notices/1/")
    assert "23 November 2026" in page.text
    step(other, "/notices/1/", "confirm")
    with desk.installed.database.reading() as session:
        assert sanctions.published(session, today=TODAY) == []


def test_the_worker_closes_a_request_whose_notice_the_calendar_ended(
    desk: Workbench, one: Officer, clock: Brake
) -> None:
    made = asked(desk)
    with clock(datetime(2027, 6, 2, 4, 0, tzinfo=UTC)):
        assert do_all(desk.settings, desk.installed.database) == 0
    assert desk.stored(made).state == "lapsed"


@pytest.mark.parametrize(
    ("file", "address"),
    [(disputed, "/objections/?state=received"), (asked_of_another, "/repairs/?state=requested")],
)
def test_a_list_asks_no_question_a_row(
    desk: Workbench, one: Officer, file: Callable[[Workbench], object], address: str
) -> None:
    def questions() -> int:
        with desk.statements() as seen:
            one.page(address)
        return len(seen)

    file(desk)
    few = questions()
    for _ in range(4):
        file(desk)
    assert questions() == few
