"""Working days of the mainland calendar, with the days off and make-up days the State Council publishes.

The package ships the tables known when it was made. The table of a later year is published late in the year
before; an operator adds it to the data folder, and running processes notice it within a minute.
"""

import csv
import hashlib
import logging
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEK = 7
LOOK_AGAIN_SECONDS = 60
SAY_AGAIN_SECONDS = 60 * 60
# 全国年节及纪念日放假办法 art. 2: between which days each holiday falls, moved from weekends too, and how many of
# the days off a table names for it at least. A year is known only when its table names all seven.
HOLIDAYS: Mapping[str, tuple[tuple[int, int], tuple[int, int], int]] = {
    "元旦": ((1, 1), (1, 3), 1),
    "春节": ((1, 20), (2, 25), 3),
    "清明节": ((4, 3), (4, 7), 1),
    "劳动节": ((5, 1), (5, 5), 1),
    "端午节": ((5, 25), (6, 28), 1),
    "中秋节": ((9, 5), (10, 9), 1),
    "国庆节": ((10, 1), (10, 8), 3),
}
log = logging.getLogger("chengxin.workdays")


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
    years: frozenset[int]
    edition: str = ""

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
        span = f"{min(self.years)}-{max(self.years)}" if self.years else ""
        return f"{span} {self.edition}" if self.edition else span


class _Added:
    """The operator's own table: which file, as it was last seen, and the last calendar that could be read."""

    file: Path | None = None
    seen: tuple[str, float] = ("", 0.0)
    calendar: Calendar | None = None
    trouble = ""
    look_again_at = say_again_at = 0.0


def learn(file: Path | None) -> None:
    """Read an operator's table besides the shipped one, as soon as it is there; None forgets the last one."""
    _Added.file, _Added.look_again_at = file, 0.0
    _Added.calendar, _Added.trouble, _Added.say_again_at = None, "", 0.0


def official() -> Calendar:
    """Return the calendar of the table that ships with the package, and of the operator's when there is one.

    An operator's table that cannot be read is reported, and the last one that could stays in force.
    """
    if _Added.calendar is None or time.monotonic() >= _Added.look_again_at:
        _Added.look_again_at = time.monotonic() + LOOK_AGAIN_SECONDS
        _Added.calendar = _looked_again()
    return _Added.calendar


def trouble() -> str:
    """Return what keeps the operator's table from being read, or nothing."""
    official()
    return _Added.trouble


def rows_of(text: str) -> dict[date, str]:
    """Return the days of a table with what they are, `off` or `work`; raise ValueError for anything else."""
    found: dict[date, str] = {}
    for row in csv.DictReader(text.splitlines()):
        if set(row) != {"day", "kind"} or row["kind"] not in {"off", "work"}:
            raise ValueError(f"{','.join(map(str, row.values()))}: a line takes a day and off or work")
        found[date.fromisoformat(row["day"])] = row["kind"]
    return found


def missing_from(days: Mapping[date, str], year: int) -> list[str]:
    """Return which holidays of a year have no days off in a table; a year is whole when none is missing."""
    off = [day for day, kind in days.items() if kind == "off" and day.year == year]
    found = {
        name: sum(first <= (day.month, day.day) <= last for day in off)
        for name, (first, last, _) in HOLIDAYS.items()
    }
    return [name for name, number in found.items() if number < HOLIDAYS[name][2]]


def _looked_again() -> Calendar:
    seen, text = _as_it_is(_Added.file)
    if _Added.calendar is not None and seen == _Added.seen and not _Added.trouble:
        return _Added.calendar
    _Added.seen = seen
    try:
        calendar, _Added.trouble = _read(text()), ""
    except (OSError, ValueError, csv.Error) as error:
        _Added.trouble = f"{type(error).__name__}: {error}"
        _complain()
        return _Added.calendar or _read("")
    return calendar


def _complain() -> None:
    """Say once an hour that the operator's table is broken."""
    if time.monotonic() >= _Added.say_again_at:
        _Added.say_again_at = time.monotonic() + SAY_AGAIN_SECONDS
        log.error(
            "%s cannot be read and is left aside; the last good table stays, and no deadline is computed again: %s",
            _Added.file,
            _Added.trouble,
        )


def _as_it_is(file: Path | None) -> tuple[tuple[str, float], Callable[[], str]]:
    """Return a mark that changes with a file, and what reads it; a file that is not there reads as empty."""
    try:
        mark = (str(file), file.stat().st_mtime) if file else ("", 0.0)
    except OSError:
        mark = ("", 0.0)
    path = mark[0]
    return mark, lambda: Path(path).read_text(encoding="utf-8-sig") if path else ""


@lru_cache(maxsize=4)
def _read(own: str) -> Calendar:
    shipped = files("chengxin.core").joinpath("workdays.csv").read_text(encoding="utf-8")
    days = rows_of(shipped) | rows_of(own)
    return Calendar(
        frozenset(day for day, kind in days.items() if kind == "off"),
        frozenset(day for day, kind in days.items() if kind == "work"),
        frozenset(year for year in {day.year for day in days} if not missing_from(days, year)),
        edition=hashlib.sha256(own.encode()).hexdigest()[:8] if own else "",
    )


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
