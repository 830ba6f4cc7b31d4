"""A read of sealed data is one ledger entry with its purpose, and a reload is no second one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from chengxin.core.database import Database
from chengxin.ledger import checking, queries, reads
from chengxin.ledger.reads import Way
from chengxin.ledger.rules import Subject

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CASE = Subject("complaint", 7)


def note(
    database: Database, *, actor: str = "account:1", subject: Subject = CASE, why: str = "handling"
) -> bool:
    with database.writing() as session:
        return reads.note(session, actor=actor, subject=subject, purpose=why)


def test_a_read_names_who_what_and_why_and_changes_no_page(database: Database) -> None:
    assert note(database)
    with database.reading() as session:
        (event,) = queries.since(session, 0)
    assert (event.actor, event.verb, event.subject_kind, event.subject_id) == (
        "account:1",
        "read",
        "complaint",
        7,
    )
    assert event.new == '{"purpose":"handling"}'
    assert event.public_version is None


def test_the_same_read_within_the_hour_is_noted_once(
    database: Database, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    with clock(NOON):
        assert note(database)
    with clock(NOON + timedelta(minutes=59)):
        assert not note(database)
    with clock(NOON + timedelta(minutes=61)):
        assert note(database)


@pytest.mark.parametrize(
    "other", [{"actor": "account:2"}, {"subject": Subject("complaint", 8)}, {"why": "auditing"}]
)
def test_another_person_record_or_purpose_is_another_read(database: Database, other: dict[str, str]) -> None:
    assert note(database)
    assert note(database, **other)  # type: ignore[arg-type]


def test_reads_are_no_part_of_a_records_history(database: Database) -> None:
    note(database)
    with database.reading() as session:
        assert list(queries.of_subject(session, CASE)) == []
        assert reads.is_noted(session, actor="account:1", subject=CASE)
        assert not reads.is_noted(session, actor="account:1", subject=CASE, purpose="auditing")


def listed(database: Database, *numbers: int) -> list[int]:
    with database.writing() as session:
        found = reads.note_many(
            session,
            actor="account:1",
            at=Subject("queue", 1),
            way=Way.LISTED,
            purpose="handling",
            records=[Subject("complaint", number) for number in numbers],
        )
    return [each.id for each in found]


def test_a_list_names_what_it_shows_anew_and_is_no_entry_when_nothing_is_new(
    database: Database, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    with clock(NOON):
        note(database, subject=Subject("complaint", 3))
        assert listed(database, 1, 2, 3) == [1, 2]
        assert listed(database, 2, 1) == []
    with clock(NOON + timedelta(hours=11, minutes=59)):
        assert listed(database, 1, 2) == []
    with clock(NOON + timedelta(hours=12)):
        assert listed(database, 2, 1) == [2, 1]
    with database.reading() as session:
        assert queries.last_id(session) == 3


def test_a_search_is_another_way_to_see_a_record_than_a_list(database: Database) -> None:
    listed(database, 7)
    with database.reading() as session:
        seen = {"actor": "account:1", "records": [CASE]}
        assert reads.unseen(session, way=Way.LISTED, **seen) == []  # type: ignore[arg-type]
        assert reads.unseen(session, way=Way.SEARCHED, **seen) == [CASE]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("DELETE FROM record_read WHERE event_id = 2 AND record_id = 8", [2]),
        ("DELETE FROM record_read", [1, 2, 3]),
        ("UPDATE record_read SET record_id = 9 WHERE event_id = 1", [1]),
        ("UPDATE record_read SET event_id = 4 WHERE event_id = 3", [3, 4]),
    ],
)
def test_rows_that_were_changed_to_hide_a_reader_are_named_by_the_check(
    database: Database, change: str, broken: list[int]
) -> None:
    note(database)
    listed(database, 7, 8)
    note(database, actor="account:2")
    assert checking.verify(database).faults == []
    with database.engine.begin() as connection:
        connection.execute(text(change))
    assert checking.verify(database).faults == [
        f"event {number} names other records as read than the rows beside it" for number in broken
    ]
