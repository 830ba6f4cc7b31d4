"""Suggestions while typing: by keyboard, asked for once a pause, and nothing lost without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

NAME = "江州捷聘人力资源有限公司"
OPTIONS = "datalist option"


@pytest.fixture
def visitor(site: Site, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.address, locale="zh-CN")
    yield context.new_page()
    context.close()


def asked(page: Page) -> list[str]:
    found: list[str] = []
    page.on(
        "request", lambda request: found.append(request.url) if "/agencies/suggest" in request.url else None
    )
    return found


def test_the_box_offers_names_with_their_place_and_enter_looks_up(visitor: Page) -> None:
    visitor.goto("/")
    box = visitor.locator("#q")
    box.focus()
    visitor.keyboard.type("捷聘")
    expect(visitor.locator(OPTIONS).first).to_be_attached()
    offered = visitor.eval_on_selector_all(OPTIONS, "all => all.map(each => [each.value, each.label])")
    assert [NAME, "高新区"] in offered
    assert box.evaluate("box => box.list.id") == "q-names"
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".rows .title a").first).to_have_text(NAME)


def test_pinyin_stands_beside_the_place_so_that_browsers_offer_the_name(visitor: Page) -> None:
    visitor.goto("/agencies/")
    visitor.locator("#q").focus()
    visitor.keyboard.type("jiepin")
    expect(visitor.locator(OPTIONS).first).to_have_attribute("label", "高新区 jiepin")


# All letters within one turn of the page: a busy machine cannot spread them.
TYPED = """word => { const box = document.querySelector("#q"); for (const letter of word) {
  box.value += letter; box.dispatchEvent(new InputEvent("input", {bubbles: true})); } }"""


def test_quick_typing_asks_once(visitor: Page) -> None:
    visitor.goto("/")
    urls = asked(visitor)
    visitor.locator("#q").focus()
    visitor.evaluate(TYPED, "jiepin")
    expect(visitor.locator(OPTIONS).first).to_be_attached()
    assert [url.partition("?")[2] for url in urls] == ["q=jiepin"]


def test_the_complaint_form_offers_names_too(visitor: Page) -> None:
    visitor.goto("/complaints/new")
    visitor.locator("#respondent").focus()
    visitor.keyboard.type("捷聘")
    expect(visitor.locator(OPTIONS).first).to_have_attribute("value", NAME)


def test_a_failing_suggestion_is_no_trouble(visitor: Page) -> None:
    visitor.route("**/agencies/suggest*", lambda route: route.abort())
    visitor.goto("/")
    visitor.locator("#q").focus()
    visitor.keyboard.type("捷聘")
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".rows .title a").first).to_have_text(NAME)


def test_without_scripts_the_box_looks_up_all_the_same(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "捷聘")
    page.keyboard.press("Enter")
    expect(page.locator(".rows .title a").first).to_have_text(NAME)
    expect(page.locator("datalist")).to_have_count(0)
    context.close()
