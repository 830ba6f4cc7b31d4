"""What the desk finds: records that ended, numbers however typed, news, the way back to a row, the day's work."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from tests.desk import Officer, Workbench

from chengxin.core import clock as clocks
from chengxin.core.intake_keys import intake_recipients
from chengxin.ledger.models import Event
from chengxin.voices.complaints import actions, letters
from chengxin.voices.complaints.models import Complaint
from chengxin.worklists.models import BulkAct

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def codes(officer: Officer, path: str = "/") -> list[str]:
    return [str(code) for code in officer.page(path).tree.xpath("//table//td//a/text()")]


def leads_to(officer: Officer, words: str) -> str | None:
    answer = officer.client.get(f"/?{urlencode({'words': words})}")
    return answer.location if answer.status_code == 302 else None


def verbs(desk: Workbench, verb: str) -> list[Event]:
    with desk.installed.database.reading() as session:
        return [each for each in session.scalars(select(Event)) if each.verb == verb]


def by_complainant(desk: Workbench, case: Complaint, act: Callable[..., object], **given: object) -> None:
    with desk.installed.database.writing() as session:
        held = session.get_one(Complaint, case.id)
        act(session, actor="public", case_id=held.id, version=held.version, **given)


def said(desk: Workbench, case: Complaint) -> None:
    key = intake_recipients(desk.settings)
    by_complainant(desk, case, letters.say, text="我找到了收据。", intake_key=key)


def test_ended_cases_are_listed_newest_first_without_their_words(desk: Workbench) -> None:
    officer = desk.officer()
    older = desk.case(
        state="closed", closed_on=TODAY - DAY, facts="交了两千元押金，三个月没有安排工作，也不退。"
    )
    newer = desk.case(state="withdrawn", closed_on=TODAY)
    desk.case()
    page = officer.page("/?view=ended")
    assert [str(code) for code in page.tree.xpath("//table//td//a/text()")] == [newer.case_no, older.case_no]
    assert "2026-11-19" in page.text
    assert "交了两千元押金" not in page.text
    assert not page.tree.xpath("//tbody//input")
    assert str(older.id) not in str([each.new for each in verbs(desk, "read")])


def test_ended_cases_are_paged_and_a_case_leads_back_to_its_page(desk: Workbench) -> None:
    officer = desk.officer()
    for _n in range(32):
        desk.case(state="closed", closed_on=TODAY)
    first = officer.page("/?view=ended")
    (older,) = first.tree.xpath("//a[@rel='next']/@href")
    second = officer.page(older)
    assert len(second.tree.xpath("//tbody/tr")) == 2
    (address,) = second.tree.xpath("//tbody/tr[1]//a/@href")
    (back,) = officer.page(address).tree.xpath("//a[@data-key='u']/@href")
    assert len(officer.page(back).tree.xpath("//tbody/tr")) == 2


@pytest.mark.parametrize(
    "state", ["received", "closed", "not_accepted", "transferred", "withdrawn", "discarded", "merged"]
)
def test_a_whole_number_opens_its_case_in_any_state(desk: Workbench, state: str) -> None:
    case, officer = desk.case(state=state, closed_on=TODAY), desk.officer()
    wide = "".join(chr(ord(each) + 0xFEE0) for each in case.case_no)
    for words in (case.case_no, case.case_no.lower(), case.case_no.replace("-", ""), f" {wide} "):
        assert leads_to(officer, words) == f"/complaints/{case.id}/", words
    assert leads_to(officer, case.case_no[:-1]) is None


def test_a_rating_is_opened_by_what_its_row_calls_it(desk: Workbench) -> None:
    rating, officer = desk.rating(state="published"), desk.officer()
    assert leads_to(officer, f"评价{rating.id}号") == f"/ratings/{rating.id}/"
    assert leads_to(officer, f"评价{rating.id + 1}号") is None
    assert leads_to(desk.officer("chenjie", "陈洁", "publisher"), f"评价{rating.id}号") is None


def test_a_whole_number_opens_nothing_for_those_it_does_not_concern(desk: Workbench) -> None:
    case = desk.case(state="closed", closed_on=TODAY)
    assert leads_to(desk.officer("chenxin", "陈欣", "handling_officer"), case.case_no) is None


def test_an_ended_case_still_asks_why_it_is_read(desk: Workbench) -> None:
    case, officer = desk.case(state="closed", closed_on=TODAY), desk.officer()
    address = leads_to(officer, case.case_no)
    assert address
    assert "内推费" not in officer.page(address).text


def test_a_message_is_tagged_counted_and_gone_when_its_officer_looked(desk: Workbench) -> None:
    account = desk.account()
    case = desk.case(assigned_to=account.id)
    said(desk, case)
    officer, other = desk.signed_in("limin"), desk.officer("wangqiang", "王强")
    for each in (officer, other):
        assert "有新消息" in each.page("/").text
        assert codes(each, "/?view=heard") == [case.case_no]
    other.page(f"/complaints/{case.id}/")
    assert codes(officer, "/?view=heard") == [case.case_no]
    officer.page(f"/complaints/{case.id}/")
    assert codes(officer, "/?view=heard") == []
    assert "有新消息" not in other.page("/").text
    assert [each.subject_id for each in verbs(desk, "see")] == [case.id]


def test_a_case_that_is_taken_back_stays_listed_until_it_was_looked_at(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    by_complainant(desk, case, actions.withdraw)
    assert codes(officer) == codes(officer, "/?view=heard") == [case.case_no]
    assert "已撤回" in officer.page("/").text
    officer.page(f"/complaints/{case.id}/")
    assert codes(officer) == []


def test_the_way_back_leads_to_the_page_and_the_row(desk: Workbench) -> None:
    officer = desk.officer()
    for _n in range(40):
        desk.case()
    (address,) = officer.page("/?page=2").tree.xpath("//tbody/tr[3]//td//a/@href")
    assert "page=2" in address
    (row,) = officer.page("/?page=2").tree.xpath("//tbody/tr[3]/@id")
    (back,) = officer.page(address).tree.xpath("//a[@data-key='u']/@href")
    assert back.endswith(f"#{row}")
    assert officer.page(back).tree.xpath(f"//tr[@id='{row}']")
    number = row.rpartition("-")[2]
    (straight,) = officer.page(f"/complaints/{number}/").tree.xpath("//a[@data-key='u']/@href")
    assert officer.page(straight).tree.xpath(f"//tr[@id='{row}']")
    assert officer.page("/?at=complaint-99999999&page=2").tree.xpath(f"//tr[@id='{row}']")
    for nonsense in ("x", "complaint-", "complaint-x", "-1", "rating-1"):
        assert len(officer.page(f"/?at={nonsense}").tree.xpath("//tbody/tr")) == 30


def test_the_head_counts_ones_own_decisions_of_today_and_what_is_left(desk: Workbench) -> None:
    officer, other = desk.officer(), desk.officer("wangqiang", "王强")
    cases = [desk.case() for _n in range(3)]
    rating = desk.rating()
    form = officer.page(f"/complaints/{cases[0].id}/").form()
    officer.post(f"/complaints/{cases[0].id}/decide", form | {"move": "accept"})
    form = officer.page(f"/ratings/{rating.id}/").form()
    officer.post(f"/ratings/{rating.id}/decide", form | {"to": "published"})
    assert "我今天已办2件 / 还剩3件" in officer.page("/").text
    assert "我今天已办0件 / 还剩3件" in other.page("/").text
    assert "今天已办" not in desk.officer("sunjing", "孙静", "auditor").page("/").text


def test_a_saved_case_is_linked(desk: Workbench) -> None:
    officer = desk.officer()
    case, _next = desk.case(accept_by=TODAY), desk.case(accept_by=TODAY + DAY)
    form = officer.page(f"/complaints/{case.id}/").form()
    address = str(officer.post(f"/complaints/{case.id}/decide", form | {"move": "accept"}))
    (link,) = officer.page(address).tree.xpath("//*[contains(@class,'flash')]//a")
    assert (link.text, link.get("href")) == (case.case_no, f"/complaints/{case.id}/")


def test_a_search_in_texts_goes_on_behind_the_first_and_asks_for_words(
    desk: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengxin.desk.queue.text_search.MOST", 2)
    officer = desk.officer()
    oldest = desk.case(facts="面试以后扣了身份证，说要交三百元保证金才还给我本人。")
    for _n in range(3):
        desk.case()
    page = officer.page(f"/?{urlencode({'words': '保证金', 'texts': '1'})}")
    assert "已查找第1到2件正文（从最新" not in page.text
    assert "第1到2件正文（共4件），找到0件" in page.text
    (further,) = page.tree.xpath("//p[@role='status']/a/@href")
    page = officer.page(further)
    assert "第3到4件正文（共4件），找到1件" in page.text
    assert [str(code) for code in page.tree.xpath("//table//td//a/text()")] == [oldest.case_no]
    assert not page.tree.xpath("//p[@role='status']/a")
    assert "请输入要在正文里查找的词" in officer.page("/?words=&texts=1").text


def test_acts_on_many_rows_are_paged(desk: Workbench) -> None:
    account = desk.account()
    with desk.installed.database.writing() as session:
        for _n in range(31):
            session.add(BulkAct(account_id=account.id, act="take", state="done", asked_at=clocks.now()))
    officer = desk.signed_in("limin")
    first = officer.page("/bulk/")
    assert len(first.tree.xpath("//main//ul[@class='list']/li")) == 30
    (older,) = first.tree.xpath("//a[@rel='next']/@href")
    assert len(officer.page(older).tree.xpath("//main//ul[@class='list']/li")) == 1
    assert len(officer.page("/bulk/?page=99999999999").tree.xpath("//main//ul[@class='list']/li")) == 1
