"""Rounds on the desk: opened, reviewed, shown, and awarded by another officer."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select, update
from tests import make, rounds
from tests.desk import Brake, Officer, Workbench
from tests.desk_rounds import (
    NAME,
    ROUND,
    WRITTEN,
    errors,
    form_to,
    nominated,
    offered,
    opened,
    shown,
    step,
)
from tests.pages import Page

from chengxin.config import Settings
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.objections.models import Objection


@pytest.fixture(autouse=True)
def _monday(clock: Brake) -> Iterator[None]:
    with clock(rounds.MONDAY):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    """Give a workbench with one licensed agency in the register."""
    made = Workbench(settings)
    with made.installed.database.writing() as session:
        rounds.licensed(session, name=NAME)
    return made


@pytest.fixture
def first(desk: Workbench) -> Officer:
    """Give a publisher."""
    return desk.officer("wangjh", "王建华", "publisher")


@pytest.fixture
def second(desk: Workbench) -> Officer:
    """Give another publisher."""
    return desk.officer("chenyu", "陈瑜", "publisher")


def the_title(desk: Workbench) -> Honour:
    """Read the first title again."""
    with desk.installed.database.reading() as session:
        return session.scalars(select(Honour).order_by(Honour.id)).one()


def the_round(desk: Workbench) -> Selection:
    """Read the first round again."""
    with desk.installed.database.reading() as session:
        return session.get_one(Selection, 1)


def test_a_round_goes_from_its_opening_to_the_award(
    first: Officer, second: Officer, desk: Workbench, clock: Brake
) -> None:
    place = shown(first)
    assert offered(first.page(place)) == ["reconsider", "cancel"]
    with clock(rounds.OVER):
        again = desk.signed_in("chenyu")
        step(again, place, "award", decision_no="江人社发〔2026〕88号")
        assert "江人社发〔2026〕88号" in again.page(place).text
        assert NAME in again.page(place).text
    assert (the_round(desk).state, the_title(desk).state) == ("awarded", "awarded")


def test_the_award_waits_for_the_end_of_the_publicity(first: Officer, second: Officer) -> None:
    place = shown(first)
    page = step(second, place, "award", decision_no="江人社发〔2026〕88号", status=422)
    assert errors(page) == 1
    assert isinstance(page, Page)
    assert page.form()["decision_no"] == "江人社发〔2026〕88号"


def test_an_award_needs_the_number_of_its_decision(first: Officer, second: Officer) -> None:
    place = shown(first)
    page = step(second, place, "award", status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//*[@id='decision_no-error']")


def test_a_share_shows_what_it_is_counted_from(first: Officer) -> None:
    place = opened(first, counted_by="share", share="10", agency_places="")
    assert "1家机构的10%" in first.page(place).text


def test_a_round_form_comes_back_with_its_errors_and_its_text(first: Officer) -> None:
    fields = first.page("/exemplars/rounds/new").form() | ROUND | {"year": "二〇二六", "deadline": ""}
    page = first.post("/exemplars/rounds/new", fields, status=422)
    assert errors(page) == 2
    assert isinstance(page, Page)
    assert page.form()["title"] == ROUND["title"]


def test_a_region_nobody_knows_is_said(first: Officer) -> None:
    fields = first.page("/exemplars/rounds/new").form() | ROUND | {"region": "河州"}
    assert errors(first.post("/exemplars/rounds/new", fields, status=422)) == 1


@pytest.mark.parametrize("region", ["990000", "江州市"])
def test_a_region_is_known_by_code_or_name(first: Officer, desk: Workbench, region: str) -> None:
    with desk.installed.database.writing() as session:
        make.region(session)
    opened(first, region=region)
    assert the_round(desk).region_code == "990000"


def test_a_notice_in_force_keeps_the_list_from_the_public(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    nominated(first, place)
    step(first, place, "close", reason="材料已齐")
    step(first, "/exemplars/1/", "check")
    step(first, "/exemplars/1/", "shortlist")
    with desk.installed.database.writing() as session:
        make.notice(session, agency_id=1)
    page = step(first, place, "announce", status=422)
    assert isinstance(page, Page)
    assert NAME in page.tree.xpath("string(//div[@class='errors'])")


def test_more_than_the_places_is_refused_with_what_to_do(first: Officer, desk: Workbench) -> None:
    place = opened(first, agency_places="1")
    with desk.installed.database.writing() as session:
        rounds.licensed(session, name="江州和光人才服务有限公司")
    nominated(first, place)
    nominated(first, place, agency="江州和光人才服务有限公司")
    step(first, place, "close", reason="材料已齐")
    for number in (1, 2):
        step(first, f"/exemplars/{number}/", "check")
    step(first, "/exemplars/1/", "shortlist")
    assert errors(step(first, "/exemplars/2/", "shortlist", status=422)) == 1


def test_an_undecided_objection_holds_an_entry_back(
    first: Officer, second: Officer, desk: Workbench, clock: Brake
) -> None:
    with desk.installed.database.writing() as session:
        rounds.licensed(session, name="江州第1人力资源有限公司")
    place = shown(first, entries=2)
    with desk.installed.database.writing() as session:
        rounds.objected(session, 1)
    with clock(rounds.OVER):
        again = desk.signed_in("chenyu")
        assert "异议尚未处理" in again.page(place).text
        step(again, place, "award", decision_no="江人社发〔2026〕88号")
        assert "授予时被搁置" in again.page("/exemplars/?state=awarded").text
        assert errors(step(again, "/exemplars/1/", "award", status=422)) == 1
        with desk.installed.database.writing() as session:
            session.execute(update(Objection).values(state="decided"))
        step(again, "/exemplars/1/", "award")


def test_the_paper_for_the_meeting_lists_every_entry(first: Officer) -> None:
    place = opened(first)
    nominated(first, place)
    page = first.page(f"{place}paper")
    assert NAME in page.text
    assert WRITTEN["merit"] in page.text


def test_a_moderator_names_nobody(desk: Workbench) -> None:
    moderator = desk.officer()
    for path in ("/exemplars/", "/exemplars/rounds/new", "/exemplars/1/"):
        assert moderator.client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["404/", "rounds/404/", "rounds/404/nominate", "rounds/404/paper"])
def test_what_is_not_there_is_not_found(first: Officer, path: str) -> None:
    first.page(f"/exemplars/{path}", status=404)


def test_the_desk_speaks_english_too(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    first.page(nominated(first, place, kind="person", holder="秦小满"))
    for path in ("/exemplars/", place, f"{place}nominate", f"{place}paper", "/exemplars/1/"):
        answer = first.client.get(path, environ_overrides={"chengxin.locale": "en"})
        page = Page(answer, html.fromstring(answer.get_data()))
        assert [each for each in page.unmarked_chinese if "王建华" not in each] == []
        assert "Exempl" in page.text or "Nominat" in page.text


def marked(officer: Officer, place: str, act: str, *chosen: str, status: int = 303) -> Page | str:
    """Choose entries of a round and do the same to all of them."""
    page = officer.page(place)
    boxes = {
        str(each).split(":")[0]: str(each) for each in page.tree.xpath("//input[@name='entries']/@value")
    }
    fields: dict[str, Any] = {**form_to(page, "mark"), "act": act}
    fields["entries"] = [boxes[each] for each in chosen]
    return officer.post(f"{place}mark", fields, status=status)


def test_several_entries_are_checked_and_shortlisted_at_once(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    with desk.installed.database.writing() as session:
        rounds.licensed(session, name="江州第1人力资源有限公司")
    nominated(first, place)
    nominated(first, place, agency="江州第1人力资源有限公司")
    assert first.page(place).tree.xpath("//input[@name='act']/@value") == ["check"]
    step(first, place, "close", reason="材料已齐")
    marked(first, place, "check", "1", "2")
    marked(first, place, "shortlist", "1", "2")
    assert first.page(place).tree.xpath("//input[@name='act']") == []
    assert first.page(place).text.count("已入围") == 2


def test_of_several_entries_all_are_marked_or_none(first: Officer, desk: Workbench) -> None:
    place = opened(first, agency_places="1")
    with desk.installed.database.writing() as session:
        rounds.licensed(session, name="江州第1人力资源有限公司")
    nominated(first, place)
    nominated(first, place, agency="江州第1人力资源有限公司")
    step(first, place, "close", reason="材料已齐")
    marked(first, place, "check", "1", "2")
    page = marked(first, place, "shortlist", "1", "2", status=422)
    assert errors(page) == 1
    assert isinstance(page, Page)
    assert len(page.tree.xpath("//input[@name='entries'][@checked]")) == 2
    assert "已入围" not in page.text.replace("列入入围名单", "")
    assert errors(marked(first, place, "shortlist", status=422)) == 1
