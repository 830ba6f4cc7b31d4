"""Working days of the mainland calendar, with the days off and make-up days the State Council publishes."""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEK = 7


@dataclass(frozen=True)
class Due:
    """The last day of a term; provisional while the official table of one of its years is missing."""

    date: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday, corrected by the official days off and the weekends worked instead (调休)."""

    off: frozenset[date]
    made_up: frozenset[date]
    years: range

    def is_workday(self, day: date) -> bool:
        """Return whether offices are open on this day."""
        if day in self.made_up:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def is_known(self, day: date) -> bool:
        """Return whether the official table of the day's year is at hand."""
        return day.year in self.years

    def workdays_until(self, day: date) -> int:
        """Return how many working days there have been up to and with a day, without walking through them."""
        weeks, weekday = divmod(day.toordinal() - 1, WEEK)  # the first day of the calendar is a Monday
        usual = weeks * SATURDAY + min(weekday + 1, SATURDAY)
        return usual - bisect_right(self._off_in_order, day) + bisect_right(self._made_up_in_order, day)

    @cached_property
    def _off_in_order(self) -> list[date]:
        return sorted(day for day in self.off - self.made_up if day.weekday() < SATURDAY)

    @cached_property
    def _made_up_in_order(self) -> list[date]:
        return sorted(day for day in self.made_up if day.weekday() >= SATURDAY)

    @property
    def version(self) -> str:
        """Return what to store beside a deadline, so that it can be computed again after a new table."""
        return f"{self.years.start}-{self.years.stop - 1}"


@cache
def official() -> Calendar:
    """Return the calendar of the table that ships with the package."""
    text = files("chengxin.core").joinpath("workdays.csv").read_text(encoding="utf-8")
    days: dict[str, set[date]] = {"off": set(), "work": set()}
    for row in csv.DictReader(text.splitlines()):
        days[row["kind"]].add(date.fromisoformat(row["day"]))
    years = [day.year for kind in days.values() for day in kind]
    return Calendar(frozenset(days["off"]), frozenset(days["work"]), range(min(years), max(years) + 1))


def is_workday(day: date) -> bool:
    """Return whether offices are open on this day."""
    return official().is_workday(day)


def add_workdays(start: date, n: int, calendar: Calendar | None = None) -> Due:
    """Return the n-th working day after a day; the day after the start counts as the first."""
    if n < 0:
        raise ValueError("a term runs forward")
    table = calendar or official()
    day, left, known = start, n, table.is_known(start)
    while left:
        day += ONE_DAY
        left -= table.is_workday(day)
        known = known and table.is_known(day)
    return Due(day, provisional=not known)


def workdays_between(start: date, end: date, calendar: Calendar | None = None) -> int:
    """Return how many working days come after the start, up to and with the end; negative when it is earlier."""
    table = calendar or official()
    return table.workdays_until(end) - table.workdays_until(start)
