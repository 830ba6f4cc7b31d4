"""Whatever officers, complainants and the calendar do to a case, it is never lost and its deadlines hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import make
from tests.case_walks import ACTS, START, STEPS, WITH_ANOTHER, Walk, walking

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.workdays import is_workday
from chengxin.voices.complaints import pauses, queries
from chengxin.voices.complaints.clocks import TERMS, Clock, Phase
from chengxin.voices.complaints.rules import Finding, Move, Refusal, State


def test_every_move_of_the_table_has_an_act() -> None:
    assert set(ACTS) | WITH_ANOTHER == set(Move)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=30))
def test_no_walk_loses_a_case(database: Database, steps: list[tuple[Move, int, int, int, int]]) -> None:
    day = START
    with clock.frozen(day), walking(database) as walk:
        for move, number, person, days, way in steps:
            day += timedelta(days=days)
            with clock.frozen(day):
                walk.step(walk.way(number, way) or move, number, person)


# Move, case, person: together they make every move there is.
COURSE: list[tuple[Move, int, int]] = [
    (Move.ASK, 0, 0),
    (Move.SUPPLY, 0, 2),
    (Move.SET_CLOCK, 0, 0),
    (Move.ACCEPT, 0, 0),
    (Move.INVESTIGATE, 0, 0),
    (Move.ASK_EXTENSION, 0, 0),
    (Move.DENY_EXTENSION, 0, 1),
    (Move.ASK_EXTENSION, 0, 1),
    (Move.EXTEND, 0, 0),
    (Move.SUSPEND, 0, 1),
    (Move.RESUME, 0, 1),
    (Move.MERGE, 1, 0),
    (Move.UNMERGE, 1, 0),
    (Move.MERGE, 1, 1),
    (Move.FINISH, 0, 0),
    (Move.WITHDRAW, 0, 2),
    (Move.GO_ON, 0, 1),
    (Move.MERGE, 1, 0),
    (Move.DECIDE, 0, 0),
    (Move.ASK_REVIEW, 1, 2),
    (Move.REOPEN, 1, 1),
    (Move.TRANSFER, 1, 1),
]
ASIDE: list[tuple[Move, int, int]] = [
    (Move.DISCARD, 0, 0),
    (Move.ASK_REVIEW, 0, 2),
    (Move.ANSWER_REVIEW, 0, 1),
    (Move.ASK, 1, 0),
]


def test_a_few_courses_make_every_move_and_hold_all_the_way(database: Database) -> None:
    made = set[str]()
    for course in (COURSE, ASIDE, [(Move.REFUSE, 0, 0)]):
        with clock.frozen(START), walking(database) as walk:
            for move, number, person in course:
                walk.live(number, (move, person))
            with clock.frozen(START + timedelta(days=60)):
                walk.step(Move.LAPSE, 1, 0)
            made |= walk.verbs()
    assert set(Move) - made == set()


LIVES: dict[str, list[tuple[Move, int]]] = {
    State.SUPPLEMENT: [(Move.ASK, 0)],
    State.ACCEPTED: [(Move.ACCEPT, 0)],
    State.INVESTIGATING: [(Move.ACCEPT, 0), (Move.INVESTIGATE, 0)],
    State.SUSPENDED: [(Move.ACCEPT, 0), (Move.INVESTIGATE, 0), (Move.SUSPEND, 0)],
    State.DECIDING: [(Move.ACCEPT, 0), (Move.INVESTIGATE, 0), (Move.FINISH, 0)],
    State.CLOSED: [(Move.ACCEPT, 0), (Move.DECIDE, 0)],
    State.REVIEW: [(Move.ACCEPT, 0), (Move.DECIDE, 0), (Move.ASK_REVIEW, 2)],
    State.NOT_ACCEPTED: [(Move.REFUSE, 0)],
    State.TRANSFERRED: [(Move.TRANSFER, 0)],
    State.MERGED: [(Move.MERGE, 0)],
    State.WITHDRAWN: [(Move.WITHDRAW, 2)],
    State.DISCARDED: [(Move.DISCARD, 0)],
}


@pytest.mark.parametrize("state", sorted(LIVES))
def test_every_state_is_reached_by_acts(database: Database, state: str) -> None:
    with clock.frozen(START), walking(database) as walk:
        for move, person in LIVES[state]:
            walk.step(move, 0, person)
        assert walk.case(0).state == state


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waits=st.lists(st.integers(0, 20), min_size=3, max_size=9), extended=st.booleans())
def test_a_deadline_counts_the_working_days_nobody_was_waited_for(
    database: Database, waits: list[int], *, extended: bool
) -> None:
    """Count day by day what the rules compute in one step: pauses and the extension, over the spring festival."""
    paused: set[date] = set()
    day = START
    with clock.frozen(day), walking(database) as walk:
        walk.step(Move.ACCEPT, 0, 0)
        walk.step(Move.INVESTIGATE, 0, 0)
        if extended:
            walk.step(Move.ASK_EXTENSION, 0, 0)
            walk.step(Move.EXTEND, 0, 1)
        for at, days in enumerate(waits):
            with clock.frozen(day):
                walk.step(Move.RESUME if at % 2 else Move.SUSPEND, 0, 0)
            if not at % 2 and at + 1 < len(waits):
                paused |= {day.date() + timedelta(days=n) for n in range(1, days + 1)}
            day += timedelta(days=days)
        case = walk.case(0)
        span = (case.answer_by - case.answer_from).days
        every = [case.answer_from + timedelta(days=n) for n in range(1, span + 1)]
        terms = TERMS[Clock.INSPECTION]
        due = terms[Phase.INVESTIGATE].days + extended * terms[Phase.EXTENSION].days
        assert sum(is_workday(each) and each not in paused for each in every) == due


def test_who_told_the_same_is_answered_with_the_main_case(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        walk.step(Move.MERGE, 1, 0)
        walk.step(Move.ACCEPT, 0, 0)
        walk.step(Move.DECIDE, 0, 0)
        followed = walk.case(1)
        assert (followed.state, followed.finding) == (State.CLOSED, Finding.UPHELD)
        kinds = [letter.kind for letter in queries.messages_of(session, followed.id)]
        assert kinds == ["merged", "decided"]


def test_a_matter_told_twice_counts_once_against_an_agency(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        agency = make.agency(session)
        for number in (0, 1):
            walk.case(number).agency_id = agency.id
        walk.step(Move.MERGE, 1, 0)
        walk.step(Move.ACCEPT, 0, 0)
        walk.step(Move.DECIDE, 0, 0)
        counted = queries.upheld_by_agency(session, [agency.id], since=date(2026, 1, 1))
        assert counted == {agency.id: 1}


def test_nobody_approves_an_extension_they_asked_for(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        for move in (Move.ACCEPT, Move.INVESTIGATE, Move.ASK_EXTENSION):
            walk.step(move, 0, 0)
        before = walk.case(0).answer_by
        walk.step(Move.EXTEND, 0, 0)
        assert not walk.case(0).extended
        walk.step(Move.EXTEND, 0, 1)
        assert walk.case(0).extended
        assert walk.case(0).answer_by > before


def test_a_case_whose_answer_never_comes_is_ended_by_the_worker(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        walk.step(Move.ASK, 0, 0)
        last_day = walk.case(0).supplement_by
    assert last_day is not None
    for later, state in ((0, State.SUPPLEMENT), (1, State.NOT_ACCEPTED)):
        noon = datetime(last_day.year, last_day.month, last_day.day, 4, tzinfo=UTC) + timedelta(days=later)
        with clock.frozen(noon):
            assert pauses.has_lapsing(session) == bool(later)
            pauses.lapse_due(session)
            assert walk.case(0).state == state
    assert walk.case(0).refusal == Refusal.NOT_SUPPLEMENTED


@pytest.mark.parametrize(("days", "may"), [(30, True), (31, False)])
def test_a_review_is_asked_for_within_thirty_days_of_the_answer(
    session: Session, days: int, *, may: bool
) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        walk.step(Move.ACCEPT, 0, 0)
        walk.step(Move.DECIDE, 0, 0)
    with clock.frozen(START + timedelta(days=days)):
        walk.step(Move.ASK_REVIEW, 0, 2)
        assert (walk.case(0).state == State.REVIEW) == may


@pytest.mark.parametrize("move", [Move.ANSWER_REVIEW, Move.REOPEN])
@pytest.mark.parametrize("answer", [Move.DECIDE, Move.REFUSE])
def test_who_gave_the_answer_does_not_review_it(session: Session, answer: Move, move: Move) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        if answer is Move.DECIDE:
            walk.step(Move.ACCEPT, 0, 1)
        walk.step(answer, 0, 0)
        walk.step(Move.ASK_REVIEW, 0, 2)
        walk.step(move, 0, 0)
        assert walk.case(0).state == State.REVIEW
        walk.step(move, 0, 1)
        assert walk.case(0).state != State.REVIEW


def test_a_case_merged_into_an_answered_one_is_reviewed_by_another_too(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        for move, number, person in (
            (Move.MERGE, 0, 0),
            (Move.ACCEPT, 1, 0),
            (Move.DECIDE, 1, 0),
            (Move.ASK_REVIEW, 0, 2),
            (Move.ANSWER_REVIEW, 0, 0),
        ):
            walk.step(move, number, person)
        assert walk.case(0).state == State.REVIEW


def test_a_review_is_asked_for_once(session: Session) -> None:
    with clock.frozen(START):
        walk = Walk(session)
        for move, person in (
            (Move.ACCEPT, 0),
            (Move.DECIDE, 0),
            (Move.ASK_REVIEW, 2),
            (Move.ANSWER_REVIEW, 1),
        ):
            walk.step(move, 0, person)
        walk.step(Move.ASK_REVIEW, 0, 2)
        assert walk.case(0).state == State.CLOSED
