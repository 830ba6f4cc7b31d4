"""What was acknowledged is there after kill -9 in mid-write."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html
from tests.conftest import settings_in

from chengxin.cli.db import prepare
from chengxin.core.database import Database
from chengxin.ledger import queries

ROOT = Path(__file__).resolve().parents[2]
GRANIAN = str(Path(sys.executable).parent / "granian")
FORM = "application/x-www-form-urlencoded"
FACTS = "面试前交了六百元押金，没有开票，之后联系不上，招牌也换了。"


class Visitor:
    """A browser reduced to what a complaint needs: one cookie, forms, posts."""

    def __init__(self, port: int) -> None:
        self.port = port

    def fetch(
        self, method: str, path: str, fields: dict[str, str] | None = None, cookie: str = ""
    ) -> tuple[str, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Cookie": cookie, **({"Content-Type": FORM} if fields is not None else {})}
            connection.request(method, path, urlencode(fields or {}), headers)
            answer = connection.getresponse()
            return answer.read().decode(), (answer.getheader("Set-Cookie") or cookie).split(";")[0]
        finally:
            connection.close()

    def send(self, path: str, typed: dict[str, str]) -> str:
        page, cookie = self.fetch("GET", path)
        form = [each for each in html.fromstring(page).forms if each.method == "POST"][-1]
        fields = {name: str(form.fields[name] or "") for name in form.fields if name}
        return self.fetch("POST", path, fields | typed, cookie)[0]

    def complain(self) -> str | None:
        typed = {
            "respondent": "江州捷聘",
            "category": "fees",
            "facts": FACTS,
            "contact": "anonymous",
            "step": "send",
        }
        found = re.search(r'id="receipt-both"[^>]*>([^<]+)<', self.send("/complaints/new", typed))
        return found.group(1).strip() if found else None

    def finds(self, receipt: str) -> bool:
        return "江州捷聘" in self.send("/track", {"code": receipt})


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "CHENGXIN_DATA_DIR": str(folder), "CHENGXIN_RATE_LIMITS": "off"}
    command = [GRANIAN, "--interface", "wsgi", "--port", str(port), "--blocking-threads", "64", "wsgi:app"]
    running = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
    try:
        until_it_answers(port)
        yield port, running
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)


def until_it_answers(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            Visitor(port).fetch("GET", "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the site did not start")


def filing(port: int, receipts: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            receipt = Visitor(port).complain()
        except (OSError, IndexError):
            return
        if receipt:
            receipts.append(receipt)


@pytest.mark.parametrize("enough", [5, 40])
def test_a_killed_site_has_lost_no_acknowledged_complaint(tmp_path: Path, enough: int) -> None:
    prepare(settings_in(tmp_path, secret_key=""))
    receipts: list[str] = []
    with serving(tmp_path) as (port, running):
        stop = threading.Event()
        writers = [threading.Thread(target=filing, args=(port, receipts, stop)) for _ in range(6)]
        for each in writers:
            each.start()
        end = time.monotonic() + 30
        while len(receipts) < enough and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGKILL)
        stop.set()
        for each in writers:
            each.join()
    assert len(receipts) >= enough
    with serving(tmp_path) as (port, _running):
        assert [receipt for receipt in receipts if not Visitor(port).finds(receipt)] == []
    with Database(settings_in(tmp_path)).reading() as session:
        assert list(queries.faults(session)) == []
