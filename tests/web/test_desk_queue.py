"""The queue: nearest deadline first, views with counts, thirty a page, and no query a row."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from tests.desk import Officer, Workbench

from chengxin.config import Settings

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    return Workbench(settings)


def codes(officer: Officer, path: str = "/") -> list[str]:
    return [str(code) for code in officer.page(path).tree.xpath("//table//td//a/text()")]


def counts(officer: Officer) -> dict[str, int]:
    links = officer.page("/").tree.xpath("//ul[@class='views']//a")
    return {link.xpath("string(span[1])"): int(link.xpath("string(span[2])")) for link in links}


def test_the_nearest_deadline_stands_first(desk: Workbench) -> None:
    later = desk.case(accept_by=TODAY + 5 * DAY)
    overdue = desk.case(accept_by=TODAY - 2 * DAY)
    paused = desk.case(state="supplement", accept_by=TODAY - 9 * DAY)
    accepted = desk.case(state="accepted", answer_by=TODAY + DAY, accept_by=TODAY - 9 * DAY)
    rating = desk.rating(received_on=TODAY, decide_by=TODAY)
    officer = desk.officer()
    cases = [overdue.case_no, f"评价{rating.id}号", accepted.case_no, later.case_no, paused.case_no]
    assert codes(officer) == cases


def test_a_row_says_how_near_who_and_the_first_words(desk: Workbench) -> None:
    account = desk.account("wangqiang", "王强")
    desk.case(facts="交了两千元押金，三个月不安排工作。", accept_by=TODAY - 2 * DAY, assigned_to=account.id)
    row = desk.officer().page("/").tree.xpath("string(//tbody/tr)")
    for words in ("逾期2天", "江州捷聘人力资源有限公司", "交了两千元押金", "王强"):
        assert words in row.replace(" ", "")


def test_views_hold_their_cases_and_count_them(desk: Workbench) -> None:
    officer = desk.officer()
    desk.case(accept_by=TODAY - DAY)
    desk.case(accept_by=TODAY, assigned_to=1)
    desk.case(state="closed", accept_by=TODAY)
    desk.case(state="supplement")
    desk.rating(decide_by=TODAY + DAY)
    assert counts(officer) == {
        "全部待办": 4,
        "已逾期": 1,
        "今天到期": 1,
        "我的": 1,
        "未分派": 2,
        "待投诉人补正": 1,
        "待机构答复": 0,
        "待复核": 0,
        "投诉和举报": 3,
        "评价审核": 1,
    }
    for view, held in {
        "overdue": 1,
        "today": 1,
        "mine": 1,
        "unassigned": 2,
        "paused": 1,
        "kind=rating": 1,
    }.items():
        assert len(codes(officer, f"/?{urlencode({'view': view})}")) == held, view


def test_an_unknown_view_or_page_shows_the_queue(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    for path in ("/?view=nothing", "/?page=999999999999999999999", "/?page=-1", "/?page=x"):
        assert codes(officer, path) == [case.case_no]


def test_thirty_stand_on_a_page(desk: Workbench) -> None:
    for _n in range(32):
        desk.case()
    officer = desk.officer()
    first, second = codes(officer), codes(officer, "/?page=2")
    assert (len(first), len(second)) == (30, 2)
    assert not set(first) & set(second)
    assert officer.page("/").tree.xpath("//a[@rel='next']/@href") == ["/?page=2"]


def test_an_empty_queue_says_so(desk: Workbench) -> None:
    assert "这里没有待办事项" in desk.officer().page("/").text


def test_the_number_of_queries_does_not_grow_with_the_rows(desk: Workbench) -> None:
    officer = desk.officer()
    desk.case(assigned_to=1)
    desk.rating()
    with desk.statements() as few:
        officer.page("/")
    for _n in range(12):
        desk.case(assigned_to=1)
        desk.rating()
    with desk.statements() as many:
        officer.page("/")
    assert len(many) == len(few) <= 14, [each[:90] for each in many]


def test_what_one_may_not_read_does_not_wait(desk: Workbench) -> None:
    desk.case()
    desk.rating()
    publisher = desk.officer("chenjie", "陈洁", "publisher")
    assert codes(publisher) == []
    assert counts(publisher)["全部待办"] == 0


def test_text_that_another_key_sealed_is_said_to_be_shut(desk: Workbench) -> None:
    case = desk.case()
    desk.settings.private_key_file.unlink()
    desk.settings.public_key_file.unlink()
    other = Workbench(desk.settings)
    officer = other.officer()
    assert "用当前密钥打不开" in officer.page("/").text
    assert "这里打不开" in officer.page(f"/complaints/{case.id}/").text
