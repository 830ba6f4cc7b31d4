"""The ledger is dense, chained, and committed with the change it tells of."""

import pytest
from sqlalchemy import text

from chengxin.core.database import Database
from chengxin.ledger import actions, queries
from chengxin.ledger.rules import Entry, Subject

AGENCY = Subject("agency", 1)


def write(database: Database, count: int = 3, *, public: bool = True) -> None:
    with database.writing() as session:
        for number in range(count):
            actions.record(
                session, actor="command", verb="test.done", subject=AGENCY, new={"n": number}, public=public
            )


def test_events_are_dense_and_fit_the_chain(database: Database) -> None:
    write(database)
    write(database, public=False)
    with database.reading() as session:
        assert [event.id for event in queries.since(session, 0)] == [1, 2, 3, 4, 5, 6]
        assert queries.publication_version(session) == 3
        assert list(queries.faults(session)) == []


def test_an_undone_change_leaves_no_event(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        actions.record(session, actor="command", verb="test.done", subject=AGENCY)
        raise ZeroDivisionError
    write(database, 1)
    with database.reading() as session:
        assert queries.last_id(session) == 1


@pytest.mark.parametrize("column", ["actor", "verb", "new", "reason", "hash", "previous_hash"])
def test_a_quiet_edit_is_noticed(database: Database, column: str) -> None:
    write(database)
    with database.writing() as session:
        session.execute(text(f"UPDATE event SET {column} = 'edited' WHERE id = 2"))
    with database.reading() as session:
        assert list(queries.faults(session))


def test_a_deleted_event_is_noticed(database: Database) -> None:
    write(database)
    with database.writing() as session:
        session.execute(text("DELETE FROM event WHERE id = 2"))
    with database.reading() as session:
        assert list(queries.faults(session))


def test_many_events_are_recorded_in_batches(database: Database) -> None:
    entries = (Entry(actor="command", verb="test.done", subject=Subject("agency", n)) for n in range(2500))
    with database.writing() as session:
        assert actions.record_many(session, entries) == 2500
    with database.reading() as session:
        assert queries.last_id(session) == 2500
        assert list(queries.faults(session)) == []


def test_a_reader_sees_one_snapshot(database: Database) -> None:
    write(database, 1)
    with database.reading() as session:
        before = queries.publication_version(session)
        write(database, 2)
        assert queries.publication_version(session) == before


def test_the_history_of_a_record_is_its_end_in_order(database: Database) -> None:
    subject = Subject("complaint", 1)
    with database.writing() as session:
        many = (Entry(actor="worker", verb=f"step {n}", subject=subject) for n in range(1, 251))
        actions.record_many(session, many)
    with database.reading() as session:
        newest = [event.verb for event in queries.of_subject(session, subject, newest=200)]
        everything = queries.of_subject(session, subject)
    assert newest == [f"step {n}" for n in range(51, 251)]
    assert len(everything) == 250
