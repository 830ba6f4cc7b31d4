"""A real server, a real worker and Debian's Chromium; left out where no Chromium is installed."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text

POSTGRESQL = os.environ.get("CHENGXIN_TEST_POSTGRESQL", "")
REDIS = os.environ.get("CHENGXIN_TEST_REDIS", "")
ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 60

collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]


@dataclass(frozen=True)
class Site:
    """A running installation: its address, its folder and its sample password."""

    address: str
    folder: Path
    environment: dict[str, str]

    def command(self, *arguments: str, typed: str = "") -> str:
        """Run the command line on this installation and return what it printed."""
        done = subprocess.run(
            [BIN / "chengxin", *arguments],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session", params=["alone", *(["many"] if POSTGRESQL and REDIS else [])])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Site]:
    """Start `chengxin serve --sample` with a small city: on SQLite, then on PostgreSQL and Redis."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CHENGXIN_")},
        "CHENGXIN_DATA_DIR": str(folder),
        "CHENGXIN_RATE_LIMITS": "off",  # every browser here is one network that types faster than people
        **(many_machines(worker_id) if request.param == "many" else {}),
    }
    options = ["serve", "--sample", "--agencies", "60", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(
            [BIN / "chengxin", *options], env=environment, stdout=log, stderr=log, cwd=ROOT
        )
        try:
            started = Site(f"http://127.0.0.1:{port}", folder, environment)
            wait_for(started.address, running, found="yuanfan")
            yield started
        finally:
            running.terminate()
            running.wait(20)


def many_machines(worker: str) -> dict[str, str]:
    """Return the two settings of an installation on many machines, on an empty schema."""
    schema = f"test_site_{worker}"
    engine = create_engine(POSTGRESQL.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()
    mark = "&" if "?" in POSTGRESQL else "?"
    url = f"{POSTGRESQL}{mark}options=-csearch_path%3D{schema}"
    return {"CHENGXIN_DATABASE_URL": url, "CHENGXIN_REDIS_URL": REDIS}


def wait_for(address: str, running: subprocess.Popen[bytes], *, found: str = "") -> None:
    """Wait until the site answers and, when a name is given, until its worker has indexed it."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/agencies/suggest?q={found}", timeout=5) as answer:
                if not found or json.load(answer)["items"]:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)
    raise AssertionError("the site did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
