"""A suggestion from its form to its public answer: hidden by hand, read with the receipt, taken back by its author."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

PASSWORD = "jiangzhou-2012-46"
TEXT = "建议把招聘会的日期全年一次公布。我叫欧阳小川，电话13912345678，微信oyxc_2026。"
SHOWN = "建议把招聘会的日期全年一次公布。我叫■■■，电话■■■，微信■■■。"
REPLY = "已采纳，下月起每年一月公布全年安排。"


@pytest.fixture(params=[True, False], ids=["js", "nojs"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def browser_of(site: Site, chromium: Browser, *, scripts: bool, width: int) -> Page:
    context = chromium.new_context(
        locale="zh-CN",
        base_url=site.address,
        java_script_enabled=scripts,
        viewport={"width": width, "height": 800},
    )
    return context.new_page()


def suggested(page: Page) -> str:
    """Send a suggestion and return its receipt."""
    page.goto("/suggestions/new")
    for name, value in {
        "topic": "service",
        "about": "authority",
        "publication": "agreed",
        "contact": "anonymous",
    }.items():
        page.check(f"[name={name}][value={value}]")
    page.fill("[name=text]", TEXT)
    page.click("button[name=step][value=check]")
    page.click("button[name=step][value=send]")
    return (page.locator("#receipt-both").text_content() or "").strip()


def answer(page: Page) -> None:
    """Sign in, find the newest suggestion, hide what tells of its author, and answer it."""
    page.goto("/desk/login")
    page.fill("[name=username]", "zhaoyu")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/desk/suggestions/")
    page.locator("ul.rows .title a").last.click()
    expect(page.locator("mark").first).to_have_text("13912345678")
    page.fill("[name=also]", "欧阳小川")
    page.click("button[name=redact][value=save]")
    expect(page.locator(".errors")).to_contain_text("欧阳小川")
    page.click("button[name=redact][value=apply]")
    expect(page.locator("[name=public_text]")).to_have_value(SHOWN)
    page.click("button[name=redact][value=save]")
    page.check("[name=act][value=adopt]")
    page.fill("[name=reply]", REPLY)
    page.locator("section[aria-labelledby=handling] button[type=submit]").click()
    expect(page.locator(".flash")).to_contain_text("已保存")


def follow(page: Page, receipt: str) -> None:
    page.goto("/track")
    page.fill("[name=code]", receipt)
    page.locator("main form button").first.click()


def test_a_suggestion_is_hidden_answered_read_and_taken_back(
    site: Site, chromium: Browser, *, scripts: bool
) -> None:
    author = browser_of(site, chromium, scripts=scripts, width=390)
    receipt = suggested(author)
    answer(browser_of(site, chromium, scripts=scripts, width=1280))
    follow(author, receipt)
    expect(author.locator("main")).to_contain_text(REPLY)
    public = author.locator("a[href^='/suggestions/2']").first.get_attribute("href") or ""
    reader = browser_of(site, chromium, scripts=scripts, width=390)
    reader.goto(public)
    expect(reader.locator("main")).to_contain_text(SHOWN)
    assert "欧阳" not in reader.content()
    author.fill("[name=receipt]", receipt)
    author.check("[name=sure]")
    author.locator("form[action*=withdraw] button").click()
    expect(author.locator(".flash")).to_be_visible()
    reader.goto(public)
    expect(reader.locator("main")).not_to_contain_text("招聘会")
    expect(reader.locator("main")).to_contain_text(REPLY)
