"""Draw the pictures of the seals for shared pages from the seals' own macro: `python -m tests.browser.draw_seals`.

It needs a browser and Noto Sans CJK SC; the pictures are kept in the tree, so nobody needs it to run the site.
"""

import io
import shutil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import sync_playwright

from chengxin.standing.rules import Standing

ROOT = Path(__file__).resolve().parents[2]
SEALS = ROOT / "static" / "seals"
SIDE = 600
COLOURS = 32
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = """<!doctype html><style>
:root{--card:#fff;--red:#a61b1b;--edge:#6f7a81;--ink-2:#43505b}
body{margin:0;background:#f7f6f2}
svg{display:block;width:480px;height:480px;margin:60px}
text{text-anchor:middle;font:700 20px "Noto Sans CJK SC",sans-serif}
.seal-open{fill:var(--card);stroke-width:2.5}.seal-mute{stroke:var(--edge)}.seal-red{stroke:var(--red)}
.ink-mute{fill:var(--ink-2)}.ink-red{fill:var(--red)}
</style>"""


def main() -> None:
    """Draw every seal and write it with few colours."""
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    macro = environment.get_template("parts/seal.html").module
    SEALS.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
        for standing in Standing:
            page.set_content(PAGE + str(macro.seal(standing)))  # type: ignore[attr-defined]
            drawn = Image.open(io.BytesIO(page.screenshot()))
            drawn.convert("RGB").quantize(COLOURS).save(SEALS / f"{standing}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
