"""Campaigns: their moves, their days, and when there is a result."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.bulletins.campaigns.rules import (
    MOVES,
    Act,
    Result,
    Stage,
    State,
    check_days,
    check_result,
    move,
    stage,
)
from chengxin.core.errors import DomainError

DAYS = st.dates(date(2012, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(("state", "act"), [(state, act) for act in Act for state in State])
def test_every_step_is_taken_or_refused_by_the_table(state: State, act: Act) -> None:
    if state in MOVES[act].sources:
        assert move(state, act, reason="理由") is (MOVES[act].target or state)
    else:
        with pytest.raises(DomainError):
            move(state, act, reason="理由")


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(DomainError, match="reason"):
        move(State.PUBLISHED, Act.WITHDRAW, reason=" ")


@given(DAYS, st.integers(0, 400), DAYS)
def test_a_campaign_is_coming_then_running_then_over(first: date, length: int, today: date) -> None:
    last = first + timedelta(days=length)
    expected = Stage.COMING if today < first else Stage.OVER if today > last else Stage.RUNNING
    assert stage(first, last, today) is expected


@given(DAYS, st.integers(1, 400))
def test_a_campaign_does_not_end_before_it_starts(first: date, length: int) -> None:
    check_days(first, first)
    with pytest.raises(DomainError):
        check_days(first, first - timedelta(days=length))


@pytest.mark.parametrize("result", Result)
def test_there_is_no_result_before_the_first_day(result: Result) -> None:
    first = date(2026, 11, 1)
    check_result(result, first, first)
    if result in {Result.TAKING_PART, Result.LEFT}:
        check_result(result, first, first - timedelta(days=1))
    else:
        with pytest.raises(DomainError, match="begun"):
            check_result(result, first, first - timedelta(days=1))
