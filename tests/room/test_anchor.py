"""The end of the ledger is kept outside the database: what is cut, written anew or restored does not pass."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.anchor import Anchor, End, ForgedError
from chengxin.core.database import Database
from chengxin.core.migrating import downgrade_database
from chengxin.ledger import actions, checking, queries
from chengxin.ledger.rules import GENESIS, Subject, chain_hash

AGENCY = Subject("agency", 1)


def write(database: Database, count: int = 3) -> None:
    for _ in range(count):
        with database.writing() as session:
            actions.record(session, actor="command", verb="test.done", subject=AGENCY)


def cut(database: Database, count: int) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            text("DELETE FROM event WHERE id > (SELECT max(id) FROM event) - :n"), {"n": count}
        )


def faults(database: Database) -> list[str]:
    return checking.verify(database).faults


def held(database: Database) -> End:
    end = database.anchor.held()
    assert end is not None
    return end


def anchor_file(database: Database, tmp_path: Path) -> Path:
    assert database.anchor.held() is not None
    return tmp_path / "ledger.anchor"


def test_every_commit_moves_the_anchor(database: Database) -> None:
    for number in (1, 2, 3):
        write(database, 1)
        assert held(database).number == number
    assert faults(database) == []


def test_an_undone_change_moves_nothing(database: Database) -> None:
    write(database, 1)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        actions.record(session, actor="command", verb="test.done", subject=AGENCY)
        raise ZeroDivisionError
    assert held(database).number == 1
    assert faults(database) == []


def test_a_part_that_was_undone_is_not_anchored(database: Database) -> None:
    with database.writing() as session:
        actions.record(session, actor="command", verb="test.done", subject=AGENCY)
        with session.begin_nested() as part:
            actions.record(session, actor="command", verb="test.undone", subject=AGENCY)
            part.rollback()
    assert held(database).number == 1
    assert faults(database) == []


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_cut_end_is_noticed(database: Database, count: int) -> None:
    write(database, 5)
    cut(database, count)
    assert any("does not hold event 5" in fault for fault in faults(database))


def test_a_cut_end_stays_noticed_after_more_was_written(database: Database) -> None:
    """Neither the next commit nor one past the old end may cover the gap."""
    write(database, 5)
    cut(database, 3)
    write(database, 6)
    assert held(database).number == 5
    assert any("does not hold event 5" in fault for fault in faults(database))


def test_a_ledger_written_anew_with_fitting_hashes_is_noticed(database: Database) -> None:
    write(database, 3)
    with database.reading() as session:
        rows = [dict(vars(event)) for event in queries.since(session, 0)]
    previous = GENESIS
    with database.engine.begin() as connection:
        for row in rows:
            row |= {"actor": "account:9", "previous_hash": previous}
            previous = chain_hash(row, previous)
            connection.execute(
                text("UPDATE event SET actor = :actor, previous_hash = :before, hash = :hash WHERE id = :id"),
                {"actor": row["actor"], "before": row["previous_hash"], "hash": previous, "id": row["id"]},
            )
    with database.reading() as session:
        assert list(queries.faults(session)) == []
    assert any("does not hold event 3" in fault for fault in faults(database))


def test_a_missing_anchor_is_noticed_and_no_commit_makes_another(database: Database, tmp_path: Path) -> None:
    write(database)
    anchor_file(database, tmp_path).unlink()
    assert any("anchor is missing" in fault for fault in faults(database))
    write(database)
    assert any("anchor is missing" in fault for fault in faults(database))


def test_an_empty_ledger_needs_no_anchor(database: Database) -> None:
    assert faults(database) == []


@pytest.mark.parametrize("line", ["0", "x", "00000000000000000003 abc def\n"])
def test_a_forged_anchor_is_noticed(database: Database, tmp_path: Path, line: str) -> None:
    write(database)
    file = anchor_file(database, tmp_path)
    file.write_text(line)
    with pytest.raises(ForgedError):
        database.anchor.held()
    assert any("not written by this installation" in fault for fault in faults(database))
    write(database)
    assert file.read_text() == line


def test_an_anchor_of_another_secret_is_forged(database: Database, tmp_path: Path) -> None:
    write(database)
    stranger = Anchor(anchor_file(database, tmp_path), lambda: "another secret")
    with pytest.raises(ForgedError):
        stranger.held()
    end = held(database)
    stranger.accept(end)
    assert any("not written by this installation" in fault for fault in faults(database))


def test_an_anchor_that_was_left_behind_catches_up(database: Database, tmp_path: Path) -> None:
    """A process that is killed after its commit leaves an older line, which the ledger still holds."""
    write(database, 2)
    file = anchor_file(database, tmp_path)
    older = file.read_bytes()
    write(database, 2)
    file.write_bytes(older)
    assert faults(database) == []
    write(database, 1)
    assert held(database).number == 5


def test_a_commit_counts_although_its_anchor_cannot_be_written(database: Database, tmp_path: Path) -> None:
    (tmp_path / "ledger.anchor").mkdir()
    write(database, 1)
    with database.reading() as session:
        assert queries.last_id(session) == 1


def test_an_older_backup_passes_only_when_it_is_accepted(database: Database) -> None:
    write(database, 5)
    cut(database, 2)
    assert faults(database)
    end = checking.accept(database, actor="command")
    assert end.number == 4
    assert faults(database) == []
    with database.reading() as session:
        (said,) = queries.since(session, 3)
    assert (said.verb, said.old, said.new) == ("ledger.accept", '{"anchored":5}', '{"anchored":3}')


def test_only_the_newest_events_are_checked_when_that_is_asked(database: Database) -> None:
    write(database, 6)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE event SET reason = 'edited' WHERE id IN (2, 5)"))
    assert checking.verify(database, most=3).faults == ["event 5 does not fit the chain"]
    assert len(checking.verify(database).faults) == 2


def test_the_command_checks_accepts_and_writes_down_both(settings: Settings) -> None:
    database = Database(settings)
    run = CliRunner()
    write(database, 4)
    checked = run.invoke(main, ["log", "verify"], obj=settings)
    assert (checked.exit_code, checked.output) == (0, "4 events fit the chain\n")
    cut(database, 2)
    refused = run.invoke(main, ["log", "verify"], obj=settings)
    assert refused.exit_code == 1
    assert "chengxin log anchor --accept" in refused.output
    assert "names event 5" in run.invoke(main, ["log", "anchor"], obj=settings).output
    assert "at event 5" in run.invoke(main, ["log", "anchor", "--accept"], obj=settings).output
    assert run.invoke(main, ["log", "verify"], obj=settings).exit_code == 0
    with database.reading() as session:
        verbs = [event.verb for event in queries.since(session, 3)]
        told = [json.loads(event.new or "")["faults"] for event in queries.since(session, 3)[::2]]
    assert verbs == ["ledger.verify", "ledger.accept", "ledger.verify"]
    assert told == [1, 0]
    database.dispose()


def test_an_installation_older_than_anchors_is_anchored_by_its_upgrade(settings: Settings) -> None:
    database = Database(settings)
    write(database, 2)
    (settings.data_dir / "ledger.anchor").unlink()
    downgrade_database(settings, "0016")
    assert CliRunner().invoke(main, ["db", "upgrade"], obj=settings).exit_code == 0
    assert faults(database) == []
    (settings.data_dir / "ledger.anchor").unlink()
    assert CliRunner().invoke(main, ["db", "upgrade"], obj=settings).exit_code == 0
    assert faults(database)
    database.dispose()
