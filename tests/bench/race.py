"""Readers against a writer that publishes without a pause: no page may mix editions or come late."""

import multiprocessing
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from chengxin.core.database import Database
from chengxin.core.migrating import upgrade_database
from tests.conftest import settings_in
from tests.published_site import publish, site_on

READERS = 4
SCHEMA = "bench_race"


@dataclass(frozen=True)
class Race:
    """How a race ended."""

    reads: int
    publications: int
    faults: int


def race_on(folder: Path, url: str, reads: int) -> Race:
    """Read pages of several queries while another process publishes, and count wrong ones."""
    settings = settings_in(folder, database_url=url)
    upgrade_database(settings)
    database = Database(settings)
    context = multiprocessing.get_context("spawn")
    stop, published = context.Event(), context.Value("q", 0)
    writer = context.Process(target=_write, args=(str(folder), url, stop, published))
    writer.start()
    try:
        while published.value == 0:
            time.sleep(0.01)
        site = site_on(database, settings)

        def read(count: int) -> int:
            faults = 0
            for _ in range(count):
                least = published.value
                newest, events = map(int, site.client.get("/list/").text.split()[:2])
                faults += newest != events or newest < least
            return faults

        with ThreadPoolExecutor(READERS) as pool:
            faults = sum(pool.map(read, [reads // READERS] * READERS))
    finally:
        stop.set()
        writer.join()
        database.dispose()
    return Race(reads, published.value, faults)


def _write(folder: str, url: str, stop: object, published: object) -> None:
    database = Database(settings_in(Path(folder), database_url=url))
    while not stop.is_set():  # type: ignore[attr-defined]
        publish(database)
        published.value += 1  # type: ignore[attr-defined]
    database.dispose()


def races(reads: int) -> dict[str, Race]:
    """Run the race on SQLite, and on PostgreSQL where CHENGXIN_TEST_POSTGRESQL names one."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": race_on(Path(folder), "", reads)}
    server = os.environ.get("CHENGXIN_TEST_POSTGRESQL", "")
    if server:
        with tempfile.TemporaryDirectory() as folder:
            found["PostgreSQL"] = race_on(Path(folder), _own_schema(Path(folder), server), reads)
    return found


def _own_schema(folder: Path, server: str) -> str:
    database = Database(settings_in(folder, database_url=server))
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    database.dispose()
    return f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{SCHEMA}"
