"""The terms of a case: what changes them is told with both days, and nothing that was counted gets lost."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests.case_walks import START, TO, WORDS, Walk, walking

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions, pauses
from chengxin.voices.complaints.clocks import Clock
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Move, State

LEAVING = [Move.SUSPEND, Move.FINISH, Move.TRANSFER, Move.MERGE, Move.WITHDRAW, Move.DECIDE]


@pytest.fixture
def walk(session: Session) -> Iterator[Walk]:
    with clock.frozen(START):
        yield Walk(session)


def newest(walk: Walk, case: Complaint) -> dict[str, Any]:
    """Return what the newest event of a case tells, old and new."""
    walk.session.flush()
    event = ledger.of_subject(walk.session, Subject("complaint", case.id))[-1]
    return {"old": json.loads(event.old or "{}"), "new": json.loads(event.new or "{}")}


@pytest.mark.parametrize("move", [Move.INVESTIGATE, Move.SET_CLOCK])
def test_a_move_that_changes_when_the_answer_is_due_tells_both_days(walk: Walk, move: Move) -> None:
    before = walk.live(0, (Move.ACCEPT, 0)).answer_by
    case = walk.live(0, (move, 0))
    told = newest(walk, case)
    assert before != case.answer_by
    assert (told["old"]["answer_by"], told["new"]["answer_by"]) == (
        before.isoformat(),
        case.answer_by.isoformat(),
    )
    assert told["new"]["clock"] == case.clock


def test_a_move_that_leaves_the_days_alone_tells_none(walk: Walk) -> None:
    assert newest(walk, walk.live(0, (Move.ACCEPT, 0))) == {
        "old": {"state": State.RECEIVED},
        "new": {"state": State.ACCEPTED},
    }


def waited(walk: Walk, days: int) -> Complaint:
    """Ask the complainant for more and let them answer after some days."""
    walk.live(0, (Move.ASK, 0))
    with clock.frozen(START + timedelta(days=days)):
        return walk.live(0, (Move.SUPPLY, 2))


def test_another_set_of_terms_keeps_the_days_the_clock_stood_still(walk: Walk) -> None:
    waited(walk, 20)
    with clock.frozen(START + timedelta(days=20)):
        case = walk.live(0, (Move.SET_CLOCK, 0))
    assert case.clock == Clock.PETITION
    assert case.accept_by == START.date() + timedelta(days=15 + 20)
    assert case.answer_by == START.date() + timedelta(days=60 + 20)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 14), max_size=3))
def test_another_set_of_terms_and_back_leaves_every_day_as_it_was(
    database: Database, days: list[int]
) -> None:
    with clock.frozen(START), walking(database) as walk:
        day = START
        for each in days:
            with clock.frozen(day):
                walk.live(0, (Move.ASK, 0))
            day += timedelta(days=each)
            with clock.frozen(day):
                walk.live(0, (Move.SUPPLY, 2))
        case = walk.case(0)
        before = (case.accept_by, case.answer_by, case.accept_days, case.answer_days)
        with clock.frozen(day):
            case = walk.live(0, (Move.SET_CLOCK, 0), (Move.SET_CLOCK, 0))
        assert (case.accept_by, case.answer_by, case.accept_days, case.answer_days) == before


@pytest.mark.parametrize(
    "way",
    [
        [(Move.ACCEPT, 0), (Move.DECIDE, 0), (Move.ASK_REVIEW, 2), (Move.REOPEN, 1)],
        [(Move.ACCEPT, 0), (Move.WITHDRAW, 2), (Move.GO_ON, 0)],
    ],
)
def test_what_is_taken_up_anew_counts_from_that_day_by_either_set(
    walk: Walk, way: list[tuple[Move, int]]
) -> None:
    walk.live(0, *way[:-1])
    later = START + timedelta(days=20)
    with clock.frozen(later):
        walk.live(0, way[-1])
        case = walk.live(0, (Move.SET_CLOCK, 0))
    assert case.answer_by == later.date() + timedelta(days=60)


@pytest.mark.parametrize("move", LEAVING)
def test_an_extension_that_was_asked_for_ends_with_the_investigation(walk: Walk, move: Move) -> None:
    walk.live(0, (Move.ACCEPT, 0), (Move.INVESTIGATE, 0), (Move.ASK_EXTENSION, 0))
    assert walk.case(0).extension_asked_by is not None
    assert walk.live(0, (move, 2 if move is Move.WITHDRAW else 0)).extension_asked_by is None


@pytest.mark.parametrize(
    "way",
    [
        [(Move.DECIDE, 0), (Move.ASK_REVIEW, 2), (Move.REOPEN, 1)],
        [(Move.WITHDRAW, 2), (Move.GO_ON, 0)],
    ],
)
def test_what_is_taken_up_anew_can_be_extended_again(walk: Walk, way: list[tuple[Move, int]]) -> None:
    extended = [(Move.ACCEPT, 0), (Move.INVESTIGATE, 0), (Move.ASK_EXTENSION, 0), (Move.EXTEND, 1)]
    assert walk.live(0, *extended).extended
    assert not walk.live(0, *way).extended
    assert walk.live(0, *extended[1:]).extended


def test_who_is_asked_late_in_the_year_is_told_that_the_day_may_move(session: Session) -> None:
    with clock.frozen(START.replace(month=12, day=16)):
        walk = Walk(session)
        case = walk.case(0)
        actions.set_clock(
            session, clock_set=Clock.PETITION, actor="account:1", case_id=case.id, version=case.version
        )
        assert not walk.case(0).provisional
        pauses.ask(
            session, note=WORDS, actor="account:1", case_id=case.id, version=walk.case(0).version, **TO
        )
        assert (walk.case(0).provisional, walk.case(0).supplement_by) == (True, date(2027, 1, 6))
