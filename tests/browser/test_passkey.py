"""Chromium with a virtual authenticator adds a passkey and signs in with it, by the page's own script."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import BIN, ROOT, free_port, wait_for

PASSWORD = "rain over the old bridge"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve an installation with one moderator at a name, for passkeys know no bare numbers."""
    port = free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CHENGXIN_")},
        "CHENGXIN_DATA_DIR": str(tmp_path),
        "CHENGXIN_BASE_URL": f"http://localhost:{port}",
        "CHENGXIN_SECOND_FACTOR": "off",
    }
    for words in (
        ["db", "upgrade"],
        ["accounts", "add", "limin", "--name", "李敏", "--role", "moderator", "--password-stdin"],
    ):
        subprocess.run([BIN / "chengxin", *words], env=environment, input=PASSWORD, text=True, check=True)
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(
            [BIN / "chengxin", "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", running)
            yield f"http://localhost:{port}/desk"
        finally:
            running.terminate()
            running.wait(20)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Give a page whose browser has a device with a finger always on it."""
    context = chromium.new_context()
    opened = context.new_page()
    session = context.new_cdp_session(opened)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield opened
    context.close()


def test_a_passkey_is_added_and_opens_the_workbench(page: Page, address: str) -> None:
    page.goto(f"{address}/login?next=/desk/me/passkeys/new")
    page.fill("#username", "limin")
    page.fill("#password", PASSWORD)
    page.click("form[action='/desk/login'] button")
    page.fill("#name", "办公桌上的钥匙")
    with page.expect_navigation():
        page.click("[data-passkey-button]")
    assert page.url == f"{address}/me/"
    assert "办公桌上的钥匙" in page.inner_text("main")
    page.click("header form button")
    page.goto(f"{address}/login?next=/desk/me/")
    with page.expect_navigation():
        page.click("[data-passkey-button]")
    assert page.url == f"{address}/me/"
    assert "李敏" in page.inner_text("header")
