"""Terms, moves and the second person of notices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.core.months import later
from chengxin.standing.sanctions.rules import (
    BY_CALENDAR,
    MOVES,
    Act,
    LegalKind,
    NoticeKind,
    Severity,
    State,
    check_complete,
    check_decision_date,
    check_end,
    check_second_person,
    end_of,
    is_public,
    move,
    term,
    usual_severity,
)

DECIDED = date(2026, 10, 28)
STEPS = [(state, act) for act in Act for state in State]


@pytest.mark.parametrize(
    ("severity", "least", "most"),
    [
        (Severity.MINOR, date(2026, 10, 28), date(2027, 1, 28)),
        (Severity.GENERAL, date(2027, 1, 28), date(2027, 10, 28)),
        (Severity.SERIOUS, date(2027, 10, 28), date(2029, 10, 28)),
    ],
)
def test_severity_decides_the_term(severity: str, least: date, most: date) -> None:
    assert term(DECIDED, severity=severity, legal_kind="fine", notice_kind="exposure") == (least, most)


def test_a_serious_listing_lasts_three_years() -> None:
    span = term(DECIDED, severity="minor", legal_kind="listing", notice_kind="serious_listing")
    assert span.max_until == date(2029, 10, 28)


@pytest.mark.parametrize("measure", ["interview", "rectification_order", "reminder"])
def test_a_measure_obeys_the_terms_of_a_minor_penalty(measure: str) -> None:
    span = term(DECIDED, severity="serious", legal_kind=measure, notice_kind="yellow_card")
    assert span.max_until == date(2027, 1, 28)


def test_a_month_that_is_too_short_ends_the_term_on_its_last_day() -> None:
    assert later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2026, 12, 31), 12) == date(2027, 12, 31)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 48))
def test_months_later_is_never_earlier_and_keeps_the_month(day: date, months: int) -> None:
    found = later(day, months)
    assert found >= day
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(
    ("legal", "severity"),
    [("warning", "minor"), ("fine", "general"), ("licence_revocation", "serious"), ("reminder", "minor")],
)
def test_a_kind_of_decision_has_its_usual_severity(legal: str, severity: str) -> None:
    assert usual_severity(legal) == severity


@pytest.mark.parametrize(("state", "act"), STEPS)
def test_every_step_is_taken_or_refused_by_the_table(state: State, act: Act) -> None:
    if state in MOVES[act].sources:
        assert move(state, act, reason="理由") is MOVES[act].target
    else:
        with pytest.raises(DomainError):
            move(state, act, reason="理由")


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].reason])
def test_an_act_that_needs_a_reason_is_refused_without(act: Act) -> None:
    with pytest.raises(DomainError, match="reason"):
        move(next(iter(MOVES[act].sources)), act, reason="  ")


@pytest.mark.parametrize("state", ["rejected", "archived"])
def test_what_is_over_never_moves_again(state: str) -> None:
    for act in Act:
        with pytest.raises(DomainError):
            move(state, act, reason="理由")


@pytest.mark.parametrize("state", ["expired", "repaired", "withdrawn"])
def test_an_ended_notice_can_only_be_filed_away(state: str) -> None:
    assert [act for act in Act if state in MOVES[act].sources] == [Act.ARCHIVE]


def test_every_act_of_a_person_on_a_finished_draft_needs_a_reason() -> None:
    without = {act for act, rule in MOVES.items() if not rule.reason}
    assert without == {Act.REVISE, *BY_CALENDAR}


def test_no_way_into_the_public_leaves_out_the_legal_review() -> None:
    """What is published was approved, or is published urgently and reviewed afterwards."""
    into = {
        act
        for act, rule in MOVES.items()
        if rule.target is State.PUBLISHED and State.PUBLISHED not in rule.sources
    }
    assert into == {Act.PUBLISH, Act.PUBLISH_URGENTLY}
    assert MOVES[Act.PUBLISH].sources == {State.SERVED}
    assert {act for act, rule in MOVES.items() if State.LEGAL_REVIEW in rule.sources} == {
        Act.RETURN,
        Act.REJECT,
        Act.APPROVE,
        Act.PUBLISH_URGENTLY,
    }


@pytest.mark.parametrize("act", [act for act in Act if MOVES[act].second_person])
def test_the_first_person_is_refused_as_the_second(act: Act) -> None:
    with pytest.raises(NotAllowedError):
        check_second_person(act, actor="account:1", first_persons=["account:2", "account:1"])
    check_second_person(act, actor="account:3", first_persons=["account:2", "account:1"])


def test_every_move_into_or_out_of_the_public_is_a_public_event() -> None:
    """A passed urgent publication stays public, but its mark goes."""
    for act, rule in MOVES.items():
        crosses = (rule.target == State.PUBLISHED) != (State.PUBLISHED in rule.sources)
        assert rule.public is (crosses or act is Act.CONFIRM_URGENT)


def test_nothing_but_the_calendar_changes_what_is_public_with_one_person() -> None:
    alone = {act for act, rule in MOVES.items() if rule.public and not rule.second_person}
    assert alone == BY_CALENDAR


def test_the_last_day_is_public_in_full() -> None:
    assert is_public("published", DECIDED, DECIDED)
    assert not is_public("published", DECIDED, date(2026, 10, 29))


def test_a_filed_notice_still_tells_how_it_ended() -> None:
    assert end_of("archived", DECIDED, DECIDED, ended_as="repaired") is State.REPAIRED
    assert end_of("archived", DECIDED, DECIDED) is None


@given(st.sampled_from(State), st.dates(), st.dates())
def test_nothing_is_both_public_and_ended(state: State, max_until: date, today: date) -> None:
    assert not (is_public(state, max_until, today) and end_of(state, max_until, today))


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.sampled_from(Severity),
    st.sampled_from(LegalKind),
    st.sampled_from(NoticeKind),
)
def test_no_term_is_longer_than_three_years(day: date, severity: str, legal: str, notice: str) -> None:
    span = term(day, severity=severity, legal_kind=legal, notice_kind=notice)
    assert day <= span.min_until <= span.max_until <= later(day, 36)


def test_a_repair_waits_for_the_shortest_term() -> None:
    with pytest.raises(DomainError, match="2027-01-28"):
        check_end(State.REPAIRED, date(2027, 1, 28), date(2027, 1, 27))
    check_end(State.REPAIRED, date(2027, 1, 28), date(2027, 1, 28))


def test_a_withdrawal_does_not_wait() -> None:
    check_end(State.WITHDRAWN, date(2027, 1, 28), date(2026, 10, 29))


def test_an_end_is_proposed_once() -> None:
    with pytest.raises(DomainError, match="proposed"):
        check_end(State.WITHDRAWN, None, DECIDED, proposed="repaired")


def test_a_notice_cannot_be_proposed_to_expire() -> None:
    with pytest.raises(DomainError):
        check_end(State.EXPIRED, None, DECIDED)


def test_an_incomplete_draft_is_refused() -> None:
    with pytest.raises(DomainError, match="complete"):
        check_complete({"title": "公告", "facts": " "}, ["title", "facts"])


def test_a_decision_of_tomorrow_is_refused() -> None:
    with pytest.raises(DomainError, match="today"):
        check_decision_date(date(2026, 10, 29), DECIDED)
