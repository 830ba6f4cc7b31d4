"""The deadlines of a notice, each counted in its own unit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.standing.sanctions.deadlines import (
    SPANS,
    Clock,
    Practice,
    Unit,
    deadlines_of,
    due_after,
    next_due,
)
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.stages import Course

DRAFT = Course(
    state="draft",
    legal_kind="fine",
    severity="general",
    decision_date=date(2026, 9, 25),
    decided=False,
    filed_on=date(2026, 9, 1),
)
DECIDED = replace(DRAFT, state="decided", decided=True)


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (Clock.REVIEW, date(2026, 11, 20), date(2026, 11, 23)),  # over a weekend
        (Clock.DECIDE, date(2026, 9, 1), date(2026, 11, 30)),  # calendar days
        (Clock.SERVE, date(2026, 9, 25), date(2026, 10, 12)),  # over the national holidays
        (Clock.PUBLISH, date(2026, 9, 25), date(2026, 10, 12)),  # seven by local practice
        (Clock.WITHDRAW, date(2026, 9, 30), date(2026, 10, 10)),  # a Saturday worked instead
        (Clock.HEARING_REQUEST, date(2026, 4, 28), date(2026, 5, 8)),
    ],
)
def test_each_deadline_counts_in_its_own_days(clock: Clock, start: date, due: date) -> None:
    assert due_after(clock, start).date == due


def test_local_practice_shortens_publication_and_never_lengthens_it() -> None:
    start = date(2026, 6, 1)
    law = due_after(Clock.PUBLISH, start, Practice(publish_days=20)).date
    assert due_after(Clock.PUBLISH, start, Practice(publish_days=3)).date < law
    assert due_after(Clock.PUBLISH, start, Practice(publish_days=90)).date == law


def test_every_term_names_its_rule_or_is_the_platform_s_own() -> None:
    assert {clock for clock, span in SPANS.items() if not span.source} == {Clock.REVIEW}
    assert {clock for clock, span in SPANS.items() if span.unit is Unit.CALENDAR} == {Clock.DECIDE}


@pytest.mark.parametrize("state", ["draft", "legal_review", "prior_notice", "hearing"])
def test_ninety_days_run_until_the_decision(state: str) -> None:
    assert next_due(replace(DRAFT, state=state)) == date(2026, 11, 30)


def test_service_and_publication_run_from_the_decision() -> None:
    assert [each.clock for each in deadlines_of(DECIDED)] == [Clock.PUBLISH, Clock.SERVE]
    served = replace(DECIDED, state="served", served_on=date(2026, 9, 28))
    assert [each.clock for each in deadlines_of(served)] == [Clock.PUBLISH]


def test_the_agency_s_own_terms_never_make_the_office_late() -> None:
    told = replace(DRAFT, state="prior_notice", told_on=date(2026, 11, 2), filed_on=None)
    assert {each.clock for each in deadlines_of(told)} == {Clock.REPLY, Clock.HEARING_REQUEST}
    assert next_due(told) is None


def test_a_reply_stops_its_clock() -> None:
    told = replace(
        DRAFT, state="prior_notice", told_on=date(2026, 11, 2), legal_kind="warning", severity="minor"
    )
    assert Clock.REPLY in {each.clock for each in deadlines_of(told)}
    replied = replace(told, replied_on=date(2026, 11, 3))
    assert {each.clock for each in deadlines_of(replied)} == {Clock.DECIDE}


def test_what_stays_internal_has_no_day_of_publication() -> None:
    internal = replace(DECIDED, state="served", severity="minor")
    assert deadlines_of(internal) == []
    stated = replace(internal, publication_basis="《行政处罚法》第四十八条")
    assert [each.clock for each in deadlines_of(stated)] == [Clock.PUBLISH]


def test_an_urgent_publication_is_due_after_one_working_day() -> None:
    urgent = replace(
        DECIDED, state="published", published_on=date(2026, 11, 20), urgent_reason="侵害仍在继续"
    )
    assert next_due(urgent) == date(2026, 11, 23)
    assert deadlines_of(replace(urgent, reviewed_by=3)) == []


def test_a_withdrawal_is_late_after_three_working_days() -> None:
    asked = replace(DECIDED, state="published", proposed_end="withdrawn", proposed_end_on=date(2026, 11, 19))
    assert next_due(asked) == date(2026, 11, 24)
    assert next_due(replace(asked, quashed_on=date(2026, 11, 16))) == date(2026, 11, 19)
    assert next_due(replace(asked, proposed_end="repaired")) is None


def test_days_of_a_year_without_a_table_are_provisional() -> None:
    late = replace(DECIDED, state="served", decision_date=date(2026, 12, 30))
    assert [each.provisional for each in deadlines_of(late)] == [True]


@given(
    st.sampled_from(State),
    st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 6, 1))),
    st.booleans(),
)
def test_deadlines_come_in_order_and_after_what_starts_them(
    state: State,
    filed: date,
    told: date | None,
    decided: bool,  # noqa: FBT001
) -> None:
    course = replace(DRAFT, state=state, filed_on=filed, told_on=told, decided=decided)
    found = deadlines_of(course)
    assert [each.due for each in found] == sorted(each.due for each in found)
    starts = [day for day in (filed, told, course.decision_date) if day is not None]
    assert all(each.due > min(starts) for each in found)
    own = [each.due for each in found if not each.of_agency]
    assert next_due(course) == (own[0] if own else None)


@pytest.mark.parametrize("state", ["expired", "repaired", "withdrawn", "rejected", "archived"])
def test_nothing_runs_after_the_end(state: str) -> None:
    assert deadlines_of(replace(DRAFT, state=state)) == []


def test_a_calendar_term_ignores_weekends() -> None:
    start = date(2026, 9, 1)
    assert due_after(Clock.DECIDE, start).date - start == timedelta(days=90)
