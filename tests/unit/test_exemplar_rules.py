"""Titles: moves, the second person, and when one counts."""

from datetime import date

import pytest

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.exemplars.rules import (
    MOVES,
    Act,
    State,
    check_second_person,
    is_in_force,
    move,
    usual_end,
)


@pytest.mark.parametrize(("state", "act"), [(state, act) for act in Act for state in State])
def test_every_step_is_taken_or_refused_by_the_table(state: State, act: Act) -> None:
    if state is MOVES[act].source:
        assert move(state, act, reason="理由") is MOVES[act].target
    else:
        with pytest.raises(DomainError):
            move(state, act, reason="理由")


@pytest.mark.parametrize("act", [Act.DECLINE, Act.WITHDRAW])
def test_turning_down_and_taking_back_need_a_reason(act: Act) -> None:
    with pytest.raises(DomainError, match="reason"):
        move(MOVES[act].source, act)


def test_nobody_awards_what_they_nominated() -> None:
    with pytest.raises(NotAllowedError):
        check_second_person(Act.AWARD, actor="account:1", nominated_by="account:1")
    check_second_person(Act.AWARD, actor="account:2", nominated_by="account:1")


def test_a_title_usually_counts_to_the_end_of_the_next_year() -> None:
    assert usual_end(2026) == date(2027, 12, 31)


def test_a_title_without_an_end_counts_until_withdrawn() -> None:
    assert is_in_force("awarded", None, date(2099, 1, 1))
    assert not is_in_force("withdrawn", None, date(2026, 1, 1))
