"""What must be so before each stage of a notice, from prior notice to publication."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError
from chengxin.standing.sanctions.kinds import MEASURES, LegalKind, Severity
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.stages import (
    Course,
    after_review,
    check_decision,
    check_hearing,
    check_hearing_request,
    check_publishable,
    check_reply,
    check_served,
    check_stated,
    check_told,
    is_internal,
    may_be_heard,
    needs_repair_notice,
)

TODAY = date(2026, 11, 20)
TOLD = date(2026, 11, 2)  # a Monday; the fifth working day after it is Monday the 9th
LAST = date(2026, 11, 9)
FINED = Course(
    state="prior_notice", legal_kind="fine", severity="general", decision_date=TODAY, decided=False
)
WARNED = replace(FINED, legal_kind="warning", severity="minor")
TAKEN = replace(
    FINED,
    state="legal_review",
    decided=True,
    told_on=TOLD,
    decision_date=date(2026, 11, 12),
    served_on=date(2026, 11, 13),
    repair_notice=True,
)


@pytest.mark.parametrize(
    ("course", "state"),
    [
        (FINED, State.PRIOR_NOTICE),
        (replace(TAKEN, served_on=None), State.DECIDED),
        (TAKEN, State.SERVED),
    ],
)
def test_an_approved_notice_goes_on_where_its_stated_days_put_it(course: Course, state: State) -> None:
    assert after_review(course) is state


def test_a_decision_taken_elsewhere_states_its_days() -> None:
    check_stated(TAKEN, TODAY)
    check_stated(FINED, TODAY)
    with pytest.raises(DomainError, match="told"):
        check_stated(replace(TAKEN, told_on=None), TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"told_on": date(2026, 11, 13)},
        {"served_on": date(2026, 11, 11)},
        {"served_on": TODAY + timedelta(days=1)},
    ],
)
def test_stated_days_in_no_possible_order_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        check_stated(replace(TAKEN, **wrong), TODAY)


def test_an_agency_is_told_once_and_not_in_the_future() -> None:
    check_told(FINED, TODAY, TODAY)
    with pytest.raises(DomainError):
        check_told(replace(FINED, told_on=TOLD), TODAY, TODAY)
    with pytest.raises(DomainError):
        check_told(FINED, TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize("check", [check_reply, check_hearing_request, check_decision])
def test_nothing_follows_before_the_agency_was_told(check: Callable[[Course, date, date], None]) -> None:
    with pytest.raises(DomainError, match="Tell the agency first"):
        check(FINED, TODAY, TODAY)


def test_a_reply_does_not_come_before_it_was_asked_for() -> None:
    told = replace(FINED, told_on=TOLD)
    check_reply(told, TOLD, TODAY)
    with pytest.raises(DomainError, match="earlier"):
        check_reply(told, TOLD - timedelta(days=1), TODAY)


def test_a_hearing_is_asked_for_within_five_working_days() -> None:
    told = replace(FINED, told_on=TOLD)
    check_hearing_request(told, LAST, TODAY)
    with pytest.raises(DomainError, match="2026-11-09"):
        check_hearing_request(told, LAST + timedelta(days=1), TODAY)


def test_the_national_holidays_lengthen_the_term_of_a_hearing() -> None:
    told = replace(FINED, told_on=date(2026, 9, 25))
    check_hearing_request(told, date(2026, 10, 9), TODAY)
    with pytest.raises(DomainError, match="2026-10-09"):
        check_hearing_request(told, date(2026, 10, 10), TODAY)


@pytest.mark.parametrize("kind", ["warning", "interview", "rectification_order", "licence_suspension"])
def test_light_decisions_know_no_hearing(kind: str) -> None:
    course = replace(FINED, legal_kind=kind, told_on=TOLD)
    with pytest.raises(DomainError, match="no hearing"):
        check_hearing_request(course, TOLD, TODAY)


@pytest.mark.parametrize(
    ("kind", "severity", "heard"),
    [
        ("licence_revocation", "serious", True),
        ("closure", "minor", True),
        ("fine", "general", True),
        ("fine", "minor", False),
        ("confiscation", "serious", True),
        ("rescission", "serious", False),
    ],
)
def test_what_weighs_heavily_may_be_heard(kind: str, severity: str, heard: bool) -> None:  # noqa: FBT001
    assert may_be_heard(kind, severity) is heard


def test_a_decision_waits_until_the_agency_can_no_longer_speak() -> None:
    told = replace(FINED, told_on=TOLD)
    with pytest.raises(DomainError, match="2026-11-09"):
        check_decision(told, LAST, TODAY)
    check_decision(told, LAST + timedelta(days=1), TODAY)


def test_a_reply_lets_a_light_case_be_decided_at_once() -> None:
    check_decision(replace(WARNED, told_on=TOLD, replied_on=TOLD), TOLD, TODAY)


def test_a_reply_does_not_cut_off_the_right_to_a_hearing() -> None:
    with pytest.raises(DomainError, match="2026-11-09"):
        check_decision(replace(FINED, told_on=TOLD, replied_on=TOLD), LAST, TODAY)


def test_a_hearing_that_was_asked_for_is_held_before_the_decision() -> None:
    asked = replace(FINED, told_on=TOLD, hearing_requested_on=date(2026, 11, 4))
    with pytest.raises(DomainError, match="hearing"):
        check_decision(asked, TODAY, TODAY)
    heard = replace(asked, heard_on=date(2026, 11, 18))
    check_decision(heard, date(2026, 11, 18), TODAY)
    with pytest.raises(DomainError, match="hearing"):
        check_decision(heard, date(2026, 11, 17), TODAY)


def test_a_hearing_is_not_held_before_it_was_asked_for() -> None:
    asked = replace(FINED, told_on=TOLD, hearing_requested_on=date(2026, 11, 4))
    with pytest.raises(DomainError):
        check_hearing(asked, date(2026, 11, 3), TODAY)


def test_two_papers_are_served_together() -> None:
    decided = replace(FINED, decided=True, decision_date=date(2026, 11, 12))
    check_served(decided, TODAY, with_repair_notice=True, today=TODAY)
    with pytest.raises(DomainError, match="credit repair"):
        check_served(decided, TODAY, with_repair_notice=False, today=TODAY)


def test_what_was_served_before_the_rule_needed_one_paper() -> None:
    assert not needs_repair_notice("fine", date(2026, 3, 31))
    assert needs_repair_notice("fine", date(2026, 4, 1))


@pytest.mark.parametrize("kind", sorted({*MEASURES, "rescission", "deregistration", "listing"}))
def test_what_is_no_penalty_needs_no_notice_on_credit_repair(kind: str) -> None:
    assert not needs_repair_notice(kind, TODAY)


def test_a_service_does_not_come_before_the_decision() -> None:
    decided = replace(FINED, decided=True, decision_date=date(2026, 11, 12))
    with pytest.raises(DomainError, match="2026-11-12"):
        check_served(decided, date(2026, 11, 11), with_repair_notice=True, today=TODAY)


@given(st.sampled_from(LegalKind), st.sampled_from(Severity), st.booleans(), st.text(max_size=3))
def test_minor_decisions_and_measures_stay_internal_without_a_stated_law(
    kind: str,
    severity: str,
    allowed: bool,  # noqa: FBT001
    law: str,
) -> None:
    course = replace(FINED, legal_kind=kind, severity=severity, publication_basis=law)
    expected = not is_internal(kind, severity) or (allowed and bool(law.strip()))
    try:
        check_publishable(course, minor_allowed=allowed)
    except DomainError:
        assert not expected
    else:
        assert expected
