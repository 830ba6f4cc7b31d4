"""A monthly report as readers see it: the sums of the three tracks, bars, and the words of each cell."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chengxin.core.i18n import gettext as _
from chengxin.figures.labels import TRACK
from chengxin.figures.models import MonthReport
from chengxin.figures.rules import Track
from chengxin.voices.complaints.labels import CATEGORY_SHORT, FINDING, REFUSAL

SUMS = ("waiting_before", "received", "taken_up", "ended", "waiting")
HIDDEN = "hidden"
TABLES: Mapping[str, Mapping[Any, str]] = {
    "received_by_category": CATEGORY_SHORT,
    "refused_by_ground": REFUSAL,
    "decided_by_finding": FINDING,
}
CSV_HEAD = ("month", "wording", "table", "item", "count")
LIST_HEAD = ("month", "wording", "published_on", *SUMS, "overdue", "answered", "late", "median", "within_90")


@dataclass(frozen=True)
class Bar:
    """One line of a table with bars; a hidden cell has no count and no bar."""

    label: str
    count: int | None
    width: int


@dataclass(frozen=True)
class Told:
    """A wording of a month's report."""

    month: date
    revision: int
    made_at: datetime
    reason: str
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the month as addresses and data write it."""
        return f"{self.month:%Y-%m}"

    @property
    def total(self) -> dict[str, int]:
        """Return the sums of all tracks together."""
        flow = self.content["flow"].values()
        return {name: sum(track[name] for track in flow) for name in SUMS}

    @property
    def answers(self) -> dict[str, int | None]:
        """Return how many answers there were, and how long they took."""
        answers: dict[str, int | None] = self.content["answers"]
        return answers

    @property
    def columns(self) -> list[tuple[str, dict[str, int]]]:
        """Return the sums of each track under its name, and of all."""
        named = [(str(TRACK[track]), self.content["flow"][track]) for track in Track]
        return [*named, (_("All"), self.total)]

    def bars(self, table: str) -> list[Bar]:
        """Return the lines of a table, the longest first, those with nothing left out and hidden ones last."""
        cells = self.content[table]["cells"]
        longest = max([each for each in cells.values() if each] or [1])
        labels = {str(code): str(label) for code, label in TABLES[table].items()}
        bars = [
            Bar(labels.get(code, code), count, round(100 * (count or 0) / longest))
            for code, count in cells.items()
            if count != 0
        ]
        return sorted(bars, key=lambda bar: -bar.width)

    def most(self, table: str) -> Bar | None:
        """Return the longest line of a table that may be shown."""
        return next((bar for bar in self.bars(table) if bar.count), None)


def told(report: MonthReport) -> Told:
    """Return a stored report, opened."""
    content = json.loads(report.content)
    return Told(report.month, report.revision, report.made_at, report.reason, content)


def csv_rows(report: Told) -> Iterator[Sequence[object]]:
    """Give a report as the lines of one table; what is hidden says so."""
    for track, sums in report.content["flow"].items():
        for name in SUMS:
            yield report.name, report.revision, "flow", f"{track}.{name}", sums[name]
    yield report.name, report.revision, "cases", "accepted", report.content["accepted"]
    yield report.name, report.revision, "cases", "overdue", report.content["overdue"]
    for name, value in report.answers.items():
        yield report.name, report.revision, "answers", name, value
    for table in TABLES:
        for code, count in report.content[table]["cells"].items():
            yield report.name, report.revision, table, code, HIDDEN if count is None else count


def list_row(report: Told) -> Sequence[object]:
    """Return a month as one line of the list of months."""
    answers = report.answers
    return (
        report.name,
        report.revision,
        report.made_at.date(),
        *report.total.values(),
        report.content["overdue"],
        *(answers[name] for name in ("answered", "late", "median", "most")),
    )


def record(report: Told) -> dict[str, object]:
    """Return a report as JSON tells it; `null` in a table is a hidden cell."""
    told = {"wording": report.revision, "published_at": report.made_at, "reason": report.reason}
    return {**report.content, **told}
