"""A rebuild or an update that is killed half way: the old index stays, and the next one sweeps up."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests import make
from tests.engines import ENGINES, environment, installation
from tests.lookups import told

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.search.postgresql.tables import schema_of
from chengxin.search.queries import LookupRequest, LookupResult, lookup
from chengxin.search.sources import source_of
from chengxin.search.whoosh.shelf import SEGMENTS

AGENCIES = 300
Ready = tuple[Settings, Database]
# The child waits while it writes the index, and is killed there.
REBUILD = """
import os, time
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import indexer

def wait(done, total):
    if done == total // 2:
        print("writing", flush=True)
        time.sleep(60)

settings = Settings.from_environment(os.environ)
indexer.rebuild(settings, Database(settings), wait)
"""
# The child renames agencies and follows, over and over, until it is killed at some moment.
UPDATES = """
import os
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.search import indexer

settings = Settings.from_environment(os.environ)
database = Database(settings)
print("writing", flush=True)
for number in range(10_000):
    with database.writing() as session:
        subject = Subject("agency", number % 300 + 1)
        record(session, actor="command", verb="agency.changed", subject=subject, public=True)
    indexer.update(settings, database)
"""


@pytest.fixture(params=ENGINES)
def ready(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ready]:
    with installation(request, tmp_path, request.param) as (settings, database):
        with database.writing() as session:
            for number in range(AGENCIES):
                told(session, make.agency(session, name=f"江州远帆人力资源第{number:03d}分公司"))
        yield settings, database


def started(settings: Settings, script: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script],
        env=environment(settings),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "writing\n"
    return child


def killed(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


def found(ready: Ready) -> LookupResult:
    settings, database = ready
    with database.reading() as session:
        request = LookupRequest(q="江州远帆人力资源")
        return lookup(session, source_of(settings), request, today=clock.today())


def sets_kept(ready: Ready) -> int:
    """Return how many sets of files or tables stand in the place of the index."""
    settings, database = ready
    if settings.search_engine == "whoosh":
        return len(list((settings.search_index / SEGMENTS).iterdir()))
    tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = :schema AND tablename LIKE 'agency%'")
    with database.reading() as session:
        return int(session.scalar(tables, {"schema": schema_of(session.connection())}) or 0)


def test_a_killed_rebuild_leaves_the_old_index_whole(ready: Ready) -> None:
    settings, database = ready
    indexer.rebuild(settings, database)
    killed(started(settings, REBUILD))
    assert (found(ready).total, found(ready).from_index) == (AGENCIES, True)
    assert indexer.verify(settings, database) == []
    for _ in range(2):
        assert until_free(settings, database) == AGENCIES
    assert sets_kept(ready) == 2
    assert (found(ready).total, found(ready).from_index) == (AGENCIES, True)


def until_free(settings: Settings, database: Database) -> int:
    """Rebuild as soon as the database has noticed that the other writer is gone."""
    end = time.monotonic() + 30
    while True:
        try:
            return indexer.rebuild(settings, database)
        except indexer.IndexBusyError:
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.parametrize("moment", [0.0, 0.11, 0.37, 0.8])
def test_an_update_killed_at_any_moment_leaves_a_whole_index(ready: Ready, moment: float) -> None:
    settings, database = ready
    indexer.rebuild(settings, database)
    child = started(settings, UPDATES)
    time.sleep(moment)
    killed(child)
    assert (found(ready).total, found(ready).from_index) == (AGENCIES, True)
    with database.writing() as session:
        agency = session.get(Agency, 1)
        assert agency
        agency.name = agency.folded_name = "云汀改名人力资源有限公司"
        told(session, agency)
    end = time.monotonic() + 30
    while found(ready).total != AGENCIES - 1:
        assert time.monotonic() < end
        indexer.update(settings, database)
    assert indexer.verify(settings, database) == []
