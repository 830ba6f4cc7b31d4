"""Many officers at once: one publishes a notice, and numbers stay dense."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from threading import Barrier

from tests import make

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import StaleError
from chengxin.ledger import queries as ledger
from chengxin.standing.sanctions import actions, queries
from chengxin.standing.sanctions.models import Sanction

OFFICERS = 6
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def served(database: Database, count: int) -> tuple[list[str], list[Sanction]]:
    """Bring some decisions of one author to where they are to be published by others."""
    with database.writing() as session:
        author, *others = make.actors(session, count=OFFICERS + 1)
        (reviewer,) = make.actors(session, count=1)
        made = [make.served_notice(session, author=author, reviewer=reviewer) for _ in range(count)]
    return others, made


def all_at_once(acts: list[Callable[[], str]]) -> list[str]:
    """Run some acts on threads that start together, by the clock of the test."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        waiting = [pool.submit(copy_context().run, run, act) for act in acts]
        return [each.result() for each in waiting]


def publish(database: Database, officer: str, notice: Sanction) -> str:
    """Publish a notice as it was seen, or lose the race."""
    try:
        with database.writing() as session:
            actions.publish(
                session, actor=officer, reason="依法公开", sanction_id=notice.id, version=notice.version
            )
    except StaleError:
        return "late"
    return "done"


def test_of_many_publishers_one_wins(database: Database) -> None:
    with clock.frozen(NOON):
        officers, (notice,) = served(database, 1)
        results = all_at_once([lambda who=each: publish(database, who, notice) for each in officers])  # type: ignore[misc]
    assert sorted(results) == ["done", *["late"] * (OFFICERS - 1)]
    with database.reading() as session:
        assert ledger.publication_version(session) == 1
        assert len(queries.revisions(session, notice.id)) == 1


def test_numbers_given_at_once_are_dense_and_different(database: Database) -> None:
    with clock.frozen(NOON):
        officers, notices = served(database, OFFICERS)
        pairs = list(zip(officers, notices, strict=True))
        results = all_at_once([lambda pair=pair: publish(database, *pair) for pair in pairs])  # type: ignore[misc]
    assert results == ["done"] * OFFICERS
    with database.reading() as session:
        numbers = [each.number for each in queries.in_force(session, today=clock.day_of(NOON))]
        assert sorted(filter(None, numbers)) == list(range(1, OFFICERS + 1))
        assert list(ledger.faults(session)) == []
