"""Many officers at once: the places of a round are never overrun, and nobody is nominated twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

from tests import make, rounds

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.standing.exemplars import actions, selections
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars.models import Honour

OFFICERS = 5


def all_at_once(act: Callable[[int], object], count: int) -> list[str]:
    """Run an act on threads that start together, and tell which the rules refused."""
    gate = Barrier(count)

    def run(number: int) -> str:
        gate.wait()
        try:
            act(number)
        except DomainError:
            return "refused"
        return "done"

    with ThreadPoolExecutor(count) as pool:
        waiting = [pool.submit(copy_context().run, run, number) for number in range(count)]
        return sorted(each.result() for each in waiting)


def checked(database: Database, *, places: int) -> tuple[list[str], int, list[Honour]]:
    """Bring more entries to their last step before the shortlist than there are places."""
    with database.writing() as session:
        staff = make.actors(session, count=OFFICERS)
        batch = rounds.opened(session, staff[0], agency_places=places)
        entries = [
            rounds.nominated(
                session, staff[0], batch, rounds.licensed(session, name=f"江州第{n}人力资源有限公司")
            )
            for n in range(OFFICERS)
        ]
        selections.close(session, actor=staff[0], reason="材料已齐", **rounds.held(batch))
        for each in entries:
            actions.check(session, actor=staff[0], **rounds.held(each))
        return staff, batch.id, entries


def test_officers_who_shortlist_at_once_never_overrun_the_places(database: Database) -> None:
    with clock.frozen(rounds.MONDAY):
        staff, selection_id, entries = checked(database, places=2)

        def shortlist(number: int) -> None:
            with database.writing() as session:
                actions.shortlist(session, actor=staff[number], **rounds.held(entries[number]))

        assert all_at_once(shortlist, OFFICERS) == ["done"] * 2 + ["refused"] * (OFFICERS - 2)
    with database.reading() as session:
        assert queries.taken(session, selection_id)["agency"] == 2


def test_of_many_who_nominate_the_same_one_succeeds(database: Database) -> None:
    with clock.frozen(rounds.MONDAY):
        with database.writing() as session:
            staff = make.actors(session, count=OFFICERS)
            batch, owner = rounds.opened(session, staff[0]), rounds.licensed(session)

        def nominate(number: int) -> None:
            with database.writing() as session:
                rounds.nominated(session, staff[number], batch, owner)

        assert all_at_once(nominate, OFFICERS) == ["done"] + ["refused"] * (OFFICERS - 1)
