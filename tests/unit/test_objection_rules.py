"""The moves and the terms of an objection."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.objections import rules
from chengxin.standing.objections.rules import MOVES, Act, State

ALLOWED = [(state, act) for act, move in MOVES.items() for state in State if state in move.sources]
FORBIDDEN = [(state, act) for act in Act for state in State if (state, act) not in ALLOWED]
FRIDAY = date(2026, 10, 9)  # a Saturday of work follows


@pytest.mark.parametrize(("state", "act"), ALLOWED)
def test_an_allowed_act_leads_to_its_state(state: State, act: Act) -> None:
    assert rules.move(state, act, reason="because") is MOVES[act].target


@pytest.mark.parametrize(("state", "act"), FORBIDDEN)
def test_every_other_act_is_refused(state: State, act: Act) -> None:
    with pytest.raises(DomainError, match="cannot take this step"):
        rules.move(state, act, reason="because")


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].reason])
def test_an_act_that_needs_words_is_refused_without_them(act: Act) -> None:
    (state, *_) = MOVES[act].sources
    with pytest.raises(DomainError, match="Write what is to be said"):
        rules.move(state, act, reason="  ")


def test_the_mark_is_due_on_the_next_working_day_and_the_answer_after_fifteen() -> None:
    due = rules.terms(FRIDAY)
    assert due.mark_by == date(2026, 10, 10)
    assert due.answer_by == date(2026, 10, 29)


def test_the_settings_can_give_other_terms() -> None:
    due = rules.terms(FRIDAY, mark_days=2, answer_days=5)
    assert (due.mark_by, due.answer_by) == (date(2026, 10, 12), date(2026, 10, 15))


def test_only_open_states_have_a_deadline() -> None:
    days = {"mark_by": date(2026, 10, 12), "answer_by": date(2026, 10, 30), "review_by": date(2026, 11, 9)}
    running = {state for state in State if rules.due_on(state, **days) is not None}
    assert running == rules.OPEN


def test_nobody_decides_about_their_own_work() -> None:
    rules.check_impartial("account:3", ["account:1", "account:2"])
    with pytest.raises(NotAllowedError):
        rules.check_impartial("account:2", ["account:1", "account:2"])


def test_a_review_is_asked_for_within_seven_working_days() -> None:
    rules.check_in_time(FRIDAY, date(2026, 10, 19))
    with pytest.raises(DomainError, match="term for asking"):
        rules.check_in_time(FRIDAY, date(2026, 10, 20))


@given(st.lists(st.sampled_from(list(Act)), max_size=50))
def test_a_record_is_marked_only_between_its_mark_and_a_decision(acts: list[Act]) -> None:
    state, told = State.RECEIVED, list[Act]()
    for act in acts:
        if state in MOVES[act].sources:
            state = rules.move(state, act, reason="because")
            told.append(act)
    marked = Act.MARK in told
    assert rules.is_visible(state) <= marked
    assert (state in rules.ANSWERED) <= (Act.DECIDE in told)
