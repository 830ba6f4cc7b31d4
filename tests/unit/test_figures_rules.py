"""Sums, middles and hidden cells: what the public reads can be added up, and no hidden cell can be computed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.figures.rules import SMALLEST_SHOWN, last_of, month_before, next_month, rank, shown, times

CELLS = st.lists(st.integers(0, 60), min_size=2, max_size=9)


def tables(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Give every table of so many cells with a sum."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(total - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("cells", "total"),
    [*product([2, 3], range(1, 40)), *product([4], range(1, 26)), *product([5], range(1, 17))],
)
def test_no_hidden_cell_follows_from_the_total_and_the_other_cells(cells: int, total: int) -> None:
    """Whoever knows the rule, the total and what is shown still finds several values for each hidden cell."""
    behind = defaultdict(list)
    for table in tables(total, cells):
        behind[tuple(shown(table))].append(table)
    for published, possible in behind.items():
        for place, cell in enumerate(published):
            if cell is None:
                assert len({table[place] for table in possible}) >= min(3, total + 1), published


@given(CELLS)
def test_what_is_shown_is_true_and_never_small(cells: list[int]) -> None:
    for cell, told in zip(cells, shown(cells), strict=True):
        assert told is None or (told == cell and not 0 < told < SMALLEST_SHOWN)


@given(CELLS)
def test_what_is_hidden_is_two_cells_or_more_that_hold_enough_or_everything(cells: list[int]) -> None:
    hidden = [cell for cell, told in zip(cells, shown(cells), strict=True) if told is None]
    assert not hidden or len(hidden) == len(cells) or (len(hidden) >= 2 and sum(hidden) >= 2 * SMALLEST_SHOWN)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert shown([5, 0, 17]) == [5, 0, 17]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=80), st.sampled_from([50, 90]))
def test_the_rank_is_the_first_day_within_which_the_part_was_answered(days: list[int], percent: int) -> None:
    found = rank(Counter(days), percent)
    assert found in days
    within = sum(day <= found for day in days)
    assert within * 100 >= percent * len(days)
    assert sum(day < found for day in days) * 100 < percent * len(days)


def test_nothing_answered_has_no_middle() -> None:
    assert times({}, late=0).median is None
    assert times({-1: 3}, late=1) == times({-1: 3}, late=1)
    assert times({-1: 3}, late=1).answered == 3


@given(st.dates(date(2000, 1, 31), date(2100, 1, 1)))
def test_months_follow_each_other_without_a_gap(day: date) -> None:
    month = day.replace(day=1)
    assert month_before(next_month(month)) == month
    assert last_of(month) < next_month(month)
    assert (next_month(month) - last_of(month)).days == 1
