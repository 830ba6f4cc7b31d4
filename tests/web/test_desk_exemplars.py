"""Rounds and titles on the desk: opened, nominated, shortlisted, shown, awarded by another, taken back by two."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from tests import make, rounds
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.config import Settings
from chengxin.standing.exemplars.models import Honour, Selection

Brake = Callable[[datetime], AbstractContextManager[None]]
NAME = "江州远帆人力资源有限公司"
ROUND = {
    "title": "2026年度江州市诚信服务示范机构",
    "level": "city",
    "year": "2026",
    "counted_by": "number",
    "agency_places": "2",
    "window_places": "1",
    "person_places": "1",
    "deadline": "2026-11-09",
}
WRITTEN = {"agency": NAME, "kind": "agency", "via": "officer", "merit": "三年无有效投诉"}
PLACE = "/exemplars/rounds/1/"


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


def opened(officer: Officer, **changes: str) -> str:
    """Open a round and return the address of its page."""
    fields = officer.page("/exemplars/rounds/new").form() | ROUND | changes
    return str(officer.post("/exemplars/rounds/new", fields))


def nominated(officer: Officer, place: str = PLACE, **changes: str) -> str:
    """Nominate and return the address of the title's page."""
    fields = officer.page(f"{place}nominate").form() | WRITTEN | changes
    return str(officer.post(f"{place}nominate", fields))


def step(officer: Officer, address: str, chosen: str, *, status: int = 303, **more: str) -> Page | str:
    """Take a step on the page of a title or a round."""
    fields = _form(officer.page(address), "step") | {"step": chosen} | more
    return officer.post(f"{address}step", fields, status=status)


def _form(page: Page, end: str) -> dict[str, str]:
    """Return the fields of the form that is sent to an address with this end."""
    forms = [each for each in page.tree.forms if (each.action or "").endswith(f"/{end}")]
    return {str(name): str(forms[0].fields[name] or "") for name in forms[0].fields if name}


def offered(page: Page) -> list[str]:
    """Return the steps a page offers."""
    return [str(value) for value in page.tree.xpath("//input[@name='step']/@value")]


def errors(page: Page | str) -> int:
    """Return how many errors a page lists."""
    assert isinstance(page, Page)
    return len(page.tree.xpath("//div[@class='errors']//li"))


def shown(first: Officer, *, entries: int = 1) -> str:
    """Bring the first round before the public and return its address."""
    place = opened(first)
    for number in range(entries):
        other = {} if number == 0 else {"agency": f"江州第{number}人力资源有限公司"}
        nominated(first, place, **other)
    step(first, place, "close", reason="材料已齐")
    for number in range(1, entries + 1):
        step(first, f"/exemplars/{number}/", "check")
        step(first, f"/exemplars/{number}/", "shortlist")
    step(first, place, "announce")
    return place


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
        step(second, place, "award", decision_no="江人社发〔2026〕88号")
    assert (the_round(desk).state, the_title(desk).state) == ("awarded", "awarded")
    assert "江人社发〔2026〕88号" in second.page(place).text
    assert NAME in second.page(place).text


def test_the_award_waits_for_the_end_of_the_publicity(first: Officer, second: Officer) -> None:
    place = shown(first)
    page = step(second, place, "award", decision_no="江人社发〔2026〕88号", status=422)
    assert errors(page) == 1
    assert isinstance(page, Page)
    assert page.form()["decision_no"] == "江人社发〔2026〕88号"


def test_an_award_needs_the_number_of_its_decision(first: Officer, second: Officer, clock: Brake) -> None:
    place = shown(first)
    with clock(rounds.OVER):
        assert errors(step(second, place, "award", status=422)) == 1


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


def test_a_nomination_against_which_a_notice_stands_is_kept_with_a_warning(
    first: Officer, desk: Workbench
) -> None:
    place = opened(first)
    with desk.installed.database.writing() as session:
        make.notice(session, agency_id=1, title="关于收取押金的公告")
    page = first.page(nominated(first, place))
    assert page.tree.xpath("//*[contains(@class, 'flash-warning')]")
    assert "关于收取押金的公告" in page.text
    assert page.tree.xpath("//*[contains(@class, 'tag-red')]")


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
    first: Officer, second: Officer, desk: Workbench, clock: Brake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.installed.database.writing() as session:
        rounds.licensed(session, name="江州第1人力资源有限公司")
    place = shown(first, entries=2)
    open_now = {1}
    monkeypatch.setattr(
        "chengxin.standing.objections.queries.undecided", lambda session, kind, ids: open_now & set(ids)
    )
    with clock(rounds.OVER):
        assert "异议尚未处理" in second.page(place).text
        step(second, place, "award", decision_no="江人社发〔2026〕88号")
        assert "授予时被搁置" in second.page("/exemplars/?state=awarded").text
        assert errors(step(second, "/exemplars/1/", "award", status=422)) == 1
        open_now.clear()
        step(second, "/exemplars/1/", "award")


def test_who_proposed_a_withdrawal_is_not_offered_to_confirm_it(
    first: Officer, second: Officer, desk: Workbench
) -> None:
    with desk.installed.database.writing() as session:
        made = make.honour(session, session.get_one(make.Agency, 1))
    address = f"/exemplars/{made.id}/"
    step(first, address, "propose_withdrawal", status=422)
    step(first, address, "propose_withdrawal", reason="提供虚假材料")
    assert offered(first.page(address)) == ["keep"]
    assert "提供虚假材料" in second.page(address).text
    assert "建议撤销" in second.page("/exemplars/").text
    step(second, address, "withdraw")
    assert the_title(desk).state == "withdrawn"


def test_a_titled_agency_with_a_notice_stands_on_the_list_to_look_at(first: Officer, desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        made = make.honour(session, session.get_one(make.Agency, 1))
        make.notice(session, agency_id=1)
    assert NAME in first.page("/exemplars/").text
    assert "称号暂停" in first.page(f"/exemplars/{made.id}/").text


def test_a_person_is_named_with_a_consent_and_erased_without(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    address = nominated(first, place, kind="person", holder="秦小满")
    late = _form(first.page(address), "consent") | {"consent_on": "2026-12-01"}
    assert errors(first.post(f"{address}consent", late, status=422)) == 1
    first.post(f"{address}consent", late | {"consent_on": "2026-11-06"})
    assert the_title(desk).consent_text == "2026-1"
    first.post(f"{address}erase", _form(first.page(address), "erase"))
    assert "秦小满" not in first.page(address).text
    assert the_title(desk).holder == ""


def test_the_paper_for_the_meeting_lists_every_entry(first: Officer) -> None:
    place = opened(first)
    nominated(first, place)
    page = first.page(f"{place}paper")
    assert NAME in page.text
    assert WRITTEN["merit"] in page.text


def test_an_invalid_nomination_comes_back_with_its_text(first: Officer) -> None:
    place = opened(first)
    wrong = {"kind": "window", "via": "association"}
    fields = first.page(f"{place}nominate").form() | WRITTEN | wrong
    page = first.post(f"{place}nominate", fields, status=422)
    assert errors(page) == 2
    assert isinstance(page, Page)
    assert page.form()["merit"] == WRITTEN["merit"]


def test_an_agency_nobody_knows_is_not_nominated(first: Officer) -> None:
    place = opened(first)
    fields = first.page(f"{place}nominate").form() | WRITTEN | {"agency": "查无此家"}
    assert errors(first.post(f"{place}nominate", fields, status=422)) == 1


@pytest.mark.parametrize("what", ["title", "round"])
def test_a_lost_race_is_told(first: Officer, second: Officer, what: str) -> None:
    place = opened(first)
    address = nominated(first, place) if what == "title" else place
    losing, winning = ("refuse", "check") if what == "title" else ("cancel", "close")
    fields = _form(first.page(address), "step") | {"step": losing, "reason": "本年度不评选"}
    step(second, address, winning, reason="材料已齐")
    late = first.post(f"{address}step", fields, status=409)
    assert isinstance(late, Page)
    assert "陈瑜" in late.text
    assert "本年度不评选" in late.text


def test_a_moderator_names_nobody(desk: Workbench) -> None:
    moderator = desk.officer()
    for path in ("/exemplars/", "/exemplars/rounds/new", "/exemplars/1/"):
        assert moderator.client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["404/", "rounds/404/", "rounds/404/nominate", "rounds/404/paper"])
def test_what_is_not_there_is_not_found(first: Officer, path: str) -> None:
    first.page(f"/exemplars/{path}", status=404)


def test_the_desk_speaks_english_too(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    nominated(first, place)
    for path in ("/exemplars/", place, f"{place}nominate", f"{place}paper", "/exemplars/1/"):
        page: Any = first.page(f"/en{path}")
        assert page.unmarked_chinese == []
