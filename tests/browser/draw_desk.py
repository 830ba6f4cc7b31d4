"""Draw the pictures of the moderator's guide from the invented sample: `python -m tests.browser.draw_desk ADDRESS`.

The address is that of a fresh `chengxin serve --sample`; the pictures are kept in docs/pictures.
"""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "jiangzhou-2012-46"
WIDTH, HEIGHT, COLOURS = 1280, 960, 255
MOST = 150_000


def main(address: str) -> None:
    """Sign in and draw one picture after the other."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=address, locale="zh-CN", viewport={"width": WIDTH, "height": HEIGHT}
        )
        page = context.new_page()
        page.goto("/desk/login")
        page.fill("[name=username]", "zhaoyu")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        for name, show in SHOWN.items():
            show(page)
            keep(page, name)
        browser.close()


def keep(page: Page, name: str) -> None:
    """Write what the page shows with few colours."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        drawn = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
    file = PICTURES / f"{name}.png"
    drawn.save(file, optimize=True)
    size = file.stat().st_size
    if size > MOST:
        raise SystemExit(f"{file.name} has {size} bytes, more than {MOST}")
    sys.stdout.write(f"{file.name} {size}\n")


def case_in(page: Page, words: str, part: str = "kind=complaint") -> None:
    """Open the first case of a part of the queue whose state is shown by some words."""
    page.goto(f"/desk/?{part}")
    links = page.locator(".queue tbody a[href*='/complaints/']")
    addresses = [str(links.nth(number).get_attribute("href")) for number in range(links.count())]
    for each in addresses:
        page.goto(each)
        if words in (page.locator(".desk-head").text_content() or ""):
            return
    raise SystemExit(f"the sample has no case with {words}")


def queue(page: Page) -> None:
    """Show the queue."""
    page.goto("/desk/?kind=complaint")


def case(page: Page) -> None:
    """Show a case that waits, with the fields of a refusal."""
    case_in(page, "待受理")
    page.check("[name=move][value=refuse]")


def extension(page: Page) -> None:
    """Show a case whose extension waits for a second person."""
    case_in(page, "调查中", "view=second")
    page.check("[name=move][value=extend]")


def texts(page: Page) -> None:
    """Show a standard text with its places."""
    page.goto("/desk/texts/1/")
    page.locator("details").first.evaluate("each => { each.open = true; }")


def finding(page: Page) -> None:
    """Decide a case and show the draft that grows out of the finding."""
    case_in(page, "调查中")
    address = page.url
    page.check("[name=move][value=decide]")
    page.select_option("[name=finding]", "upheld")
    page.fill("[name=message]", "经查属实，已责令改正。")
    page.click(".acts button[type=submit]")
    page.goto(address.split("?")[0] + "draft")


SHOWN: dict[str, Callable[[Page], None]] = {
    "desk-queue": queue,
    "desk-case": case,
    "desk-extension": extension,
    "desk-texts": texts,
    "desk-finding": finding,
}

if __name__ == "__main__":
    main(sys.argv[1])
