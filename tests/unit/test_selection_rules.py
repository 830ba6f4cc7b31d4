"""Rounds of selection: moves, places, deadlines and the days of publicity."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.core.workdays import workdays_between
from chengxin.standing.exemplars.selection_rules import (
    SELECTION_MOVES,
    SelectionAct,
    SelectionState,
    check_awarder,
    check_closing,
    check_nominations,
    check_places,
    check_publicity_is_over,
    move_selection,
    places_by_share,
    selection_acts_from,
    window,
)

TODAY = date(2026, 11, 20)
EVERYTHING = [(state, act) for state in SelectionState for act in SelectionAct]


@pytest.mark.parametrize(("state", "act"), EVERYTHING)
def test_every_step_is_taken_or_refused_by_the_table(state: SelectionState, act: SelectionAct) -> None:
    rule = SELECTION_MOVES[act]
    assert (act in selection_acts_from(state)) == (state in rule.sources)
    if state in rule.sources:
        assert move_selection(state, act, reason="理由") is rule.target
    else:
        with pytest.raises(DomainError, match="cannot take this step"):
            move_selection(state, act, reason="理由")


@pytest.mark.parametrize("act", [SelectionAct.RECONSIDER, SelectionAct.CANCEL])
def test_taking_back_and_calling_off_need_a_reason(act: SelectionAct) -> None:
    with pytest.raises(DomainError, match="reason"):
        move_selection(SelectionState.PUBLICITY, act)


@pytest.mark.parametrize("state", [SelectionState.AWARDED, SelectionState.CANCELLED])
def test_what_is_over_stays_over(state: SelectionState) -> None:
    assert selection_acts_from(state) == []


def test_nobody_is_awarded_without_publicity() -> None:
    assert SELECTION_MOVES[SelectionAct.AWARD].sources == {SelectionState.PUBLICITY}


@given(st.integers(0, 200_000), st.integers(1, 100))
def test_a_share_never_gives_more_than_it_says_but_always_one(base: int, share: int) -> None:
    places = places_by_share(base, share)
    assert places == 1 or places * 100 <= base * share
    assert (places + 1) * 100 > base * share


@given(st.integers(0, 50), st.integers(0, 50))
def test_no_place_is_given_twice(taken: int, places: int) -> None:
    if taken < places:
        check_places(taken, places)
    else:
        with pytest.raises(DomainError, match="refuse another"):
            check_places(taken, places)


def test_nominations_run_to_the_end_of_their_last_day() -> None:
    check_nominations("open", TODAY, TODAY)
    with pytest.raises(DomainError):
        check_nominations("open", TODAY, TODAY + timedelta(days=1))
    with pytest.raises(DomainError):
        check_nominations("review", TODAY, TODAY)


def test_nominations_end_early_only_with_a_reason() -> None:
    with pytest.raises(DomainError, match="give a reason"):
        check_closing(TODAY, TODAY, " ")
    check_closing(TODAY, TODAY, "提前完成")
    check_closing(TODAY, TODAY + timedelta(days=1), "")


def test_the_national_holiday_does_not_count_as_publicity() -> None:
    """Five working days after 25 September 2026 end after the holiday, and make-up Saturdays count."""
    assert window(date(2026, 9, 25), 5).last == date(2026, 10, 9)
    assert window(date(2026, 10, 9), 5).last == date(2026, 10, 15)


@given(st.dates(date(2020, 1, 1), date(2026, 11, 30)), st.integers(1, 10), st.integers(0, 40))
def test_an_award_waits_for_the_whole_publicity(first: date, days: int, later: int) -> None:
    today = first + timedelta(days=later)
    if workdays_between(first, today - timedelta(days=1)) >= days:
        check_publicity_is_over(first, days, today)
    else:
        with pytest.raises(DomainError, match="full length"):
            check_publicity_is_over(first, days, today)


def test_a_list_that_was_never_shown_is_not_awarded() -> None:
    with pytest.raises(DomainError, match="full length"):
        check_publicity_is_over(None, 5, TODAY)


@pytest.mark.parametrize("actor", [1, None])
def test_who_announced_a_list_does_not_award_it_and_no_machine_does(actor: int | None) -> None:
    with pytest.raises(NotAllowedError):
        check_awarder(actor, announced_by=1)
    check_awarder(2, announced_by=1)
