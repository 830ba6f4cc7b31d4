"""A reader who keeps a notice open sees it end at midnight, although no worker runs."""

import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.surfaces import EXPIRING, LASTING, Surfaces, mark_of
from werkzeug.serving import make_server

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core import clock

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LAST_SECOND = datetime(2027, 1, 28, 15, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 1, 28, 16, 0, tzinfo=UTC)


class HeldSite:
    """A site whose clock stands where the test puts it, with nobody who works in the background."""

    def __init__(self, settings: Settings) -> None:
        """Fill it and answer on a free port of this machine."""
        self.now = NOON
        with clock.frozen(NOON):
            self.surfaces = Surfaces(settings)
        self.app: Any = create_wsgi(settings)
        self.server = make_server("127.0.0.1", 0, self, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer a request at the instant the clock stands at."""
        with clock.frozen(self.now):
            answer = self.app(environ, start_response)
            try:
                return list(answer)
            finally:
                getattr(answer, "close", list)()


@pytest.fixture
def held(settings: Settings) -> Iterator[HeldSite]:
    site = HeldSite(settings)
    yield site
    site.server.shutdown()


@pytest.fixture
def reader(held: HeldSite, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=f"http://127.0.0.1:{held.server.server_port}", locale="zh-CN")
    yield context.new_page()
    context.close()


def test_the_words_are_gone_at_midnight_on_every_page_a_reader_walks(held: HeldSite, reader: Page) -> None:
    number = held.surfaces.notices[EXPIRING].number
    reader.goto("/notices/")
    reader.get_by_role("link", name=mark_of(EXPIRING)).first.click()
    expect(reader.locator("main")).to_contain_text(mark_of(EXPIRING))
    held.now = LAST_SECOND
    reader.reload()
    expect(reader.locator("main")).to_contain_text(mark_of(EXPIRING))
    held.now = MIDNIGHT
    answer = reader.reload()
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("h1")).to_contain_text(str(number))
    walked = [
        "/",
        "/notices/",
        "/notices/?state=ended",
        f"/notices/2026/{number}/rev/1",
        "/agencies/walk0004/",
    ]
    for path in [*walked, f"/agencies/?q={held.surfaces.agencies[EXPIRING].name}"]:
        for language in ("", "/en"):
            reader.goto(f"{language}{path}")
            assert mark_of(EXPIRING) not in reader.content(), path
    reader.goto("/notices/2026/1/")
    expect(reader.locator("main")).to_contain_text(mark_of(LASTING))
