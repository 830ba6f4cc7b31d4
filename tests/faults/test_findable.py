"""With the worker running, what is published is found at once, by every process, while others read."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.engines import COMMAND, ENGINES, environment, installation
from tests.lookups import enrolled, fill

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.search.queries import LookupRequest, LookupResult, lookup
from chengxin.search.sources import source_of

LONGEST_WAIT = 30.0
Ready = tuple[Settings, Database]
# A web process reduced to what a lookup needs: it is asked for a word and says how many agencies it found.
READER = """
import sys
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search.queries import LookupRequest, lookup
from chengxin.search.sources import source_of
import os

settings = Settings.from_environment(os.environ)
database, source = Database(settings), source_of(settings)
for line in sys.stdin:
    with database.reading() as session:
        found = lookup(session, source, LookupRequest(q=line.strip()), today=clock.today())
    print(found.total if found.from_index else "no index", flush=True)
"""


@pytest.fixture(params=ENGINES)
def ready(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ready]:
    with installation(request, tmp_path, request.param) as (settings, database):
        fill(database)
        yield settings, database


def found(ready: Ready, q: str) -> LookupResult:
    settings, database = ready
    with database.reading() as session:
        return lookup(session, source_of(settings), LookupRequest(q=q), today=clock.today())


def until(is_so: Callable[[], bool]) -> float:
    """Wait until something is so and return how many seconds it took."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < LONGEST_WAIT
        time.sleep(0.02)
    return time.monotonic() - started


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    worker = subprocess.Popen([*COMMAND, "work"], env=environment(settings), stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        assert worker.wait(LONGEST_WAIT) == 0


@contextmanager
def reader(settings: Settings) -> Iterator[Callable[[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", READER],
        env=environment(settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(q: str) -> str:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{q}\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        yield ask
    finally:
        process.kill()
        process.communicate()


def test_with_the_worker_running_a_published_change_is_soon_found(
    ready: Ready, record_property: Callable[[str, object], None]
) -> None:
    settings, database = ready
    with working(settings):
        until(lambda: found(ready, "").from_index)
        for name in ("江州百川职业介绍有限公司", "江州晨光人力资源有限公司"):
            with database.writing() as session:
                enrolled(session, name)
            seconds = until(lambda name=name: found(ready, name).total == 1)  # type: ignore[misc]
            record_property("seconds until it was found", round(seconds, 2))
            assert found(ready, name).from_index


def test_two_web_processes_share_one_index(ready: Ready) -> None:
    settings, database = ready
    indexer.rebuild(settings, database)
    with reader(settings) as one, reader(settings) as other:
        assert (one("百川"), other("百川"), one("江州")) == ("0", "0", "4")
        with database.writing() as session:
            enrolled(session, "江州百川职业介绍有限公司")
        indexer.update(settings, database)
        assert (one("百川"), other("百川"), one("江州"), other("江州")) == ("1", "1", "5", "5")
        indexer.rebuild(settings, database)
        assert (one("百川"), other("江州")) == ("1", "5")


def test_many_readers_beside_one_writer_always_get_a_whole_answer(ready: Ready) -> None:
    settings, database = ready
    indexer.rebuild(settings, database)
    stop, wrong = threading.Event(), []
    seen: list[int] = []

    def read() -> None:
        last = 4
        while not stop.is_set():
            result = found(ready, "江州")
            if not result.from_index or result.total < last or len(result.hits) != min(result.total, 20):
                wrong.append((result.from_index, result.total, last, len(result.hits)))
            last = result.total
        seen.append(last)

    readers = [threading.Thread(target=read) for _ in range(6)]
    for each in readers:
        each.start()
    for number in range(12):
        with database.writing() as session:
            enrolled(session, f"江州新办第{number}人力资源有限公司")
        if number == 6:
            indexer.rebuild(settings, database)
        indexer.update(settings, database)
    time.sleep(0.2)
    stop.set()
    for each in readers:
        each.join(LONGEST_WAIT)
    assert wrong == []
    assert seen == [16] * 6
