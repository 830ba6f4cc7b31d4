"""Many at once: one answers a suggestion, numbers stay dense, and one form is one suggestion."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

from tests import make
from tests.suggestions import KEY, REPLY, filing

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import StaleError
from chengxin.ledger import queries as ledger
from chengxin.voices.suggestions import actions, queries
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.queries import Filters
from chengxin.voices.suggestions.rules import Act
from chengxin.voices.suggestions.sealed import Filing

OFFICERS = 5
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def received(database: Database, count: int) -> tuple[list[str], list[Suggestion]]:
    with database.writing() as session:
        officers = make.actors(session, count=OFFICERS)
        made = [actions.receive(session, actor="public", filing=filing()) for _ in range(count)]
    return officers, made


def all_at_once(acts: list[Callable[[], str]]) -> list[str]:
    """Run some acts on threads that start together, by the clock of the test."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        waiting = [pool.submit(copy_context().run, run, act) for act in acts]
        return [each.result() for each in waiting]


def answer(database: Database, officer: str, held: Suggestion) -> str:
    """Answer a suggestion as it was seen, or lose the race."""
    seen = {"suggestion_id": held.id, "version": 1}
    try:
        with database.writing() as session:
            key = KEY.recipients
            actions.answer(
                session, actor=officer, act=Act.ADOPT, reply=REPLY, note="", intake_key=key, **seen
            )
    except StaleError:
        return "late"
    return "done"


def send(database: Database, form: Filing) -> str:
    with database.writing() as session:
        return str(actions.receive(session, actor="public", filing=form).id)


def test_of_many_who_answer_one_wins(database: Database) -> None:
    with clock.frozen(NOON):
        officers, (held,) = received(database, 1)
        results = all_at_once([partial(answer, database, each, held) for each in officers])
    assert sorted(results) == ["done", *["late"] * (OFFICERS - 1)]
    with database.reading() as session:
        assert ledger.publication_version(session) == 1


def test_numbers_given_at_once_are_dense_and_different(database: Database) -> None:
    with clock.frozen(NOON):
        officers, held = received(database, OFFICERS)
        pairs = zip(officers, held, strict=True)
        assert all_at_once([partial(answer, database, *pair) for pair in pairs]) == ["done"] * OFFICERS
    with database.reading() as session:
        shown = queries.listed(session, Filters(), limit=9)
        assert sorted(each.number or 0 for each in shown) == list(range(1, OFFICERS + 1))
        assert list(ledger.faults(session)) == []


def test_one_form_sent_many_times_at_once_is_one_suggestion(database: Database) -> None:
    with clock.frozen(NOON):
        form = filing(nonce="one form")
        results = all_at_once([partial(send, database, form) for _ in range(OFFICERS)])
    assert len(set(results)) == 1
    with database.reading() as session:
        assert ledger.publication_version(session) == 0
        assert session.query(Suggestion).count() == 1
        assert list(ledger.faults(session)) == []
