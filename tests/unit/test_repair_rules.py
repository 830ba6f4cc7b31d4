"""The moves and the terms of credit repair, and who may ask when."""

from dataclasses import replace
from datetime import date

import pytest
from tests.disputes import ASKED

from chengxin.core.errors import DomainError
from chengxin.standing.repairs import rules
from chengxin.standing.repairs.rules import MOVES, Act, State

ALLOWED = [(state, act) for act, move in MOVES.items() for state in State if state in move.sources]
FORBIDDEN = [(state, act) for act in Act for state in State if (state, act) not in ALLOWED]
FIRST, TODAY = date(2026, 11, 1), date(2026, 11, 20)


@pytest.mark.parametrize(("state", "act"), ALLOWED)
def test_an_allowed_act_leads_to_its_state(state: State, act: Act) -> None:
    assert rules.move(state, act, reason="because") is MOVES[act].target


@pytest.mark.parametrize(("state", "act"), FORBIDDEN)
def test_every_other_act_is_refused(state: State, act: Act) -> None:
    with pytest.raises(DomainError, match="cannot take this step"):
        rules.move(state, act, reason="because")


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].reason])
def test_an_act_that_needs_a_reason_is_refused_without_one(act: Act) -> None:
    (state, *_) = MOVES[act].sources
    with pytest.raises(DomainError, match="Give a reason"):
        rules.move(state, act)


def test_nothing_that_is_decided_moves_again() -> None:
    for state in set(State) - rules.OPEN:
        assert rules.acts_from(state) == []


def test_a_request_waits_for_the_shortest_term() -> None:
    rules.check_day(public=True, first=TODAY, today=TODAY, open_already=False)
    with pytest.raises(DomainError, match="not earlier"):
        rules.check_day(public=True, first=date(2026, 11, 21), today=TODAY, open_already=False)


def test_a_minor_decision_has_no_shortest_term() -> None:
    assert rules.first_day(None, FIRST) == FIRST


def test_an_ended_notice_or_an_open_request_takes_no_new_one() -> None:
    with pytest.raises(DomainError, match="not public"):
        rules.check_day(public=False, first=FIRST, today=TODAY, open_already=False)
    with pytest.raises(DomainError, match="open already"):
        rules.check_day(public=True, first=FIRST, today=TODAY, open_already=True)


@pytest.mark.parametrize("missing", ["fulfilled", "undertaking"])
def test_a_request_makes_both_promises(missing: str) -> None:
    rules.check_request(ASKED)
    with pytest.raises(DomainError, match="confirm it"):
        rules.check_request(replace(ASKED, **{missing: False}))  # type: ignore[arg-type]


def test_a_request_says_what_was_put_right() -> None:
    with pytest.raises(DomainError, match="20 to 4,000"):
        rules.check_request(replace(ASKED, text="已改"))


def test_the_check_takes_three_working_days_and_the_decision_ten() -> None:
    assert rules.check_term(date(2026, 10, 9)) == date(2026, 10, 13)
    assert rules.decision_term(date(2026, 10, 9)) == date(2026, 10, 22)
    assert rules.decision_term(date(2026, 10, 9), 5) == date(2026, 10, 15)


def test_a_deadline_runs_exactly_while_a_request_is_open() -> None:
    days = {"check_by": FIRST, "decide_by": TODAY}
    assert {state for state in State if rules.due_on(state, **days)} == rules.OPEN
