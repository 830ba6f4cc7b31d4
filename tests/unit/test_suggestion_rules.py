"""The moves and the term of a suggestion."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError
from chengxin.voices.suggestions import rules
from chengxin.voices.suggestions.rules import ANSWERED, ANSWERS, MOVES, Act, Publication, State

ALLOWED = [(state, act) for act, move in MOVES.items() for state in State if state in move.sources]
FORBIDDEN = [(state, act) for act in Act for state in State if (state, act) not in ALLOWED]


@pytest.mark.parametrize(("state", "act"), ALLOWED)
def test_an_allowed_act_leads_to_its_state(state: State, act: Act) -> None:
    assert rules.move(state, act, reason="because") is (MOVES[act].target or state)


@pytest.mark.parametrize(("state", "act"), FORBIDDEN)
def test_every_other_act_is_refused(state: State, act: Act) -> None:
    with pytest.raises(DomainError, match="cannot take this step"):
        rules.move(state, act, reason="because")


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].reason])
def test_no_answer_goes_out_without_words(act: Act) -> None:
    with pytest.raises(DomainError, match="Write the reply"):
        rules.move(State.RECEIVED, act, reason=" \n ")


def test_every_outcome_can_be_reached_and_every_state_stands_in_a_move() -> None:
    reached = {move.target for move in MOVES.values() if move.target} | {State.RECEIVED}
    assert reached == set(State)
    assert set(ANSWERS.values()) == ANSWERED


def test_a_suggestion_is_answered_within_twenty_working_days() -> None:
    due = rules.term(date(2026, 11, 20))
    assert (due.date, due.provisional) == (date(2026, 12, 18), False)


def test_a_term_into_a_year_without_calendar_is_provisional() -> None:
    assert rules.term(date(2026, 12, 20)).provisional


def test_a_deadline_runs_only_until_the_answer() -> None:
    day = date(2026, 12, 18)
    assert {state for state in State if rules.due_on(state, day)} == rules.OPEN


@pytest.mark.parametrize("text", ["太短", "字" * 4_001])
def test_too_short_and_too_long_a_text_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="20 to 4,000"):
        rules.check_text(text)


def test_without_consent_no_words_are_published() -> None:
    rules.check_consent(Publication.AGREED)
    with pytest.raises(DomainError, match="did not agree"):
        rules.check_consent(Publication.REFUSED)


@given(st.lists(st.sampled_from(list(Act)), max_size=40))
def test_readers_see_a_suggestion_exactly_after_an_answer(acts: list[Act]) -> None:
    state, answered = State.RECEIVED, False
    for act in acts:
        if state in MOVES[act].sources:
            state = rules.move(state, act, reason="because")
            answered = answered or act in ANSWERS
    assert rules.is_public(state) == answered
