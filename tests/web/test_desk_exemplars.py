"""Titles on the desk: nominated by one officer, awarded by another, blocked by a notice in force."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from tests import make
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.config import Settings
from chengxin.standing.exemplars.models import Honour

Brake = Callable[[datetime], AbstractContextManager[None]]
NAME = "江州远帆人力资源有限公司"
WRITTEN = {"agency": NAME, "kind": "agency", "level": "city", "year": "2026", "merit": "三年无有效投诉"}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    """Give a workbench with one agency in the register."""
    made = Workbench(settings)
    with made.installed.database.writing() as session:
        make.agency(session, name=NAME)
    return made


@pytest.fixture
def first(desk: Workbench) -> Officer:
    """Give a publisher."""
    return desk.officer("wangjh", "王建华", "publisher")


@pytest.fixture
def second(desk: Workbench) -> Officer:
    """Give another publisher."""
    return desk.officer("chenyu", "陈瑜", "publisher")


def nominated(officer: Officer, **changes: str) -> str:
    """Nominate and return the address of the title's page."""
    fields = officer.page("/exemplars/new").form() | WRITTEN | changes
    return str(officer.post("/exemplars/new", fields))


def step(officer: Officer, address: str, chosen: str, *, status: int = 303, reason: str = "") -> Page | str:
    """Take a step on the page of a title."""
    fields = officer.page(address).form() | {"step": chosen, "reason": reason}
    return officer.post(f"{address}step", fields, status=status)


def offered(page: Page) -> list[str]:
    """Return the steps a page offers."""
    return [str(value) for value in page.tree.xpath("//input[@name='step']/@value")]


def the_title(desk: Workbench) -> Honour:
    """Read the first title again."""
    with desk.installed.database.reading() as session:
        return session.get_one(Honour, 1)


def test_a_title_is_awarded_by_a_second_officer(first: Officer, second: Officer, desk: Workbench) -> None:
    address = nominated(first)
    assert offered(first.page(address)) == ["decline"]
    assert NAME in second.page("/exemplars/?state=nominated").text
    step(second, address, "award")
    assert the_title(desk).state == "awarded"
    assert NAME in second.page("/exemplars/?state=awarded").text


def test_a_notice_in_force_blocks_the_award_and_is_shown(
    first: Officer, second: Officer, desk: Workbench
) -> None:
    address = nominated(first)
    with desk.installed.database.writing() as session:
        make.notice(session, agency_id=1, title="关于收取押金的公告")
    assert "关于收取押金的公告" in second.page(address).text
    step(second, address, "award", status=422)
    assert the_title(desk).state == "nominated"


def test_a_title_is_taken_back_with_a_reason(first: Officer, desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        made = make.honour(session, make.agency(session, name="江州正源人才服务有限公司"))
    address = f"/exemplars/{made.id}/"
    step(first, address, "withdraw", status=422)
    step(first, address, "withdraw", reason="提供虚假材料")
    assert "提供虚假材料" in first.page(address).text


def test_an_invalid_nomination_comes_back_with_its_text(first: Officer) -> None:
    fields = first.page("/exemplars/new").form() | WRITTEN | {"kind": "window", "year": "二〇二六"}
    page = first.post("/exemplars/new", fields, status=422)
    assert isinstance(page, Page)
    assert page.form()["merit"] == WRITTEN["merit"]
    assert len(page.tree.xpath("//div[@class='errors']//li")) == 2


def test_an_agency_nobody_knows_is_not_nominated(first: Officer) -> None:
    fields = first.page("/exemplars/new").form() | WRITTEN | {"agency": "查无此家"}
    page = first.post("/exemplars/new", fields, status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//div[@class='errors']//li")


def test_a_lost_race_is_told(first: Officer, second: Officer, desk: Workbench) -> None:
    address = nominated(first)
    fields = first.page(address).form() | {"step": "decline", "reason": "名额已满"}
    step(second, address, "award")
    late = first.post(f"{address}step", fields, status=409)
    assert isinstance(late, Page)
    assert "陈瑜" in late.text


def test_a_moderator_names_nobody(desk: Workbench) -> None:
    assert desk.officer().client.get("/exemplars/").status_code == 403


def test_a_title_that_is_not_there_is_not_found(first: Officer) -> None:
    first.page("/exemplars/404/", status=404)
