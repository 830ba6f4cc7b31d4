"""Working days of the mainland calendar, with the days off and make-up days the State Council publishes.

The package ships the tables known when it was made. The table of a later year is published late in the year
before; an operator adds it to the data folder, and running processes notice it within a minute.
"""

import csv
import hashlib
import time
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEK = 7
LOOK_AGAIN_SECONDS = 60


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
        span = f"{self.years.start}-{self.years.stop - 1}"
        return f"{span} {self.edition}" if self.edition else span


class _Added:
    """The operator's own table: which file, and as it was last seen."""

    file: Path | None = None
    seen: tuple[str, float] = ("", 0.0)
    look_again_at = 0.0


def learn(file: Path | None) -> None:
    """Read an operator's table besides the shipped one, as soon as it is there; None forgets the last one."""
    _Added.file, _Added.look_again_at = file, 0.0


def official() -> Calendar:
    """Return the calendar of the table that ships with the package, and of the operator's when there is one."""
    if time.monotonic() >= _Added.look_again_at:
        _Added.look_again_at = time.monotonic() + LOOK_AGAIN_SECONDS
        _Added.seen = _as_it_is(_Added.file)
    return _read(*_Added.seen)


def rows_of(text: str) -> dict[date, str]:
    """Return the days of a table with what they are, `off` or `work`; raise ValueError for anything else."""
    found: dict[date, str] = {}
    for row in csv.DictReader(text.splitlines()):
        if set(row) != {"day", "kind"} or row["kind"] not in {"off", "work"}:
            raise ValueError(f"{','.join(map(str, row.values()))}: a line takes a day and off or work")
        found[date.fromisoformat(row["day"])] = row["kind"]
    return found


def _as_it_is(file: Path | None) -> tuple[str, float]:
    try:
        return (str(file), file.stat().st_mtime) if file else ("", 0.0)
    except OSError:
        return ("", 0.0)


@lru_cache(maxsize=4)
def _read(added: str, _changed_at: float) -> Calendar:
    shipped = files("chengxin.core").joinpath("workdays.csv").read_text(encoding="utf-8")
    own = Path(added).read_text(encoding="utf-8") if added else ""
    days = rows_of(shipped) | rows_of(own)
    years = [day.year for day in days]
    return Calendar(
        frozenset(day for day, kind in days.items() if kind == "off"),
        frozenset(day for day, kind in days.items() if kind == "work"),
        range(min(years), max(years) + 1),
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
