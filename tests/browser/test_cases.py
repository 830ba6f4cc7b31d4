"""Cases between two browsers: supplement with the clock right, a second person, from a finding to a draft."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.workdays import add_workdays, workdays_between
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import ACCEPT_WORKDAYS

PASSWORD = "jiangzhou-2012-46"
AGENCY = "江州远帆猎头有限公司"
FACTS = "2026年9月3日交了两千元押金，说好一周安排工作，三个月没有消息，我的电话是13812345678。"
WEEK = timedelta(days=7)


class People:
    """Whoever complains, and officers, each in a browser of their own."""

    def __init__(self, site: Site, chromium: Browser) -> None:
        self.site, self.chromium = site, chromium

    def visitor(self) -> Page:
        return self.chromium.new_context(locale="zh-CN", base_url=self.site.address).new_page()

    def officer(self, username: str) -> Page:
        page = self.visitor()
        page.goto("/desk/login")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        expect(page.locator("h1")).not_to_have_text("登录")
        return page

    def complaint(self) -> tuple[Page, str, int]:
        """File a complaint; return the browser, the receipt and the id of the case."""
        page = self.visitor()
        page.goto("/complaints/new")
        page.fill("[name=respondent]", AGENCY)
        page.check("[name=category][value=fees]")
        page.fill("[name=facts]", FACTS)
        page.check("[name=contact][value=anonymous]")
        page.click("button[name=step][value=check]")
        page.click("button[name=step][value=send]")
        receipt = (page.locator("#receipt-both").text_content() or "").strip()
        return page, receipt, self.newest()

    def newest(self) -> int:
        with self.database() as database, database.reading() as session:
            return max(session.query(Complaint.id).all())[0]

    def case(self, case_id: int) -> Complaint:
        with self.database() as database, database.reading() as session:
            found = session.get(Complaint, case_id)
            assert found is not None
            return found

    def a_week_ago(self, case_id: int) -> None:
        """Let a case and its pause have begun seven days earlier."""
        with self.database() as database, database.writing() as session:
            case = session.get(Complaint, case_id)
            assert case is not None
            assert case.paused_on is not None
            for name in ("received_on", "answer_from", "paused_on"):
                setattr(case, name, getattr(case, name) - WEEK)
            case.accept_by = add_workdays(case.received_on, ACCEPT_WORKDAYS).date

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Give the site's database, and close what was opened."""
        opened = Database(Settings.from_environment(self.site.environment))
        yield opened
        opened.dispose()


@pytest.fixture
def people(site: Site, chromium: Browser) -> People:
    return People(site, chromium)


def act(page: Page, case_id: int, move: str, **given: str) -> None:
    page.goto(f"/desk/complaints/{case_id}/")
    page.check(f"[name=move][value={move}]")
    for name, value in given.items():
        field: Any = page.locator(f".acts [name={name}]")
        field.select_option(value) if name in {"finding", "violation"} else field.fill(value)
    page.click(".acts button[type=submit]")
    expect(page.locator(".errors")).to_have_count(0)


def test_a_supplement_moves_the_deadline_by_the_days_it_took(people: People) -> None:
    visitor, receipt, case_id = people.complaint()
    officer = people.officer("zhaoyu")
    act(officer, case_id, "ask", message="请补充收据或者转账记录。")
    officer.goto(f"/desk/complaints/{case_id}/")
    expect(officer.locator(".desk-head .chip")).to_have_text("已暂停")
    people.a_week_ago(case_id)
    before = people.case(case_id)

    visitor.context.clear_cookies()
    visitor.goto("/track")
    visitor.fill("[name=code]", receipt)
    visitor.locator("main form button").first.click()
    expect(visitor.locator("main")).to_contain_text("请补充收据或者转账记录。")
    visitor.locator("section[aria-labelledby=supply] form textarea").fill("收据编号0078，转账记录另附。")
    visitor.locator("section[aria-labelledby=supply] form button").last.click()
    expect(visitor.locator("main")).to_contain_text("收据编号0078")

    waited = workdays_between(before.received_on, clock.today())
    due = add_workdays(before.received_on, ACCEPT_WORKDAYS + waited).date
    assert people.case(case_id).accept_by == due
    officer.goto(f"/desk/complaints/{case_id}/")
    expect(officer.locator("main")).to_contain_text("收据编号0078")
    expect(officer.locator("section[aria-labelledby=terms]")).to_contain_text(f"{due.month}月{due.day}日")
    expect(officer.locator(".desk-head .chip")).to_have_text(re.compile("剩|今天"))


def test_an_extension_takes_a_second_person(people: People) -> None:
    _visitor, _receipt, case_id = people.complaint()
    first, second = people.officer("zhaoyu"), people.officer("wangqiang")
    act(first, case_id, "accept")
    act(first, case_id, "investigate")
    act(first, case_id, "ask_extension", reason="还要到外地取证")
    first.goto(f"/desk/complaints/{case_id}/")
    expect(first.locator("main")).to_contain_text("已由赵雨提出，等另一人复核")
    expect(first.locator("[name=move][value=extend]")).to_have_count(0)
    before = people.case(case_id).answer_by
    act(second, case_id, "extend", message="案情复杂，调查期限延长三十个工作日。")
    extended = people.case(case_id)
    assert extended.extended
    assert extended.answer_by > before


def test_a_finding_becomes_a_draft_without_the_data_of_persons(people: People) -> None:
    _visitor, _receipt, case_id = people.complaint()
    officer = people.officer("zhaoyu")
    act(officer, case_id, "accept")
    act(officer, case_id, "decide", finding="upheld", violation="deposit", message="查实，已责令退还。")
    officer.goto(f"/desk/complaints/{case_id}/")
    officer.get_by_role("link", name="由查实结果拟制公告").click()
    expect(officer.locator("[name=party]").first).to_be_checked()
    expect(officer.locator("[name=category]")).to_have_value("deposit")
    expect(officer.locator("[name=public_text]")).not_to_have_value(re.compile("13812345678"))
    officer.get_by_role("button", name="生成草稿").click()
    expect(officer.locator("h1, h2").filter(has_text=AGENCY).first).to_be_visible()
    expect(officer.locator("main")).not_to_contain_text("13812345678")
    expect(officer.locator("main")).to_contain_text("就业促进法")
    officer.goto(f"/desk/complaints/{case_id}/")
    expect(officer.locator("section[aria-labelledby=drafts]")).to_contain_text(AGENCY)


def test_only_the_fields_of_the_chosen_act_are_in_sight(people: People) -> None:
    _visitor, _receipt, case_id = people.complaint()
    officer = people.officer("zhaoyu")
    officer.goto(f"/desk/complaints/{case_id}/")
    expect(officer.locator("[name=refusal]")).to_be_hidden()
    officer.check("[name=move][value=refuse]")
    expect(officer.locator("[name=refusal]")).to_be_visible()
    officer.check("[name=move][value=transfer]")
    expect(officer.locator("[name=target]")).to_be_visible()
    expect(officer.locator("[name=refusal]")).to_be_hidden()
