"""Days and months as people write them, and the two years the law looks back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.voices.complaints.happening import Age, age_of, first_day, in_one_form, is_long_ago, last_day

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "typed",
    ["2026-07", "2026-7", "2026年7月", "2026/07", "2026.7", "２０２６年７月", " 2026 年 7 月 ", "2026年7"],
)
def test_a_month_is_understood_however_it_is_written(typed: str) -> None:
    assert in_one_form(typed) == "2026-07"


@pytest.mark.parametrize(
    "typed", ["2026-07-12", "2026年7月12日", "2026/7/12", "2026.07.12", "２０２６－７－１２", "2026年7月12"]
)
def test_a_day_is_understood_however_it_is_written(typed: str) -> None:
    assert in_one_form(typed) == "2026-07-12"


@pytest.mark.parametrize(
    "typed", ["", "去年", "2026", "7月12日", "2026-13", "2026-02-30", "0000-01", "26-07"]
)
def test_what_is_no_day_is_nothing(typed: str) -> None:
    assert in_one_form(typed) == ""


@given(DAYS)
def test_what_was_kept_is_understood_again(day: date) -> None:
    for kept in (day.isoformat(), f"{day:%Y-%m}"):
        assert in_one_form(kept) == kept
        assert first_day(kept) <= day <= last_day(kept)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(typed: str) -> None:
    kept = in_one_form(typed)
    assert kept == "" or in_one_form(kept) == kept


@given(DAYS, DAYS)
def test_two_years_are_counted_from_the_last_day_that_can_be_meant(ended: date, today: date) -> None:
    later = date(ended.year + 2, ended.month, min(ended.day, 28))
    if today <= later:
        assert not is_long_ago(ended.isoformat(), today)
    if today > later + timedelta(days=3):
        assert is_long_ago(ended.isoformat(), today)
    assert is_long_ago(f"{ended:%Y-%m}", today) <= is_long_ago(ended.isoformat(), today)


def test_the_anniversary_itself_is_still_in_time() -> None:
    assert not is_long_ago("2024-11-23", date(2026, 11, 23))
    assert is_long_ago("2024-11-22", date(2026, 11, 23))
    assert not is_long_ago("2024-02-29", date(2026, 2, 28))
    assert is_long_ago("2024-02-29", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("began", "ended", "age"),
    [
        ("2020-01", "2024-10", Age.ENDED),
        ("", "2024-10", Age.ENDED),
        ("2020-01", "", Age.BEGAN),
        ("2020-01", "2026-10", Age.RECENT),
        ("2026-10", "", Age.RECENT),
        ("", "", Age.RECENT),
        ("去年", "", Age.RECENT),
    ],
)
def test_only_a_given_end_ends_a_matter(began: str, ended: str, age: Age) -> None:
    assert age_of(began, ended, date(2026, 11, 20)) is age
