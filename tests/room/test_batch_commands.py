"""The batch commands: from an imported table to one approval, with a check and a dry run on the way."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import make
from tests.conftest import NOON
from tests.lists import code

from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.standing.sanctions import queries
from chengxin.standing.sanctions.queries import Filters

HEADER = "行政相对人名称,行政相对人代码_1(统一社会信用代码),行政处罚决定书文号,违法事实,处罚依据,处罚类别,处罚决定日期,处罚机关"
AUTHORITY = "江州市人力资源和社会保障局"


class Commands:
    """The command line of one installation with staff, a region and a register of one."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Hire two people."""
        self.settings = settings
        self.folder = folder
        self.database = Database(settings)
        with self.database.writing() as session:
            make.region(session)
            make.agency(session, name="江州1号人力资源有限公司", uscc=code(1), uscc_valid=True)
            make.account(session, username="limin", roles="moderator")
            make.account(session, username="zhaoyun", name="赵云", roles="publisher")

    def __call__(self, *words: str) -> Result:
        """Run one command at noon of the tests' day."""
        with frozen(NOON):
            return CliRunner().invoke(main, words, obj=self.settings)

    def imported(self, *names: int, kind: str = "罚款", label: str = "2026Q4", basis: str = "") -> Result:
        """Import a penalty table into a batch."""
        rows = [
            f"江州{n}号人力资源有限公司,{code(n)},江人社罚〔2026〕{n}号,未公示收费标准。,条例第四十四条,{kind},2026-10-28,{AUTHORITY}"
            for n in names
        ]
        path = self.folder / "penalties.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        words = ("--no-index", "--batch", label, "--as", "limin", "--publication-basis", basis)
        return self("notices", "import", str(path), *words)

    def public(self) -> list[str]:
        """Return what the public can read of the batch."""
        with self.database.reading() as session:
            found = queries.published(session, Filters(period="2026Q4"), today=NOON.date())
            return [f"{each.year}-{each.number} {each.party_name}" for each in found]


@pytest.fixture
def run(settings: Settings, tmp_path: Path) -> Commands:
    return Commands(settings, tmp_path)


def test_an_imported_batch_is_public_only_after_a_second_person(run: Commands) -> None:
    answer = run.imported(1)
    assert answer.exit_code == 0, answer.output
    assert run.public() == []
    assert run("notices", "batch", "hand-in", "2026Q4", "--as", "limin").exit_code == 0
    words = ("notices", "batch", "approve", "2026Q4", "--reason", "逐件核对无误", "--as")
    trial = run(*words, "zhaoyun", "--dry-run")
    assert "2026-1 失信曝光" in trial.output
    assert "Dry run: nothing was written." in trial.output
    assert run.public() == []
    assert run(*words, "limin").exit_code == 1
    assert run(*words, "zhaoyun").exit_code == 0
    assert run.public() == ["2026-1 江州1号人力资源有限公司"]


def test_the_check_lists_each_finding_and_fails_when_one_stops(run: Commands) -> None:
    run.imported(1, 2)
    answer = run("notices", "batch", "check", "2026Q4")
    assert answer.exit_code == 0, answer.output
    assert "江州2号人力资源有限公司,party_unresolved,no," in answer.output
    assert "2 notices; 0 findings stop, 1 warn" in answer.output
    words = ("notices", "batch", "refuse", "2026Q4", "1", "2", "--reason", "另案处理", "--as", "zhaoyun")
    assert "2 notices are out of 2026Q4" in run(*words).output
    assert run("notices", "batch", "check", "2026Q4").exit_code == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("check", "2026Q3"), "has no batch 2026Q3"),
        (("open", "2026", "--as", "limin"), "2026Q1"),
        (("open", "2026Q3", "--as", "nobody"), "no account 'nobody'"),
        (("approve", "2026Q4", "--reason", "好", "--as", "limin"), "no right"),
    ],
)
def test_a_command_that_cannot_says_why(run: Commands, words: tuple[str, ...], why: str) -> None:
    run.imported(1)
    answer = run("notices", "batch", *words)
    assert answer.exit_code == 1
    assert why in answer.output


def test_minor_decisions_need_the_law_that_asks_to_publish_them(run: Commands) -> None:
    run.imported(1, kind="警告")
    assert "internal,yes" in run("notices", "batch", "check", "2026Q4").output
    run.imported(2, kind="警告", label="2026H2", basis="《政府信息公开条例》第二十条")
    assert run("notices", "batch", "check", "2026H2").exit_code == 0


def test_an_import_into_a_batch_needs_a_name(run: Commands) -> None:
    path = run.folder / "list.csv"
    path.write_text("名称\n", encoding="utf-8")
    assert "--as USERNAME" in run("notices", "import", str(path), "--batch", "2026Q4").output


def test_the_list_shows_every_batch(run: Commands) -> None:
    run.imported(1)
    run("notices", "batch", "open", "2026Q3", "--as", "limin")
    lines = run("notices", "batch", "list").output.splitlines()
    assert lines[1:] == [f"2026Q4,{AUTHORITY},assembling,1,", f"2026Q3,{AUTHORITY},assembling,0,"]
