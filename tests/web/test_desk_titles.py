"""Titles on the desk: nominated, warned about, consented to, and taken back by two officers."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from tests import make, rounds
from tests.desk import Brake, Officer, Workbench
from tests.desk_rounds import (
    NAME,
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

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.standing.exemplars.models import Honour


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


def test_who_proposed_a_withdrawal_is_not_offered_to_confirm_it(
    first: Officer, second: Officer, desk: Workbench
) -> None:
    with desk.installed.database.writing() as session:
        made = make.honour(session, session.get_one(Agency, 1))
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
        made = make.honour(session, session.get_one(Agency, 1))
        make.notice(session, agency_id=1)
    assert NAME in first.page("/exemplars/").text
    assert "称号暂停" in first.page(f"/exemplars/{made.id}/").text


def test_a_person_is_named_with_a_consent_and_erased_without(first: Officer, desk: Workbench) -> None:
    place = opened(first)
    address = nominated(first, place, kind="person", holder="秦小满")
    late = form_to(first.page(address), "consent") | {"consent_on": "2026-12-01"}
    assert errors(first.post(f"{address}consent", late, status=422)) == 1
    first.post(f"{address}consent", late | {"consent_on": "2026-11-06"})
    assert the_title(desk).consent_text == "2026-1"
    first.post(f"{address}erase", form_to(first.page(address), "erase"))
    assert "秦小满" not in first.page(address).text
    assert the_title(desk).holder == ""


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
    fields = form_to(first.page(address), "step") | {"step": losing, "reason": "本年度不评选"}
    step(second, address, winning, reason="材料已齐")
    late = first.post(f"{address}step", fields, status=409)
    assert isinstance(late, Page)
    assert "陈瑜" in late.text
    assert "本年度不评选" in late.text


def test_a_title_before_the_public_leads_to_its_objections(first: Officer, desk: Workbench) -> None:
    shown(first)
    with desk.installed.database.writing() as session:
        rounds.objected(session, 1)
    page = first.page("/exemplars/1/")
    links = [str(each) for each in page.tree.xpath("//main//a/@href")]
    assert "/objections/1/" in links
    assert "/objections/new?record=exemplary/1" in links
