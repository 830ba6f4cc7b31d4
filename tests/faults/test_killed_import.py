"""An import that is killed half way leaves nothing behind, and can be run again."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.lists import listed, row

from chengxin.agencies import columns, queries
from chengxin.agencies.importing import import_list
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.tables import open_table
from chengxin.core.tables.columns import all_names

ROWS = 3_000
# The child waits inside the transaction once a part of the rows is written, and is killed there.
CHILD = """
import sys, time
from pathlib import Path
from chengxin.agencies.importing import import_list
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.tables import open_table

def wait(rows):
    print("written", flush=True)
    time.sleep(60)

database = Database(Settings(data_dir=Path(sys.argv[1])))
with open_table(Path(sys.argv[2]), known=["机构名称", "许可状态"]) as table, database.writing() as session:
    import_list(session, actor="command", table=table, source="a list", said={}, progress=wait)
"""


def test_a_killed_import_leaves_nothing_and_can_be_run_again(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(listed(*map(row, range(1, ROWS + 1))), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(settings.data_dir), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    assert child.stdout.readline() == "written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    database = Database(settings)
    with database.reading() as session:
        assert queries.count(session) == 0
    with open_table(path, known=all_names(columns.NAMES, {})) as table, database.writing() as session:
        import_list(session, actor="command", table=table, source="a list", said={})
    with database.reading() as session:
        assert queries.count(session) == ROWS
    database.dispose()
