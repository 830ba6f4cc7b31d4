"""`chengxin index`: what it says, and that failing shows in the exit code."""

from click.testing import CliRunner, Result
from tests import make

from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search.whoosh.shelf import MANIFEST


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["index", *words], obj=settings)


def filled(settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        make.agency(session)
    database.dispose()


def test_rebuild_tells_how_many_agencies_it_holds(settings: Settings) -> None:
    filled(settings)
    told = run(settings, "rebuild")
    assert told.exit_code == 0
    assert told.stdout.startswith("1 agencies in ")


def test_update_builds_what_is_missing(settings: Settings) -> None:
    filled(settings)
    assert run(settings, "update").stdout == "1 agencies\n"


def test_verify_fails_without_an_index(settings: Settings) -> None:
    told = run(settings, "verify")
    assert told.exit_code == 1
    assert "chengxin index rebuild" in told.stderr


def test_verify_fails_on_a_damaged_index(settings: Settings) -> None:
    filled(settings)
    run(settings, "rebuild")
    assert run(settings, "verify").exit_code == 0
    (settings.search_index / MANIFEST).write_text("{}")
    assert run(settings, "verify").exit_code == 1


def test_rebuild_fails_where_it_cannot_write(settings: Settings) -> None:
    filled(settings)
    settings.search_index.parent.mkdir(exist_ok=True)
    settings.search_index.write_text("a file where a folder should be")
    told = run(settings, "rebuild")
    assert told.exit_code == 1
