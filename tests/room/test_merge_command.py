"""`chengxin agencies merge` and `unmerge`: by id or credit code, shown first, undone whole, refused in words."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from tests import make

from chengxin.agencies import merging, queries
from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.database import Database

CODE = "91990101MA0000001K"
Run = Callable[..., Result]


@pytest.fixture
def records(settings: Settings) -> Database:
    opened = Database(settings)
    with opened.writing() as session:
        make.agency(session, name="江州启明职业介绍所", uid="oldaaaaa", uscc=CODE)
        make.agency(session, name="江州百川人才有限公司", uid="newaaaaa")
    return opened


@pytest.fixture
def run(settings: Settings) -> Run:
    return lambda *words: CliRunner().invoke(main, ["agencies", *words], obj=settings)


def heir(records: Database) -> str | None:
    with records.reading() as session:
        old = queries.by_uid(session, "oldaaaaa")
        assert old is not None
        found = merging.successor_of(session, old)
        return found.uid if found else None


def test_an_agency_is_merged_by_its_credit_code(records: Database, run: Run) -> None:
    done = run("merge", CODE, "newaaaaa", "--reason", "吸收合并")
    assert done.exit_code == 0, done.output
    assert "江州启明职业介绍所 is merged into newaaaaa" in done.output
    assert heir(records) == "newaaaaa"


def test_a_dry_run_shows_the_merger_and_writes_nothing(records: Database, run: Run) -> None:
    done = run("merge", "oldaaaaa", "newaaaaa", "--reason", "吸收合并", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "nothing was written" in done.output
    assert heir(records) is None


def test_a_merger_is_undone(records: Database, run: Run) -> None:
    run("merge", "oldaaaaa", "newaaaaa", "--reason", "吸收合并")
    done = run("unmerge", "oldaaaaa", "--reason", "登记有误")
    assert done.exit_code == 0, done.output
    assert heir(records) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("merge", "oldaaaaa", "nobody", "--reason", "x"), "No agency has"),
        (("merge", "oldaaaaa", "oldaaaaa", "--reason", "x"), "into itself"),
        (("merge", "oldaaaaa", "newaaaaa", "--reason", " "), "Give a reason"),
        (("merge", "oldaaaaa", "newaaaaa"), "--reason"),
        (("unmerge", "oldaaaaa", "--reason", "x"), "is not merged"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    records: Database, run: Run, words: tuple[str, ...], why: str
) -> None:
    done = run(*words)
    assert done.exit_code != 0
    assert why in done.output
    assert heir(records) is None
