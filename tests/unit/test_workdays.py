"""Terms in working days: the official vectors, the table's source, and what must always hold."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.workdays import Calendar, add_workdays, is_workday, official, workdays_between

DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
MONDAY_TO_FRIDAY = Calendar(frozenset(), frozenset(), range(0))


@pytest.mark.parametrize(
    ("start", "n", "end", "plain"),
    [
        ("2026-01-30", 15, "2026-02-27", "2026-02-20"),
        ("2026-01-30", 60, "2026-05-06", "2026-04-24"),
        ("2026-02-13", 5, "2026-02-27", "2026-02-20"),
        ("2026-04-28", 5, "2026-05-08", "2026-05-05"),
        ("2026-09-25", 5, "2026-10-09", "2026-10-02"),
        ("2026-10-09", 5, "2026-10-15", "2026-10-16"),
        ("2026-10-09", 60, "2026-12-31", "2027-01-01"),
    ],
)
def test_a_term_follows_the_official_days_off_and_make_up_days(
    start: str, n: int, end: str, plain: str
) -> None:
    due = add_workdays(date.fromisoformat(start), n)
    assert due.date == date.fromisoformat(end)
    assert not due.provisional
    assert add_workdays(date.fromisoformat(start), n, MONDAY_TO_FRIDAY).date == date.fromisoformat(plain)


def test_the_table_agrees_with_its_source_on_every_day_of_its_years() -> None:
    years = official().years
    day, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    while day <= last:
        assert is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_table_covers_2024_to_2026() -> None:
    assert official().years == range(2024, 2027)
    assert official().version == "2024-2026"


def test_a_term_that_crosses_into_a_year_without_a_table_is_provisional() -> None:
    assert add_workdays(date(2026, 12, 30), 5).provisional
    assert not add_workdays(date(2026, 12, 24), 5).provisional


def test_a_term_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2026, 1, 1), -1)


@given(DAYS, st.integers(1, 90))
def test_a_term_ends_on_a_working_day_and_counts_back_to_its_length(start: date, n: int) -> None:
    due = add_workdays(start, n)
    assert is_workday(due.date)
    assert workdays_between(start, due.date) == n


@given(DAYS, st.integers(0, 90), st.integers(0, 90))
def test_terms_add_up(start: date, first: int, second: int) -> None:
    assert (
        add_workdays(add_workdays(start, first).date, second).date == add_workdays(start, first + second).date
    )


@given(DAYS, DAYS)
def test_the_way_back_is_the_way_there_negated(one: date, other: date) -> None:
    assert workdays_between(one, other) == -workdays_between(other, one)


@given(st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.integers(0, 500))
def test_counting_agrees_with_walking_from_day_to_day(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    walked = sum(is_workday(start + timedelta(days=step)) for step in range(1, length + 1))
    assert workdays_between(start, end) == walked
    assert workdays_between(end, start) == -walked
