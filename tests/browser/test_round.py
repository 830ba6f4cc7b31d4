"""The whole round: look up, complain, decide, draft, have it reviewed, publish, see it everywhere, be answered."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

from chengxin.core import clock

AGENCY = "江州远帆猎头有限公司"
PASSWORD = "jiangzhou-2012-46"
FACTS = "2026年10月12日面试前，招聘人员以“建档费”的名义收取六百元，没有开票，三次要求退还都没有回应。"
TITLE = "关于对江州远帆猎头有限公司予以失信曝光的公告"


@dataclass(frozen=True)
class Receipt:
    """What the complainant takes home."""

    code: str
    phrase: str


class Round:
    """The people of one round, each in a browser of their own."""

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


@pytest.fixture
def people(site: Site, chromium: Browser) -> Round:
    return Round(site, chromium)


def look_up(page: Page, words: str) -> None:
    page.goto("/")
    page.fill("[name=q]", words)
    page.click("form[role=search] button, .search button")


def complain(page: Page) -> Receipt:
    look_up(page, "远帆猎头")
    page.get_by_role("link", name=AGENCY).first.click()
    page.get_by_role("link", name="投诉这家机构").click()
    expect(page.locator("[name=respondent]")).to_have_value(AGENCY)
    page.check("[name=category][value=fees]")
    page.fill("[name=facts]", FACTS)
    page.check("[name=contact][value=anonymous]")
    page.click("button[name=step][value=check]")
    expect(page.locator("main")).to_contain_text("建档费")
    page.click("button[name=step][value=send]")
    code, phrase = page.locator("#receipt-both").text_content().strip().split(" ")  # type: ignore[union-attr]
    return Receipt(code, phrase)


def case_of(page: Page) -> str:
    """Open the case in the queue by its agency and its unread text."""
    page.goto("/desk/")
    row = page.locator("li, tr").filter(has_text=AGENCY).filter(has_text="建档费").first
    row.get_by_role("link").first.click()
    return page.url


def decide(page: Page, address: str, move: str, **chosen: str) -> None:
    page.goto(address)
    page.check(f"[name=move][value={move}]")
    for name, value in chosen.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "finding" else field.fill(value)
    page.locator("form:has([name=move]) button[type=submit]").first.click()


def draft(page: Page, case: str) -> str:
    """Let the finding make the draft, then write down the decision that was taken."""
    page.goto(case)
    page.get_by_role("link", name="由查实结果拟制公告").click()
    expect(page.locator("[name=party]").first).to_be_checked()
    page.select_option("[name=category]", "overcharge")
    page.fill("[name=title]", TITLE)
    page.fill("[name=public_text]", "该机构以“建档费”名义向求职者收取600元，未公示收费标准。")
    page.get_by_role("button", name="生成草稿").click()
    notice = page.url
    page.goto(notice + "edit")
    page.fill("[name=decision_no]", "江人社诚告〔2026〕946号")
    page.check("[name=taken][value=yes]")
    today = clock.today()
    page.fill("[name=told_on]", (today - timedelta(days=20)).isoformat())
    page.fill("[name=decision_date]", today.isoformat())
    page.fill("[name=served_on]", today.isoformat())
    page.check("[name=repair_notice]")
    page.fill("[name=basis]", "《人力资源市场暂行条例》第三十二条、第四十四条。")
    page.locator("main form button[type=submit]").last.click()
    return notice


def step(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.check(f"[name=step][value={name}]")
    page.fill("form:has([name=step]) [name=reason]", "事实清楚，程序合法")
    page.locator("form:has([name=step]) button[type=submit]").click()
    expect(page.locator(".errors")).to_have_count(0)


def test_the_whole_round(people: Round) -> None:
    visitor, moderator, publisher = people.visitor(), people.officer("zhaoyu"), people.officer("wangqiang")
    reviewer = people.officer("heqing")
    receipt = complain(visitor)
    case = case_of(moderator)
    decide(moderator, case, "accept", message="已受理，将在15个工作日内答复。")
    decide(moderator, case, "decide", finding="upheld", message="经查属实，已责令退还600元。")
    notice = draft(moderator, case)
    step(moderator, notice, "submit")
    step(reviewer, notice, "approve")
    moderator.goto(notice)
    expect(moderator.locator("[name=step][value=publish]")).to_have_count(0)
    step(publisher, notice, "publish")

    address = sees_it_everywhere(people, visitor)
    is_answered(visitor, receipt)
    is_found_by_search(people, visitor, address)


def sees_it_everywhere(people: Round, visitor: Page) -> str:
    visitor.goto("/")
    expect(visitor.locator("main")).to_contain_text(AGENCY)
    visitor.goto("/notices/")
    link = visitor.get_by_role("link", name=TITLE)
    expect(link).to_be_visible()
    address = str(link.get_attribute("href"))
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text(TITLE)
    for listing in ("/notices/feed.atom", "/notices/notices.csv", "/notices/notices.json"):
        assert TITLE in visitor.request.get(listing).text(), listing
    visitor.get_by_role("link", name=AGENCY).first.click()
    expect(visitor.locator("main")).to_contain_text("失信曝光")
    return address


def is_answered(visitor: Page, receipt: Receipt) -> None:
    visitor.goto("/track")
    visitor.fill("[name=code]", receipt.code)
    visitor.fill("[name=phrase]", receipt.phrase)
    visitor.locator("main form button").last.click()
    expect(visitor.locator("main")).to_contain_text("经查属实，已责令退还600元。")


def is_found_by_search(people: Round, visitor: Page, address: str) -> None:
    """Wait for the worker, who follows the ledger: the lookup then shows the new standing within moments."""
    for _ in range(20):
        answer = visitor.request.get("/api/v1/agencies?q=远帆猎头&limit=5").json()
        standing = next(item["standing"] for item in answer["items"] if item["name"] == AGENCY)
        counted = visitor.request.get("/api/v1/agencies?q=远帆猎头&standing=exposed").json()
        if standing == "exposed" and any(item["name"] == AGENCY for item in counted["items"]):
            return
        visitor.wait_for_timeout(250)
    pytest.fail(f"the lookup does not know of {address}: {json.dumps(answer, ensure_ascii=False)[:400]}")


def test_the_form_works_without_javascript(people: Round) -> None:
    context = people.chromium.new_context(
        locale="zh-CN",
        base_url=people.site.address,
        java_script_enabled=False,
        viewport={"width": 320, "height": 640},
    )
    receipt = complain(context.new_page())
    assert re.fullmatch(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.code)
    assert len(receipt.phrase.split("-")) == 4
