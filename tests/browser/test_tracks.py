"""Three tracks from the first page to the receipt and after: with and without scripts, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

WORDS = "面试前收了六百元内推费，没有开票，三次要求退还都没有回应。"
MORE = "补充一句：收款人写的是他们公司的名字。"
LANGUAGES = {"zh-CN": "", "en-GB": "/en"}


@dataclass(frozen=True)
class Track:
    """One way to tell: its form, what it asks, and what its own page says first."""

    form: str
    text: str
    choices: tuple[tuple[str, str], ...]
    stands: dict[str, str]
    lines: tuple[tuple[str, str], ...] = (("respondent", "渡口街的一家招工店"),)


TRACKS = {
    "complaint": Track(
        "/complaints/new",
        "facts",
        (("category", "fees"), ("contact", "anonymous")),
        {"zh-CN": "待受理", "en-GB": "Received, not yet accepted"},
    ),
    "report": Track(
        "/reports/new",
        "facts",
        (("category", "unlicensed"), ("contact", "anonymous")),
        {"zh-CN": "已收到", "en-GB": "Received"},
    ),
    "suggestion": Track(
        "/suggestions/new",
        "text",
        (("topic", "service"), ("about", "authority"), ("publication", "agreed"), ("contact", "anonymous")),
        {"zh-CN": "待答复", "en-GB": "To be answered"},
        lines=(),
    ),
}


@pytest.fixture(
    params=product(LANGUAGES, (True, False)), ids=lambda way: f"{way[0]}-{'js' if way[1] else 'nojs'}"
)
def visitor(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Page]:
    """Give a fresh browser that speaks one language, with scripts or without."""
    language, scripts = request.param
    context = chromium.new_context(
        base_url=site.address + LANGUAGES[language] + "/",
        locale=language,
        java_script_enabled=scripts,
        viewport={"width": 390, "height": 800},
    )
    page: Any = context.new_page()
    page.language = language
    yield page
    context.close()


def fill_in(page: Page, track: Track) -> None:
    """Fill in a form without sending it."""
    page.goto(track.form.removeprefix("/"))
    for name, value in track.choices:
        page.check(f"[name={name}][value={value}]")
    for name, value in track.lines:
        page.fill(f"[name={name}]", value)
    page.fill(f"[name={track.text}]", WORDS)


def sent(page: Page, track: Track) -> str:
    """Send a form and return the receipt in one line."""
    fill_in(page, track)
    page.click("button[name=step][value=check]")
    expect(page.locator("main")).to_contain_text(WORDS)
    page.click("button[name=step][value=send]")
    return (page.locator("#receipt-both").text_content() or "").strip()


def follow(page: Page, receipt: str) -> None:
    """Open what a receipt opens."""
    page.goto("track")
    page.fill("[name=code]", receipt)
    page.locator("main form button").first.click()


@pytest.mark.parametrize("name", TRACKS)
def test_what_was_told_is_followed_with_its_receipt_alone(visitor: Any, name: str) -> None:
    track = TRACKS[name]
    receipt = sent(visitor, track)
    assert re.fullmatch(r"C-[0-9A-Z]{4}-[0-9A-Z]{4} .+", receipt)
    visitor.context.clear_cookies()
    follow(visitor, receipt)
    expect(visitor.locator("main")).to_contain_text(track.stands[visitor.language])
    assert receipt.split()[1] not in visitor.content()


@pytest.mark.parametrize("name", TRACKS)
def test_a_form_that_is_not_whole_comes_back_with_every_word(visitor: Any, name: str) -> None:
    track = TRACKS[name]
    fill_in(visitor, track)
    visitor.fill(f"[name={track.text}]", "太短")
    visitor.click("button[name=step][value=check]")
    expect(visitor.locator(f"[name={track.text}]")).to_have_value("太短")
    for field, value in track.choices:
        expect(visitor.locator(f"[name={field}][value={value}]")).to_be_checked()
    link = visitor.locator("main a[href^='#']").first
    assert visitor.locator(link.get_attribute("href")).count() == 1


def test_whoever_told_can_write_once_more_and_read_it_back(visitor: Any) -> None:
    receipt = sent(visitor, TRACKS["complaint"])
    follow(visitor, receipt)
    form = visitor.locator("section[aria-labelledby=write] form")
    form.locator("textarea").fill(MORE)
    form.locator("button").last.click()
    expect(visitor.locator("main")).to_contain_text(MORE)


def test_nothing_of_the_phrase_stands_in_an_address(visitor: Any) -> None:
    seen: list[str] = []
    visitor.on("request", lambda request: seen.append(request.url))
    receipt = sent(visitor, TRACKS["report"])
    follow(visitor, receipt)
    phrase = receipt.split()[1]
    assert seen
    assert not any(phrase in url or receipt.split()[0] in url for url in seen)
