"""The import commands: they say what became of the rows, undo a trial, and fail with what to do."""

import csv
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.conftest import settings_in
from tests.lists import code, listed, row

from chengxin.agencies import queries
from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.database import Database

REGIONS = "code,name,level,parent\n990000,江州市,province,\n990100,市辖区,city,990000\n990101,临江区,county,990100\n"
LISTING = "序号,地区,名称,统一社会信用代码或证件号码,列入名单事由,涉及金额（元）,认定部门\n"


class Commands:
    """The command line of one installation, with files beside it."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Keep the settings and where files are written."""
        self.settings = settings
        self.folder = folder

    def __call__(self, *words: str) -> Result:
        """Run one command."""
        return CliRunner().invoke(main, words, obj=self.settings)

    def file(self, text: str, name: str = "list.csv", encoding: str = "utf-8") -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return str(path)

    def count(self) -> int:
        """Return how many agencies the register has."""
        database = Database(self.settings)
        with database.reading() as session:
            found = queries.count(session)
        database.dispose()
        return found


@pytest.fixture
def run(settings: Settings, tmp_path: Path) -> Commands:
    """Give the command line of an installation that knows 江州市."""
    commands = Commands(settings, tmp_path)
    assert commands("regions", "import", commands.file(REGIONS, "regions.csv")).exit_code == 0
    return commands


def test_a_list_is_imported_and_summed_up(run: Commands) -> None:
    bad = row(2, uscc="91990101MA0000002Z")
    answer = run("agencies", "import", run.file(listed(row(1), bad, row(3, name=""))), "--no-index")
    assert answer.exit_code == 0, answer.output
    for line in (
        "3 rows read",
        "2 taken as new",
        "1 kept with a flag: uscc_check",
        "1 refused because: no name",
    ):
        assert line in answer.output
    assert "row 4: refused: (no name)" in answer.output
    assert run.count() == 2


def test_every_row_stands_in_the_report(run: Commands) -> None:
    path = run.folder / "report.csv"
    run("agencies", "import", run.file(listed(row(1), row(2, name=""))), "--no-index", "--report", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(each["row"], each["outcome"]) for each in rows] == [("2", "taken"), ("3", "refused")]
    assert rows[0]["name"] == "江州1号人力资源有限公司"
    assert len(rows[0]["key"]) == 8


def test_a_report_cell_is_never_a_formula(run: Commands) -> None:
    path = run.folder / "report.csv"
    run("agencies", "import", run.file(listed(row(1, name="=1+1"))), "--no-index", "--report", str(path))
    assert ",'=1+1," in path.read_text(encoding="utf-8-sig")


def test_a_dry_run_writes_nothing(run: Commands) -> None:
    answer = run("agencies", "import", run.file(listed(row(1))), "--dry-run")
    assert "1 taken as new" in answer.output
    assert "nothing was written" in answer.output
    assert run.count() == 0


def test_a_stopped_import_leaves_nothing_behind(run: Commands) -> None:
    good = "\n".join(row(number) for number in range(1, 1201))
    text = listed(good, '"unclosed,cell')
    answer = run("agencies", "import", run.file(text), "--no-index")
    assert answer.exit_code == 1
    assert "never closed" in answer.output
    assert run.count() == 0


def test_a_shrinking_list_is_stopped_with_what_to_say(run: Commands) -> None:
    run("agencies", "import", run.file(listed(*map(row, range(1, 11)))), "--no-index", "--source", "名录")
    shorter = run.file(listed(*map(row, range(1, 6))))
    answer = run("agencies", "import", shorter, "--no-index", "--source", "名录")
    assert answer.exit_code == 1
    assert "--allow-shrink" in answer.output
    answer = run("agencies", "import", shorter, "--no-index", "--source", "名录", "--allow-shrink")
    assert "5 agencies of this source are not in the list" in answer.output


def test_gb18030_and_a_column_named_by_the_user_are_taken(run: Commands) -> None:
    path = run.file("who,许可状态\n江州甲人力有限公司,有效\n", encoding="gb18030")
    answer = run("agencies", "import", path, "--no-index", "--map", "who=name")
    assert "GB18030" in answer.output
    assert run.count() == 1


def test_a_map_without_an_equals_sign_is_refused(run: Commands) -> None:
    answer = run("agencies", "import", run.file(listed(row(1))), "--map", "name")
    assert answer.exit_code == 2
    assert "COLUMN=FIELD" in answer.output


def test_a_workbook_with_a_title_is_taken(run: Commands) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["江州市人力资源服务机构名录"],
        ["序号", "机构名称", "地区"],
        [1, "江州甲人力有限公司", "江州市临江区"],
    ):
        sheet.append(cells)
    book.save(run.folder / "list.xlsx")
    answer = run("agencies", "import", str(run.folder / "list.xlsx"), "--no-index")
    assert "1 taken as new" in answer.output
    assert "header in row 2" in answer.output


def test_an_import_without_a_database_says_how_to_make_it(tmp_path: Path) -> None:
    commands = Commands(settings_in(tmp_path), tmp_path)
    answer = commands("agencies", "import", commands.file(listed(row(1))))
    assert answer.exit_code == 1
    assert "chengxin db upgrade" in answer.output


def test_the_index_follows_an_import(run: Commands) -> None:
    answer = run("agencies", "import", run.file(listed(row(1))))
    assert "1 agencies indexed" in answer.output
    assert run("index", "verify").exit_code == 0


def test_agencies_and_sources_can_be_read(run: Commands) -> None:
    run("agencies", "import", run.file(listed(row(1))), "--no-index", "--source", "名录")
    assert run("agencies", "find", "江州1号").output.endswith(
        f"\t江州1号人力资源有限公司\t{code(1)}\tvalid\n"
    )
    assert "1  名录" in run("agencies", "sources").output
    assert "uscc: " in run("agencies", "fields").output


def test_a_permit_is_ended_once(run: Commands) -> None:
    run("agencies", "import", run.file(listed(row(1))), "--no-index")
    number = "(江)人服证字[2026]第0000001号"
    answer = run(
        "permits", "end", number, "revoked", "--on", "2026-11-02", "--decision-no", "江人社〔2026〕3号"
    )
    assert answer.exit_code == 0, answer.output
    assert "licence,revoked,2026-11-02,2031-01-31" in run("permits", "list", "--status", "revoked").output
    again = run("permits", "end", number, "expired")
    assert again.exit_code == 1
    assert "can become deregistered" in again.output
    assert run("permits", "end", "nowhere", "expired").exit_code == 1


def test_regions_are_listed_and_wrong_ones_refused(run: Commands) -> None:
    assert "990000  江州市" in run("regions", "list").output
    assert run("regions", "list", "--below", "990100").output == "990101  临江区\n"
    answer = run("regions", "import", run.file("code,name\n99,江州\n", "bad.csv"))
    assert answer.exit_code == 1
    assert "six digits" in answer.output


def test_levels_and_parents_follow_from_the_codes(run: Commands) -> None:
    answer = run("regions", "import", run.file("code,name\n990200,青石市\n990201,桥北区\n", "more.csv"))
    assert "2 regions added" in answer.output
    assert "990201" in run("regions", "list", "--below", "990200").output


def test_a_list_of_decisions_asks_for_its_date_and_is_taken_with_it(run: Commands) -> None:
    path = run.file(
        LISTING + f"1.0,江州,江州某建筑公司,{code(1)},拖欠工资51万元,510240.0,江州市人力资源和社会保障局\n"
    )
    asked = run("notices", "import", path, "--kind", "serious_listing")
    assert asked.exit_code == 1
    assert "--decision-date YYYY-MM-DD" in asked.output
    words = (
        "notices",
        "import",
        path,
        "--kind",
        "serious_listing",
        "--decision-date",
        "2026-06-08",
        "--no-index",
    )
    assert "1 taken as new" in run(*words).output
    assert "1 unchanged" in run(*words).output
