"""What the queue keeps in memory is kept for as long as nothing moved it, and never longer."""

from sqlalchemy.orm import Session

from chengxin.core.database import Database
from chengxin.desk.queue.shelf import Moved, Shelf
from chengxin.ledger.actions import record
from chengxin.ledger.rules import READ, Subject


def happens(session: Session, verb: str, kind: str = "complaint") -> None:
    record(session, actor="account:1", verb=verb, subject=Subject(kind, 1))
    session.flush()


def test_that_somebody_read_a_case_moves_nothing(session: Session) -> None:
    shelf = Shelf()
    happens(session, "accept")
    before = shelf.moved(session)
    for verb in (READ, "note", "account.signed_in"):
        happens(session, verb)
        after = shelf.moved(session)
        assert (after.at_all, after.others) == (before.at_all, before.others)
        assert after.known > before.known


def test_a_step_of_a_case_moves_cases_and_a_step_of_anything_else_moves_all(session: Session) -> None:
    shelf = Shelf()
    happens(session, "accept")
    first = shelf.moved(session)
    happens(session, "see")
    second = shelf.moved(session)
    assert second.at_all == second.known > first.at_all
    assert second.others == first.others
    happens(session, "publish", "rating")
    third = shelf.moved(session)
    assert third == Moved(third.known, third.known, third.known)


def test_many_events_between_two_questions_are_all_seen(session: Session) -> None:
    shelf = Shelf()
    happens(session, "accept")
    shelf.moved(session)
    happens(session, "hide", "rating")
    happens(session, "accept")
    for _n in range(3):
        happens(session, READ)
    moved = shelf.moved(session)
    assert (moved.at_all, moved.others) == (moved.known - 3, moved.known - 4)


def test_an_older_snapshot_shares_nothing_with_a_newer_one(database: Database) -> None:
    shelf = Shelf()
    with database.writing() as session:
        happens(session, "accept")
    with database.reading() as older:
        before = shelf.moved(older)
        with database.writing() as session:
            happens(session, "accept")
        with database.reading() as newer:
            now = shelf.moved(newer)
        late = shelf.moved(older)
    assert now.at_all == now.known == before.known + 1
    assert late.at_all < 0
    assert late.others < 0


def test_the_shelf_keeps_what_was_asked_for_last() -> None:
    shelf, made = Shelf(), list[int]()
    for number in (1, 1, 2, 1):
        shelf.kept(number, lambda number=number: made.append(number))  # type: ignore[misc]
    assert made == [1, 2]
