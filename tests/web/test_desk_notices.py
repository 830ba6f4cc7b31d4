"""Notices on the desk: drafted by one officer, published by another, ended by two."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.pages import Page

from chengxin.config import Settings
from chengxin.standing.sanctions import actions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State

CODE = "91990000MA0000001X"
WRITTEN = {
    "agency": CODE,
    "notice_kind": "exposure",
    "legal_kind": "fine",
    "severity": "general",
    "category": "deposit",
    "taken": "yes",
    "decision_no": "江人社罚〔2026〕9号",
    "decision_date": "2026-10-28",
    "told_on": "2026-10-12",
    "served_on": "2026-10-30",
    "repair_notice": "y",
    "title": "关于收取押金的公告",
    "facts": "2026年8月，该公司向7名求职者收取押金共4200元。",
    "basis": "《就业促进法》第六十六条",
}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    """Give a workbench with one agency in the register."""
    made = Workbench(settings)
    with made.installed.database.writing() as session:
        make.agency(session, name="江州捷聘人力资源有限公司", uscc=CODE)
    return made


@pytest.fixture
def author(desk: Workbench) -> Officer:
    """Give a moderator, who may draft."""
    return desk.officer()


@pytest.fixture
def publisher(desk: Workbench) -> Officer:
    """Give a publisher."""
    return desk.officer("wangjh", "王建华", "publisher")


@pytest.fixture
def other(desk: Workbench) -> Officer:
    """Give another publisher."""
    return desk.officer("chenyu", "陈瑜", "publisher")


def drafted(officer: Officer, **changes: str) -> str:
    """Draft a notice and return the address of its page."""
    fields = officer.page("/notices/new").form() | WRITTEN | changes
    return str(officer.post("/notices/new", fields))


def step(
    officer: Officer, address: str, chosen: str, *, status: int = 303, reason: str = "事实清楚"
) -> Page | str:
    """Take a step on the page of a notice."""
    fields = officer.page(address).form() | {"step": chosen, "reason": reason}
    return officer.post(f"{address}step", fields, status=status)


@pytest.fixture
def reviewer(desk: Workbench) -> Officer:
    """Give a legal reviewer."""
    return desk.officer("heqing", "何清", "legal_reviewer")


def served(author: Officer, reviewer: Officer) -> str:
    """Bring a decision taken elsewhere to where it waits for publication."""
    address = submitted(author)
    step(reviewer, address, "approve")
    return address


def submitted(officer: Officer) -> str:
    """Draft a notice, hand it in and return the address of its page."""
    address = drafted(officer)
    step(officer, address, "submit")
    return address


def refused(officer: Officer, path: str, fields: dict[str, str], *, status: int = 422) -> Page:
    """Send a form that is not taken and return the page that comes back."""
    page = officer.post(path, fields, status=status)
    assert isinstance(page, Page)
    return page


def offered(page: Page) -> list[str]:
    """Return the steps a page offers."""
    return [str(value) for value in page.tree.xpath("//input[@name='step']/@value")]


def first_notice(desk: Workbench) -> Sanction:
    """Read the first notice again."""
    with desk.installed.database.reading() as session:
        return session.get_one(Sanction, 1)


def published(desk: Workbench) -> str:
    """Publish a notice and return the address of its page."""
    with desk.installed.database.writing() as session:
        return f"/notices/{make.notice(session).id}/"


def test_a_notice_is_reviewed_and_published_by_others(
    author: Officer, reviewer: Officer, publisher: Officer
) -> None:
    address = submitted(author)
    assert "关于收取押金的公告" in reviewer.page("/notices/").text
    step(reviewer, address, "approve")
    assert "关于收取押金的公告" in publisher.page("/notices/").text
    step(publisher, address, "publish")
    assert publisher.page(address).tree.xpath("//a[contains(@href, '/notices/2026/1/')]")


def test_the_agency_lends_its_name_and_code(author: Officer, desk: Workbench) -> None:
    drafted(author)
    made = first_notice(desk)
    assert (made.agency_id, made.party_name, made.party_uscc) == (1, "江州捷聘人力资源有限公司", CODE)


def test_an_agency_outside_the_register_is_named_by_its_name(author: Officer, desk: Workbench) -> None:
    drafted(author, agency="", party_name="“招工到江州”微信群")
    made = first_notice(desk)
    assert (made.agency_id, made.party_name) == (None, "“招工到江州”微信群")


def test_a_name_near_an_agency_is_offered_not_taken(author: Officer) -> None:
    fields = author.page("/notices/new").form() | WRITTEN | {"agency": "捷聘"}
    page = refused(author, "/notices/new", fields)
    assert "江州捷聘人力资源有限公司" in page.text
    assert page.form()["facts"] == WRITTEN["facts"]


def test_the_author_is_not_offered_to_publish(publisher: Officer, reviewer: Officer) -> None:
    address = served(publisher, reviewer)
    page = publisher.page(address)
    assert offered(page) == ["archive", "return"]
    assert "王建华" in page.text
    step(publisher, address, "publish", status=422)


def test_the_author_is_not_offered_to_review(desk: Workbench) -> None:
    both = desk.officer("quan", "权衡", "moderator,legal_reviewer")
    address = submitted(both)
    assert offered(both.page(address)) == ["return", "reject"]
    step(both, address, "approve", status=422)


def test_a_moderator_is_offered_neither_review_nor_publication(author: Officer, publisher: Officer) -> None:
    address = submitted(publisher)
    assert offered(author.page(address)) == ["return", "reject"]


def test_an_auditor_does_not_see_drafts(desk: Workbench) -> None:
    auditor = desk.officer("zhousheng", "周审", "auditor")
    assert auditor.client.get("/notices/").status_code == 403


def test_a_returned_draft_shows_the_reason_and_is_changed(author: Officer, publisher: Officer) -> None:
    address = submitted(author)
    step(publisher, address, "return", status=422, reason="")
    step(publisher, address, "return", reason="写明收款方式")
    assert "写明收款方式" in author.page(address).text
    author.post(f"{address}edit", author.page(f"{address}edit").form() | {"facts": "以微信收款。"})
    assert "以微信收款。" in author.page(address).text


def test_an_invalid_draft_comes_back_with_its_text(author: Officer) -> None:
    fields = author.page("/notices/new").form() | WRITTEN
    wrong = fields | {"decision_date": "昨天", "severity": "", "basis": "", "articles": ""}
    page = refused(author, "/notices/new", wrong)
    assert page.form()["facts"] == WRITTEN["facts"]
    assert len(page.tree.xpath("//div[@class='errors']//li")) == 3
    for link in page.tree.xpath("//div[@class='errors']//a/@href"):
        assert page.tree.xpath("//*[@id=$id]", id=link[1:])


def test_a_lost_token_keeps_the_text(author: Officer) -> None:
    fields = author.page("/notices/new").form() | WRITTEN | {"csrf_token": "foreign"}
    assert refused(author, "/notices/new", fields).form()["facts"] == WRITTEN["facts"]


def test_a_lost_race_says_who_was_faster(
    author: Officer, reviewer: Officer, publisher: Officer, other: Officer
) -> None:
    address = served(author, reviewer)
    fields = other.page(address).form() | {"step": "return", "reason": "证据不足"}
    step(publisher, address, "publish")
    late = refused(other, f"{address}step", fields, status=409)
    assert "王建华" in late.text
    assert "证据不足" in late.text


def test_two_changes_of_one_draft_do_not_overwrite_each_other(author: Officer) -> None:
    address = drafted(author)
    fields = author.page(f"{address}edit").form()
    author.post(f"{address}edit", fields | {"facts": "第一次"})
    late = refused(author, f"{address}edit", fields | {"facts": "第二次"}, status=409)
    assert "第二次" in late.text


def test_a_submitted_draft_can_no_longer_be_changed(author: Officer) -> None:
    author.page(f"{submitted(author)}edit", status=409)


def test_a_withdrawal_takes_two_publishers(desk: Workbench, publisher: Officer, other: Officer) -> None:
    address = published(desk)
    step(publisher, address, "withdraw", reason="决定已被撤销")
    page = publisher.page(address)
    assert offered(page) == ["keep"]
    assert "决定已被撤销" in page.text
    step(other, address, "confirm")
    assert first_notice(desk).state == "withdrawn"


def test_an_early_repair_is_refused_with_its_day(desk: Workbench, publisher: Officer) -> None:
    page = step(publisher, published(desk), "repair", status=422, reason="已退还")
    assert isinstance(page, Page)
    assert "2027-01-28" in page.text
    assert page.form()["reason"] == "已退还"


@pytest.mark.parametrize("path", ["/notices/404/", "/notices/404/edit"])
def test_a_notice_that_is_not_there_is_not_found(author: Officer, path: str) -> None:
    author.page(path, status=404)


@pytest.mark.parametrize("query", ["state=nonsense", "page=99999", "page=x"])
def test_a_strange_address_is_read_kindly(author: Officer, query: str) -> None:
    author.page(f"/notices/?{query}")


def test_every_state_has_its_list_with_counts(author: Officer, desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        (writer,) = make.actors(session, count=1)
        actions.draft(session, actor=writer, wording=make.wording())
    page = author.page("/notices/?state=draft")
    counts = page.tree.xpath("//ul[@class='views']//span[@class='number']/text()")
    assert counts == ["1", "1", *["0"] * (len(State) - 1)]
