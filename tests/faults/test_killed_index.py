"""A rebuild that is killed half way: the old index stays, and the next one sweeps up."""

import signal
import subprocess
import sys

from tests import make

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.search.queries import LookupRequest, LookupResult, lookup
from chengxin.search.searcher import Searcher
from chengxin.search.shelf import SEGMENTS

AGENCIES = 300
# The child waits while it writes a segment, and is killed there.
CHILD = """
import sys, time
from pathlib import Path
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import indexer

def wait(done, total):
    if done == total // 2:
        print("writing", flush=True)
        time.sleep(60)

folder = Path(sys.argv[1])
settings = Settings(data_dir=folder, search_index=folder / "search_index")
indexer.rebuild(settings, Database(settings), wait)
"""


def found(settings: Settings, database: Database) -> LookupResult:
    with database.reading() as session:
        searcher = Searcher(settings.search_index)
        return lookup(session, searcher, LookupRequest(q="江州远帆"), today=clock.today())


def test_a_killed_rebuild_leaves_the_old_index_whole(settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        for number in range(AGENCIES):
            make.agency(session, name=f"江州远帆人力资源第{number:03d}分公司")
    indexer.rebuild(settings, database)
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CHILD, str(settings.data_dir)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "writing\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert len(list((settings.search_index / SEGMENTS).iterdir())) == 2
    assert (found(settings, database).total, found(settings, database).from_index) == (AGENCIES, True)
    assert indexer.verify(settings, database) == []
    for _ in range(2):
        assert indexer.rebuild(settings, database) == AGENCIES
    assert len(list((settings.search_index / SEGMENTS).iterdir())) == 2
    database.dispose()
