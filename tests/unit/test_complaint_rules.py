"""The rules of complaints: no path loses a case, and the terms are those of the law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.rules import Finding, Move, Outcome, State, Step


def test_every_state_can_be_reached() -> None:
    reached, fresh = {State.RECEIVED}, {State.RECEIVED}
    while fresh:
        fresh = {rules.after(state, move) for state in fresh for move in rules.moves_from(state)} - reached
        reached |= fresh
    assert reached == set(State)


@given(st.lists(st.sampled_from(Move), max_size=20))
def test_no_path_loses_a_case(moves: list[Move]) -> None:
    state = State.RECEIVED
    for move in moves:
        if move in rules.moves_from(state):
            state = rules.after(state, move)
    ended = {
        State.CLOSED,
        State.NOT_ACCEPTED,
        State.TRANSFERRED,
        State.MERGED,
        State.WITHDRAWN,
        State.DISCARDED,
    }
    assert state in rules.OPEN or state in ended


@given(st.sampled_from(State), st.sampled_from(Move))
def test_a_move_that_is_not_offered_is_refused(state: State, move: Move) -> None:
    if move in rules.moves_from(state):
        assert rules.after(state, move) in set(State)
    else:
        with pytest.raises(DomainError):
            rules.after(state, move)


@pytest.mark.parametrize("move", [move for move, each in rules.MOVES.items() if each.reason])
def test_some_moves_need_a_reason(move: Move) -> None:
    state = min(rules.MOVES[move].sources)
    with pytest.raises(DomainError, match="reason"):
        rules.after(state, move, reason=" ")


@pytest.mark.parametrize("move", rules.BACK)
def test_what_leads_back_leads_to_the_state_before(move: Move) -> None:
    state = min(rules.MOVES[move].sources)
    assert rules.after(state, move, before=State.INVESTIGATING) == State.INVESTIGATING


def test_only_the_staff_can_end_a_decided_case() -> None:
    assert rules.moves_from(State.DECIDED) == [Move.CLOSE]


def test_nobody_approves_what_they_asked_for() -> None:
    with pytest.raises(DomainError, match="somebody else"):
        rules.check_second_person(7, 7, "somebody else has to do it")
    rules.check_second_person(7, 8, "somebody else has to do it")
    rules.check_second_person(None, 8, "somebody else has to do it")


@given(st.sampled_from(State))
def test_a_reporter_reads_one_of_three_words_and_the_last_only_at_the_end(state: State) -> None:
    assert (rules.step_of_report(state) == Step.HANDLED) == (
        state not in rules.OPEN and state != State.MERGED
    )


def test_the_terms_are_five_and_fifteen_working_days() -> None:
    terms = rules.terms(date(2026, 1, 30))
    assert (terms.accept.date, terms.answer.date) == (date(2026, 2, 6), date(2026, 2, 27))
    assert not terms.provisional


def test_a_term_into_a_year_without_a_calendar_is_provisional() -> None:
    terms = rules.terms(date(2026, 12, 21))
    assert not terms.accept.provisional
    assert terms.provisional


@pytest.mark.parametrize(
    ("state", "finding", "counted"),
    [
        (State.RECEIVED, "", None),
        (State.SUPPLEMENT, "", None),
        (State.ACCEPTED, "", Outcome.OPEN),
        (State.INVESTIGATING, "", Outcome.OPEN),
        (State.SUSPENDED, "", Outcome.OPEN),
        (State.DECIDING, "", Outcome.OPEN),
        (State.REVIEW, "", None),
        (State.REVIEW, Finding.UPHELD, Outcome.UPHELD),
        (State.CLOSED, Finding.UPHELD, Outcome.UPHELD),
        (State.CLOSED, Finding.PARTLY, Outcome.UPHELD),
        (State.CLOSED, Finding.NOT_UPHELD, Outcome.NOT_UPHELD),
        (State.CLOSED, Finding.UNDETERMINED, Outcome.NOT_UPHELD),
        (State.NOT_ACCEPTED, "", None),
        (State.DISCARDED, "", None),
        (State.WITHDRAWN, "", None),
    ],
)
def test_only_accepted_complaints_count_against_an_agency(
    state: State, finding: str, counted: Outcome | None
) -> None:
    assert rules.outcome(state, finding) == counted


def test_the_clock_stands_still_while_the_complainant_is_asked() -> None:
    dates = (date(2026, 11, 27), date(2026, 12, 11))
    assert rules.due_on(State.RECEIVED, *dates) == dates[0]
    assert rules.due_on(State.SUPPLEMENT, *dates) is None
    assert rules.due_on(State.INVESTIGATING, *dates) == dates[1]
    assert rules.due_on(State.SUSPENDED, *dates) is None
    assert rules.due_on(State.REVIEW, *dates) == dates[1]
    assert rules.due_on(State.CLOSED, *dates) is None
