"""Records of two persons: every step there is, every step there is not."""

from itertools import product

import pytest

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.confirming.labels import ACT, STATE
from chengxin.standing.confirming.rules import (
    MOVES,
    Act,
    State,
    acts_from,
    check_second_person,
    first_person,
    move,
)

ALLOWED = {
    (State.PROPOSED, False, Act.CONFIRM): State.IN_FORCE,
    (State.PROPOSED, False, Act.DECLINE): State.DECLINED,
    (State.IN_FORCE, False, Act.PROPOSE_REMOVAL): State.IN_FORCE,
    (State.IN_FORCE, True, Act.KEEP): State.IN_FORCE,
    (State.IN_FORCE, True, Act.REMOVE): State.REMOVED,
}
EVERY = list(product(State, (False, True), Act))
POSSIBLE = [each for each in EVERY if not (each[1] and each[0] is not State.IN_FORCE)]


@pytest.mark.parametrize(("state", "removal_proposed", "act"), POSSIBLE)
def test_a_record_takes_the_steps_of_the_table_and_no_other(
    *, state: State, removal_proposed: bool, act: Act
) -> None:
    target = ALLOWED.get((state, removal_proposed, act))
    if target is None:
        with pytest.raises(DomainError, match="cannot take this step"):
            move(state, act, removal_proposed=removal_proposed, reason="because")
    else:
        assert move(state, act, removal_proposed=removal_proposed, reason="because") is target


@pytest.mark.parametrize("state", [State.DECLINED, State.REMOVED])
def test_an_end_is_an_end(state: State) -> None:
    assert acts_from(state) == acts_from(state, removal_proposed=True) == []


@pytest.mark.parametrize("act", [Act.DECLINE, Act.PROPOSE_REMOVAL, Act.KEEP])
def test_turning_down_and_taking_away_need_a_reason(act: Act) -> None:
    source, proposed = MOVES[act].source, MOVES[act].removal_proposed
    with pytest.raises(DomainError, match="reason"):
        move(source, act, removal_proposed=proposed, reason="  ")


@pytest.mark.parametrize("act", [Act.CONFIRM, Act.REMOVE])
def test_what_the_public_sees_takes_a_second_person_who_signs(act: Act) -> None:
    first = first_person(act, proposed_by=7, end_proposed_by=7)
    for account in (7, None):
        with pytest.raises(NotAllowedError):
            check_second_person(act, account=account, first=first)
    check_second_person(act, account=8, first=first)


def test_who_proposed_a_mark_may_remove_it_when_another_asked_for_that() -> None:
    assert first_person(Act.REMOVE, proposed_by=7, end_proposed_by=8) == 8


def test_only_confirming_and_removing_are_public() -> None:
    assert {act for act in Act if MOVES[act].public} == {Act.CONFIRM, Act.REMOVE}


def test_every_state_and_act_has_words() -> None:
    assert set(STATE) == set(State)
    assert set(ACT) == set(Act)
