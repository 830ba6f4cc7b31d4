"""A picture is redacted by mouse and by keys; what was drawn stands in the fields and in the preview."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from tests.browser.conftest import Site

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Media

PASSWORD = "jiangzhou-2012-46"


def picture_of(site: Site) -> int:
    """Return the number of a picture of the sample that belongs to an open case."""
    database = Database(Settings.from_environment(site.environment))
    with database.reading() as session:
        found = session.scalars(
            select(Evidence.id).where(Evidence.media.in_([Media.JPEG, Media.PNG])).order_by(Evidence.id)
        ).first()
    database.dispose()
    assert found is not None
    return found


@pytest.fixture
def page(site: Site, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        locale="zh-CN", base_url=site.address, viewport={"width": 1280, "height": 2000}
    )
    opened = context.new_page()
    opened.goto("/desk/login")
    opened.fill("[name=username]", "limin")
    opened.fill("[name=password]", PASSWORD)
    opened.click("main button[type=submit]")
    expect(opened.locator("h1")).not_to_have_text("登录")
    opened.goto(f"/desk/evidence/{picture_of(site)}/redact")
    yield opened
    context.close()


def board(page: Page) -> Locator:
    return page.locator(".drawing svg")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw from one place to another, in parts of the picture."""
    held = board(page).bounding_box()
    assert held is not None
    places = [(held["x"] + held["width"] * x, held["y"] + held["height"] * y) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def test_what_the_mouse_draws_over_is_written_rounded_outwards(page: Page) -> None:
    drag(page, (0.105, 0.205), (0.395, 0.295))
    expect(page.locator("#box_1")).to_have_value("10 20 30 10")
    expect(page.locator(".drawing [role=status]")).to_contain_text("10 20 30 10")
    drag(page, (0.9, 0.9), (0.5, 0.5))
    expect(page.locator(".drawn")).to_have_count(2)
    page.fill("#box_1", "")
    expect(page.locator(".drawn")).to_have_count(1)


def test_keys_move_size_and_set_a_rectangle(page: Page) -> None:
    board(page).focus()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator(".drawing [role=status]")).to_contain_text("39 44 21 11")
    page.keyboard.press("Enter")
    expect(page.locator("#box_1")).to_have_value("39 44 21 11")
    page.click("button[value=preview]")
    expect(page.locator("button[value=keep]")).to_be_visible()
    expect(page.locator("#box_1")).to_have_value("39 44 21 11")


def test_a_click_without_a_stroke_sets_nothing(page: Page) -> None:
    board(page).click()
    expect(page.locator("#box_1")).to_have_value("")
