"""The small scripts: they help, and they never decide."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

PASSWORD = "jiangzhou-2012-46"


@pytest.fixture
def visitor(site: Site, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.address, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def officer(visitor: Page) -> Page:
    visitor.goto("/desk/login")
    visitor.fill("[name=username]", "limin")
    visitor.fill("[name=password]", PASSWORD)
    visitor.click("main button[type=submit]")
    visitor.goto("/desk/")
    return visitor


def current_row(page: Page) -> int:
    return int(
        page.evaluate(
            "[...document.querySelectorAll('.queue tbody tr')].findIndex(r => r.classList.contains('current'))"
        )
    )


def test_a_refused_form_puts_the_focus_on_its_errors(visitor: Page) -> None:
    visitor.goto("/complaints/new")
    visitor.click("main form [name=step][value=check]")
    expect(visitor.locator(".errors")).to_be_focused()
    visitor.locator(".errors a").first.click()
    expect(visitor.locator("#respondent")).to_be_focused()


def test_the_counter_counts_characters(visitor: Page) -> None:
    visitor.goto("/complaints/new")
    visitor.fill("textarea", "收了我的钱")
    expect(visitor.locator(".counter")).to_contain_text("5")


def test_the_print_button_appears_only_with_scripts(visitor: Page, site: Site, chromium: Browser) -> None:
    visitor.goto("/agencies/")
    file = visitor.locator(".rows .title a").first.get_attribute("href") or ""
    visitor.goto(file)
    expect(visitor.locator("[data-print]")).to_be_visible()
    bare = chromium.new_context(base_url=site.address, java_script_enabled=False)
    page = bare.new_page()
    page.goto(file)
    expect(page.locator("[data-print]")).to_be_hidden()
    bare.close()


def test_a_half_written_complaint_asks_before_it_is_left(visitor: Page) -> None:
    visitor.goto("/complaints/new")
    visitor.click("textarea")
    visitor.keyboard.type("收了我的钱")
    with visitor.expect_event("dialog") as asked:
        visitor.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_j_and_k_walk_the_queue_and_o_opens(officer: Page) -> None:
    officer.keyboard.press("j")
    officer.keyboard.press("j")
    assert current_row(officer) == 1
    officer.keyboard.press("k")
    assert current_row(officer) == 0
    officer.keyboard.press("o")
    expect(officer).not_to_have_url(re.compile("/desk/$"))


def test_keys_are_letters_while_somebody_writes(officer: Page) -> None:
    officer.keyboard.press("j")
    officer.evaluate("document.body.insertAdjacentHTML('beforeend', '<input id=typed>')")
    officer.click("#typed")
    officer.keyboard.type("jj")
    assert current_row(officer) == 0
    expect(officer.locator("#typed")).to_have_value("jj")


def test_keys_are_letters_while_an_input_method_composes(officer: Page) -> None:
    officer.keyboard.press("j")
    officer.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))"
    )
    assert current_row(officer) == 0


def test_keys_can_be_switched_off(officer: Page) -> None:
    officer.keyboard.press("?")
    officer.uncheck("[data-keys-switch]")
    officer.reload()
    officer.keyboard.press("j")
    assert current_row(officer) == -1
