"""Titles: moves, the second person, what blocks them, consent, and when one counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.exemplars.rules import (
    MOVES,
    Act,
    Block,
    HonourKind,
    State,
    acts_from,
    blocks_of,
    check_awarder,
    check_consent_day,
    check_withdrawal,
    has_consent,
    is_in_force,
    may_name,
    move,
    usual_end,
)
from chengxin.standing.exemplars.selection_rules import SelectionState

TODAY = date(2026, 11, 20)
EVERYTHING = [(state, during, act) for state in State for during in SelectionState for act in Act]


@pytest.mark.parametrize(("state", "during", "act"), EVERYTHING)
def test_every_step_is_taken_or_refused_by_the_table(state: State, during: SelectionState, act: Act) -> None:
    if state in MOVES[act].sources and during in MOVES[act].during:
        assert move(state, act, during=during, reason="理由") is MOVES[act].target
    else:
        with pytest.raises(DomainError, match="cannot take this step"):
            move(state, act, during=during, reason="理由")


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].reason])
def test_whatever_ends_or_keeps_a_title_needs_a_reason(act: Act) -> None:
    rule = MOVES[act]
    with pytest.raises(DomainError, match="reason"):
        move(min(rule.sources), act, during=min(rule.during), reason="  ")


def test_refusing_dropping_and_proposing_a_withdrawal_are_among_them() -> None:
    reasons = {act for act in Act if MOVES[act].reason}
    assert reasons == {Act.REFUSE, Act.DROP, Act.RECONSIDER, Act.PROPOSE_WITHDRAWAL, Act.KEEP}


def test_only_what_the_public_sees_is_a_public_event() -> None:
    shown = {State.PUBLICITY, State.AWARDED}
    for rule in MOVES.values():
        seen = bool(rule.sources & shown) or rule.target in shown
        within = rule.sources == {State.AWARDED} and rule.target is State.AWARDED
        assert rule.public == (seen and not within)


@pytest.mark.parametrize("during", SelectionState)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("proposed", [True, False])
def test_what_is_offered_can_be_done(state: State, during: SelectionState, *, proposed: bool) -> None:
    for act in acts_from(state, during=during, proposed=proposed):
        assert move(state, act, during=during, reason="理由")
        assert act not in {Act.ANNOUNCE, Act.RECONSIDER}


def test_a_withdrawal_is_proposed_once_and_then_decided() -> None:
    awarded = {"state": State.AWARDED, "during": SelectionState.AWARDED}
    assert acts_from(**awarded, proposed=False) == [Act.PROPOSE_WITHDRAWAL]
    assert acts_from(**awarded, proposed=True) == [Act.KEEP, Act.WITHDRAW]


def test_a_held_entry_is_awarded_or_dropped_once_its_round_is_awarded() -> None:
    held = acts_from(State.PUBLICITY, during=SelectionState.AWARDED, proposed=False)
    assert set(held) == {Act.DROP, Act.AWARD}
    before = acts_from(State.PUBLICITY, during=SelectionState.PUBLICITY, proposed=False)
    assert before == [Act.DROP]


@pytest.mark.parametrize("actor", [1, 2, None])
def test_nobody_awards_what_they_nominated_or_shortlisted_and_no_machine_does(actor: int | None) -> None:
    with pytest.raises(NotAllowedError):
        check_awarder(actor, nominated_by=1, shortlisted_by=2)


def test_a_third_person_awards() -> None:
    check_awarder(3, nominated_by=1, shortlisted_by=2)


def test_a_withdrawal_is_confirmed_by_a_second_person() -> None:
    with pytest.raises(NotAllowedError):
        check_withdrawal(Act.WITHDRAW, actor=1, proposed_by=1, proposed=True)
    check_withdrawal(Act.WITHDRAW, actor=2, proposed_by=1, proposed=True)


@pytest.mark.parametrize(
    ("act", "proposed"), [(Act.WITHDRAW, False), (Act.KEEP, False), (Act.PROPOSE_WITHDRAWAL, True)]
)
def test_nothing_is_confirmed_that_was_not_proposed_nor_proposed_twice(act: Act, *, proposed: bool) -> None:
    with pytest.raises(DomainError, match="cannot take this step"):
        check_withdrawal(act, actor=2, proposed_by=1, proposed=proposed)


@given(
    kind=st.sampled_from(HonourKind),
    outweighed=st.booleans(),
    objected=st.booleans(),
    consent_on=st.none() | st.just(TODAY),
    withdrawn_on=st.none() | st.just(TODAY),
)
def test_a_title_is_clear_exactly_when_nothing_stands_against_it(
    *, kind: HonourKind, outweighed: bool, objected: bool, consent_on: date | None, withdrawn_on: date | None
) -> None:
    blocks = blocks_of(
        kind=kind,
        outweighed=outweighed,
        objected=objected,
        consent_on=consent_on,
        withdrawn_on=withdrawn_on,
    )
    assert (Block.STANDING in blocks) == outweighed
    assert (Block.OBJECTION in blocks) == objected
    assert (Block.CONSENT in blocks) == (not may_name(kind, consent_on, withdrawn_on))


def test_a_person_is_named_only_while_the_consent_stands() -> None:
    assert not may_name("person", None, None)
    assert may_name("person", TODAY, None)
    assert not may_name("person", TODAY, TODAY)
    assert not has_consent(TODAY, TODAY)


@pytest.mark.parametrize("kind", ["agency", "window"])
def test_agencies_and_windows_need_no_consent(kind: str) -> None:
    assert may_name(kind, None, None)
    with pytest.raises(DomainError, match="Only a person"):
        check_consent_day(kind, TODAY, TODAY)


def test_a_consent_is_not_recorded_before_it_was_given() -> None:
    check_consent_day("person", TODAY, TODAY)
    with pytest.raises(DomainError, match="future"):
        check_consent_day("person", TODAY + timedelta(days=1), TODAY)


def test_a_title_usually_counts_to_the_end_of_the_next_year() -> None:
    assert usual_end(2026) == date(2027, 12, 31)


def test_a_title_counts_through_its_last_day_and_no_longer() -> None:
    assert is_in_force("awarded", TODAY, TODAY)
    assert not is_in_force("awarded", TODAY, TODAY + timedelta(days=1))


def test_a_title_without_an_end_counts_until_withdrawn() -> None:
    assert is_in_force("awarded", None, date(2099, 1, 1))
    assert not is_in_force("withdrawn", None, date(2026, 1, 1))
