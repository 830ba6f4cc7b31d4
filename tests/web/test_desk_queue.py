"""The queue: nearest deadline first, views with counts, thirty a page, and no query a row."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import Officer, Workbench

from chengxin.accounts.models import Account
from chengxin.ledger.models import Event

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def codes(officer: Officer, path: str = "/") -> list[str]:
    return [str(code) for code in officer.page(path).tree.xpath("//table//td//a/text()")]


def counts(officer: Officer) -> dict[str, int]:
    links = officer.page("/").tree.xpath("//ul[@class='views']//a")
    numbers = {link.xpath("string(span[1])"): link.xpath("string(span[2])") for link in links}
    return {words: int(number) for words, number in numbers.items() if number}


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
        "新消息": 0,
        "等待他人": 0,
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
    desk.case(assigned_to=1)
    officer.page("/")  # the first look at a record is noted in the ledger, with questions of its own
    with desk.statements() as few:
        officer.page("/")
    for _n in range(12):
        desk.case(assigned_to=1)
        desk.rating()
    officer.page("/")
    with desk.statements() as many:
        officer.page("/")
    assert len(many) == len(few) <= 15, [each[:90] for each in many]


def test_what_one_may_not_read_does_not_wait(desk: Workbench) -> None:
    desk.case()
    desk.rating()
    publisher = desk.officer("chenjie", "陈洁", "publisher")
    assert codes(publisher) == []
    assert counts(publisher)["全部待办"] == 0
    assert "等待他人" in counts(publisher)


def test_text_that_another_key_sealed_is_said_to_be_shut(desk: Workbench) -> None:
    case = desk.case()
    desk.settings.private_key_file.unlink()
    desk.settings.public_key_file.unlink()
    other = Workbench(desk.settings)
    officer = other.officer()
    assert "用当前密钥打不开" in officer.page("/").text
    assert "这里打不开" in officer.page(f"/complaints/{case.id}/").text


def test_filters_narrow_and_stay_in_the_address_of_a_row(desk: Workbench) -> None:
    officer = desk.officer()
    fees = desk.case(category="fees")
    desk.case(category="wages")
    page = officer.page("/?category=fees")
    assert [str(code) for code in page.tree.xpath("//table//td//a/text()")] == [fees.case_no]
    (address,) = page.tree.xpath("//table//td//a/@href")
    assert "view=category%3Dfees" in address


def test_a_search_finds_number_respondent_and_category(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    desk.case(category="wages", respondent="江州云阙劳务派遣有限公司")
    tail, bare = case.case_no[-4:], case.case_no.replace("-", "")
    wide = "".join(chr(ord(each) + 0xFEE0) for each in tail)
    for words in (tail, wide, case.case_no[-9:], bare[2:], case.case_no.lower()[:12], "捷聘", "费用"):
        found = codes(officer, f"/?{urlencode({'words': words})}")
        assert case.case_no in found, words
    assert codes(officer, "/?words=%E4%BA%91%E9%98%99") != [case.case_no]
    assert codes(officer, "/?words=100%25") == []


def test_a_search_in_texts_says_how_many_were_opened_and_is_noted_once(desk: Workbench) -> None:
    officer = desk.officer()
    found = desk.case(facts="面试以后扣了身份证，说要交三百元保证金才还给我本人。")
    desk.case()
    page = officer.page(f"/?{urlencode({'words': '保证金', 'texts': '1'})}")
    assert [str(code) for code in page.tree.xpath("//table//td//a/text()")] == [found.case_no]
    assert "已查找第1到2件正文（共2件）" in page.text.replace("从最新的算起，", "")
    with desk.installed.database.reading() as session:
        told = [str(each.new) for each in session.scalars(select(Event)) if each.verb == "read"]
    assert [json.loads(each)["records"] for each in told] == [{"complaint": [2, 1]}, {"complaint": [1]}]
    assert [json.loads(each)["way"] for each in told] == ["searched", "listed"]
    assert "保证金" not in str(told)


def test_officers_save_rename_and_delete_views(desk: Workbench) -> None:
    officer = desk.officer()
    desk.case(category="fees")
    desk.case(category="wages")
    forms = officer.page("/?category=fees").tree.xpath("//form[@action='/views/']")
    sent = {each.get("name"): each.get("value", "") for each in forms[0].xpath(".//input")} | {"name": "收费"}
    address = str(officer.post("/views/", sent))
    assert counts(officer)["收费"] == 1
    assert "重命名或删除" in officer.page(address).text
    officer.post("/views/1/rename", sent | {"name": "收费投诉"})
    assert counts(officer)["收费投诉"] == 1
    other = desk.officer("wangqiang", "王强")
    token = other.page("/").tree.xpath("string(//input[@name='csrf_token']/@value)")
    other.post("/views/1/delete", {"csrf_token": token, "view": ""})
    assert "收费投诉" in counts(officer)
    officer.post("/views/1/delete", sent)
    assert "收费投诉" not in counts(officer)


def test_an_officer_of_a_part_sees_the_cases_of_that_part(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        make.region(session, code="990100", name="江北区", parent="990000")
        make.region(session, code="990200", name="江南区", parent="990000")
    account = desk.account()
    with desk.installed.database.writing() as session:
        session.get_one(Account, account.id).region_code = "990100"
    north, south = desk.case(region_code="990100"), desk.case(region_code="990200")
    given = desk.case(region_code="990200", assigned_to=account.id)
    officer = desk.signed_in("limin")
    assert set(codes(officer)) == {north.case_no, given.case_no}
    assert codes(officer, f"/?words={south.case_no}") == []
