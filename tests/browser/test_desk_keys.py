"""The desk by keyboard alone: twenty mixed cases, acts on many rows and taking them back, two people on one case."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests import make
from tests.browser.conftest import Site

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_recipients
from chengxin.ledger.actions import record
from chengxin.ledger.rules import PUBLIC, Subject
from chengxin.opinions.ratings.models import Rating
from chengxin.voices.complaints.models import Complaint

PASSWORD = "jiangzhou-2012-46"
CASES, RATINGS = 12, 8
ROWS = 30
NAME = "江州云阙按键人力资源有限公司"


class Staff:
    """Officers of one site, each with a browser of their own."""

    def __init__(self, site: Site, chromium: Browser) -> None:
        self.site, self.chromium = site, chromium

    def officer(self, username: str, password: str = PASSWORD) -> Page:
        """Sign in and stand before the queue."""
        page = self.chromium.new_context(locale="zh-CN", base_url=self.site.address).new_page()
        page.goto("/desk/login")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        expect(page.locator("h1")).to_have_text("办理台")
        page.wait_for_load_state()
        return page


@pytest.fixture
def staff(site: Site, chromium: Browser) -> Staff:
    return Staff(site, chromium)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def another_than(here: str) -> Callable[[str], bool]:
    return lambda url: url != here


def selected(page: Page) -> int:
    return page.locator(".queue tbody input:checked").count()


def test_rows_are_walked_and_selected_by_keys(staff: Staff) -> None:
    page = staff.officer("limin")
    press(page, "j", "j", "x")
    expect(page.locator("[data-selected]")).to_have_text("1")
    press(page, "j", "j", "Shift+x")
    expect(page.locator("[data-selected]")).to_have_text("3")
    assert selected(page) == 3
    press(page, "g", "m")
    expect(page.locator(".views [aria-current]")).to_contain_text("我的")
    press(page, "/")
    assert page.evaluate("document.activeElement.id") == "filter-words"


def test_rows_are_walked_over_the_end_of_a_page_and_back(staff: Staff) -> None:
    more_than_a_page_waits(staff.site)
    page = staff.officer("limin")
    page.goto("/desk/?kind=rating")
    press(page, *(["j"] * ROWS))
    expect(page.locator(".queue tbody tr").last).to_have_class("current")
    press(page, "j")
    expect(page).to_have_url(re.compile(r"page=2#first$"))
    expect(page.locator(".queue tbody tr").first).to_have_class("current")
    press(page, "k")
    expect(page).to_have_url(re.compile(r"rating#last$"))
    expect(page.locator(".queue tbody tr").last).to_have_class("current")


def test_going_back_from_a_record_leads_to_its_row(staff: Staff) -> None:
    page = staff.officer("limin")
    page.goto("/desk/?kind=complaint&page=2")
    row = page.locator(".queue tbody tr").nth(1)
    name = row.get_attribute("id")
    press(page, "j", "j", "o")
    page.wait_for_url("**/complaints/**")
    press(page, "u")
    expect(page).to_have_url(re.compile(f"#{name}$"))
    expect(page.locator(".queue tr.current")).to_have_attribute("id", str(name))


def test_keys_rest_while_somebody_writes_and_when_switched_off(staff: Staff) -> None:
    page = staff.officer("limin")
    press(page, "/")
    page.keyboard.type("jjx")
    assert selected(page) == 0
    assert page.locator(".queue tr.current").count() == 0
    page.goto("/desk/")
    press(page, "?")
    page.locator("[data-keys-switch]").uncheck()
    page.locator("h1").click()
    press(page, "j", "x")
    assert selected(page) == 0
    page.locator("[data-keys-switch]").check()
    page.locator("h1").click()
    press(page, "j", "x")
    assert selected(page) == 1


def test_what_was_taken_by_keys_is_taken_back_by_a_key(staff: Staff) -> None:
    page = staff.officer("limin")
    page.goto("/desk/?kind=complaint&officer=nobody")
    before = page.locator(".queue tbody tr").count()
    press(page, "j", "x", "j", "x", "a")
    expect(page.locator(".flash-done").first).to_be_visible()
    expect(page.locator(".queue tbody tr")).to_have_count(before - 2)
    press(page, "z")
    expect(page.locator(".queue tbody tr")).to_have_count(before)


def test_two_who_take_one_case_at_once_are_told_who_was_first(staff: Staff) -> None:
    first, second = staff.officer("limin"), staff.officer(*colleague(staff.site))
    for page in (first, second):
        page.goto("/desk/?kind=complaint&officer=nobody")
        press(page, "j")
    press(first, "a")
    expect(first.locator(".flash-done").first).to_contain_text("完成：1件")
    press(second, "a")
    expect(second.locator(".flash-done").first).to_contain_text("别人先改了")


def test_a_moderator_clears_twenty_mixed_cases_by_keyboard_alone(staff: Staff) -> None:
    cases, ratings = twenty_wait(staff.site)
    page = staff.officer("limin")
    press(page, "/")
    page.keyboard.insert_text(NAME)
    press(page, "Enter")
    expect(page.locator(".queue tbody tr")).to_have_count(CASES + RATINGS)
    press(page, "j", "Enter")
    for _ in range(CASES + RATINGS):
        expect(page.locator("#decision")).to_be_attached()
        here = page.url
        to_accept = ["ArrowDown"] if "/complaints/" in here else []
        press(page, "d", "Tab", "Space", *to_accept, "Enter")
        page.wait_for_url(another_than(here))
        expect(page.locator(".flash-done").first).to_be_visible()
    assert states(staff.site, Complaint, cases) == ["accepted"] * CASES
    assert states(staff.site, Rating, ratings) == ["published"] * RATINGS


def colleague(site: Site) -> tuple[str, str]:
    """Give the site a second moderator."""
    database, password = Database(Settings.from_environment(site.environment)), "rain over the old bridge"
    with database.writing() as session:
        make.account(session, username="chenxin", name="陈欣", password=password)
    database.dispose()
    return "chenxin", password


def more_than_a_page_waits(site: Site) -> None:
    """Let more ratings wait than one page of the queue has rows."""
    database = Database(Settings.from_environment(site.environment))
    with database.writing() as session:
        agency = make.agency(session, name="江州长页人力资源有限公司", uid="changye1", region_code="990000")
        for _ in range(ROWS + 1):
            rating = make.rating(session, agency)
            record(session, actor=PUBLIC, verb="leave", subject=Subject("rating", rating.id))
    database.dispose()


def twenty_wait(site: Site) -> tuple[list[int], list[int]]:
    """Let complaints and ratings about one agency wait."""
    settings = Settings.from_environment(site.environment)
    database, key = Database(settings), intake_recipients(settings)
    with database.writing() as session:
        agency = make.agency(session, name=NAME, uid="yunque01", region_code="990000")
        ratings = [make.rating(session, agency).id for _ in range(RATINGS)]
        cases = [
            make.complaint(session, make.filing(key, nonce=f"keys {number}", respondent=NAME)).id
            for number in range(CASES)
        ]
    database.dispose()
    return cases, ratings


def states(site: Site, model: Any, ids: list[int]) -> list[str]:
    """Return the states of some records in the running installation."""
    database = Database(Settings.from_environment(site.environment))
    with database.reading() as session:
        found = [session.get_one(model, each).state for each in ids]
    database.dispose()
    return found
