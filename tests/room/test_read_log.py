"""A read of sealed data is one ledger entry with its purpose, and a reload is no second one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest

from chengxin.core.database import Database
from chengxin.ledger import queries, reads
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
