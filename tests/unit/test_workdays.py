"""Terms in working days: the official vectors, the table's source, and what must always hold."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.workdays import (
    HOLIDAYS,
    Calendar,
    add_workdays,
    is_workday,
    missing_from,
    official,
    workdays_between,
)

DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
MONDAY_TO_FRIDAY = Calendar(frozenset(), frozenset(), frozenset())


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
    day, last = date(min(years), 1, 1), date(max(years), 12, 31)
    while day <= last:
        assert is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_table_covers_2024_to_2026() -> None:
    assert official().years == {2024, 2025, 2026}
    assert official().version == "2024-2026"


def test_a_year_is_whole_with_all_seven_holidays_and_not_without_one_of_them() -> None:
    shipped = dict.fromkeys(official().off, "off")
    for year in official().years:
        assert missing_from(shipped, year) == []
    without = {day: kind for day, kind in shipped.items() if day.month not in {6, 10}}
    assert missing_from(without, 2026) == ["端午节", "国庆节"]
    assert missing_from({date(2027, 1, 1): "off"}, 2027) == [name for name in HOLIDAYS if name != "元旦"]


@pytest.mark.parametrize("year", range(2008, 2027))  # three of the seven holidays began in 2008
def test_every_table_there_ever_was_counts_as_whole(year: int) -> None:
    table = {day: "off" for day in chinese_calendar.constants.holidays if day.year == year}
    assert missing_from(table, year) == []


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
