"""The lot that draws, the results, and the moves of a batch."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.inspections.labels import ACT, RESULT, STATE
from chengxin.standing.inspections.rules import (
    MOVES,
    Act,
    Result,
    State,
    check_frame,
    check_result,
    check_second_person,
    check_whole,
    draw,
    inspectors_for,
    move,
    pool_hash,
    publish_by,
)

UIDS = st.lists(st.text("abcdefghjk23456789", min_size=8, max_size=8), unique=True, min_size=1, max_size=60)
SEED = "5f1c0a9b77e2d310"
TODAY = date(2026, 11, 20)
NAMES = ["甲", "乙", "丙"]


def test_a_known_seed_draws_known_agencies() -> None:
    """The lot is a promise to readers: it must never change."""
    assert draw(SEED, ["t0000001", "t0000002", "t0000003", "t0000004"], 2) == ["t0000004", "t0000002"]


@given(pool=UIDS, count=st.integers(1, 20), seed=st.text(min_size=1))
def test_the_same_seed_draws_the_same_agencies_in_whatever_order_they_come(
    pool: list[str], count: int, seed: str
) -> None:
    drawn = draw(seed, pool, count)
    assert drawn == draw(seed, reversed(pool), count)
    assert len(drawn) == min(count, len(pool))
    assert set(drawn) <= set(pool)
    assert pool_hash(pool) == pool_hash(reversed(pool))


@given(pool=UIDS, seed=st.text(min_size=1))
def test_drawing_more_adds_and_changes_nothing(pool: list[str], seed: str) -> None:
    assert draw(seed, pool, 3) == draw(seed, pool, 5)[:3]


def test_another_seed_draws_otherwise() -> None:
    pool = [f"t{number:07d}" for number in range(200)]
    assert draw("one", pool, 10) != draw("two", pool, 10)
    assert pool_hash(pool) != pool_hash(pool[1:])


def test_two_different_inspectors_go_to_each_agency() -> None:
    pairs = {tuple(inspectors_for(SEED, f"t{number}", NAMES)) for number in range(40)}
    assert all(len(set(pair)) == 2 for pair in pairs)
    assert len(pairs) > 1


@pytest.mark.parametrize(
    ("pool", "wanted", "inspectors"),
    [(10, 11, NAMES), (10, 0, NAMES), (900, 501, NAMES), (10, 2, ["甲", "甲"])],
)
def test_a_drawing_that_cannot_be_made_is_refused(pool: int, wanted: int, inspectors: list[str]) -> None:
    with pytest.raises(DomainError):
        check_frame(pool=pool, wanted=wanted, inspectors=inspectors)


ALLOWED = {
    (State.DRAWN, Act.HAND_IN): State.HANDED_IN,
    (State.DRAWN, Act.DISCARD): State.DISCARDED,
    (State.HANDED_IN, Act.RETURN): State.DRAWN,
    (State.HANDED_IN, Act.PUBLISH): State.PUBLISHED,
    (State.HANDED_IN, Act.DISCARD): State.DISCARDED,
}


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_a_batch_takes_the_steps_of_the_table_and_no_other(state: State, act: Act) -> None:
    target = ALLOWED.get((state, act))
    if target is None:
        with pytest.raises(DomainError, match="cannot take this step"):
            move(state, act, reason="because")
    else:
        assert move(state, act, reason="because") is target


@pytest.mark.parametrize("act", [Act.RETURN, Act.DISCARD])
def test_sending_back_needs_a_reason(act: Act) -> None:
    (source, *_) = MOVES[act].sources
    with pytest.raises(DomainError, match="reason"):
        move(source, act)


def test_nobody_with_a_hand_in_a_batch_publishes_it() -> None:
    for account in (1, 2, 3, None):
        with pytest.raises(NotAllowedError):
            check_second_person(Act.PUBLISH, account=account, first=[1, 2, 3])
    check_second_person(Act.PUBLISH, account=4, first=[1, 2, 3])
    check_second_person(Act.HAND_IN, account=1, first=[1])


def test_a_batch_is_handed_in_whole() -> None:
    check_whole(missing=0)
    with pytest.raises(DomainError, match="missing: 2"):
        check_whole(missing=2)


@pytest.mark.parametrize("result", list(Result))
def test_a_result_has_its_day_unless_nobody_was_reached(result: Result) -> None:
    if result is Result.UNREACHABLE:
        check_result(result, inspected_on=None, drawn_on=TODAY, today=TODAY)
    else:
        with pytest.raises(DomainError, match="day of the inspection"):
            check_result(result, inspected_on=None, drawn_on=TODAY, today=TODAY)


@pytest.mark.parametrize("days", [-1, 11])
def test_an_inspection_lies_between_the_drawing_and_today(days: int) -> None:
    day = TODAY - timedelta(days=10) + timedelta(days=days)
    with pytest.raises(DomainError, match="between"):
        check_result(Result.ORDERED, inspected_on=day, drawn_on=TODAY - timedelta(days=10), today=TODAY)


def test_the_term_for_publication_counts_from_the_last_inspection() -> None:
    assert publish_by([date(2026, 9, 30), None, date(2026, 10, 9)], drawn_on=TODAY) == date(2026, 11, 5)
    assert publish_by([None], drawn_on=date(2026, 10, 9)) == date(2026, 11, 5)


def test_every_word_is_there() -> None:
    assert (set(RESULT), set(STATE), set(ACT)) == (set(Result), set(State), set(Act))
