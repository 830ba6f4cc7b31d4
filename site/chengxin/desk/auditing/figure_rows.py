"""The figures of the desk as it shows them: months, ages, and one line for each value of a side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.figures import queries
from chengxin.figures.labels import TRACK
from chengxin.figures.past import MATCHED
from chengxin.figures.rules import Facet, Step, Times, Track, month_before
from chengxin.voices.complaints.labels import CATEGORY_SHORT
from chengxin.voices.complaints.rules import Finding

AGES = (7, 15, 30, 60, 90)
NOTHING = Times(0, 0, None, None)
UPHELD = (Finding.UPHELD, Finding.PARTLY)
HEAD = ("value", "received", "ended", "answered", "late", "median", "within_90", "upheld", "waiting")


@dataclass(frozen=True)
class Line:
    """One month or one value of a side: what came, what ended, how answers went, what waits."""

    key: str
    label: str
    received: int
    ended: int
    times: Times
    upheld: int
    waiting: int | None

    def cells(self) -> Sequence[object]:
        """Return the line as a table tells it."""
        times = self.times
        answered = (times.answered, times.late, times.median, times.most)
        return (self.label, self.received, self.ended, *answered, self.upheld, self.waiting)


@dataclass(frozen=True)
class Age:
    """How many cases have waited for so long."""

    label: str
    count: int


@dataclass(frozen=True)
class Span:
    """The months that are looked at."""

    since: date
    until: date

    @classmethod
    def back(cls, months: int, *, until: date) -> "Span":
        """Return so many months up to one."""
        since = until
        for _step in range(months - 1):
            since = month_before(since)
        return cls(since, until)

    def months(self) -> list[date]:
        """Return the months, newest first."""
        found = [self.until]
        while found[-1] > self.since:
            found.append(month_before(found[-1]))
        return found


def by_month(session: Session, span: Span) -> list[Line]:
    """Return a line for each month, newest first."""
    counts = queries.by_month(session, since=span.since, until=span.until)
    times = queries.times_by_month(session, since=span.since, until=span.until)
    return [
        Line(
            key=f"{month:%Y-%m}",
            label=f"{month:%Y-%m}",
            received=counts.get((month, Step.RECEIVED), 0),
            ended=counts.get((month, Step.ENDED), 0),
            times=times.get(month, NOTHING),
            upheld=0,
            waiting=None,
        )
        for month in span.months()
    ]


def by_track(session: Session, span: Span) -> list[Line]:
    """Return a line for each way to write, suggestions among them."""
    waiting = queries.waiting_now(session)
    return [_track(session, span, track, waiting[track]) for track in Track]


def by_side(session: Session, span: Span, facet: Facet) -> list[Line]:
    """Return a line for each category, region or officer, those with the most first."""
    counts = queries.by_value(session, facet, since=span.since, until=span.until)
    times = queries.times_by(session, facet, since=span.since, until=span.until)
    waiting = queries.waiting_by(session, facet)
    names = sorted({value for value, _step, _detail in counts} | set(waiting))
    label = _labels(session, facet, names)
    lines = [
        Line(
            key=name,
            label=label(name),
            received=_sum(counts, name, Step.RECEIVED),
            ended=_sum(counts, name, Step.ENDED),
            times=times.get(name, NOTHING),
            upheld=sum(counts.get((name, Step.DECIDED, finding), 0) for finding in UPHELD),
            waiting=waiting.get(name, 0),
        )
        for name in names
    ]
    return sorted(lines, key=lambda line: (-line.received, -line.ended, line.label))


def by_officer(session: Session, span: Span, viewer: Officer) -> list[Line]:
    """Return a line for each officer, for a viewer of a region those who serve in it."""
    lines = by_side(session, span, Facet.OFFICER)
    if viewer.region is None:
        return lines
    serving = {str(each.id) for each in accounts.everybody(session) if viewer.covers(each.region_code)}
    return [line for line in lines if line.key in serving]


def ages(session: Session) -> list[Age]:
    """Return how long the cases that wait have waited, in calendar days."""
    today, counts = clock.today(), [0] * (len(AGES) + 1)
    for received, count in queries.waiting_since(session).items():
        days = (today - received).days
        counts[sum(days > bound for bound in AGES)] += count
    starts = (0, *(bound + 1 for bound in AGES))
    labels = [
        _("%(from)s to %(to)s days", **{"from": a, "to": b}) for a, b in zip(starts, AGES, strict=False)
    ]
    labels.append(_("More than %(n)s days", n=AGES[-1]))
    return [Age(label, count) for label, count in zip(labels, counts, strict=True)]


def _track(session: Session, span: Span, track: Track, waiting: int) -> Line:
    window: dict[str, Any] = {"since": span.since, "until": span.until, "tracks": (track,)}
    counts = queries.by_value(session, Facet.ALL, **window)
    return Line(
        key=str(track),
        label=str(TRACK[track]),
        received=_sum(counts, "", Step.RECEIVED),
        ended=_sum(counts, "", Step.ENDED),
        times=queries.times_by(session, Facet.ALL, **window).get("", NOTHING),
        upheld=sum(counts.get(("", Step.DECIDED, finding), 0) for finding in UPHELD),
        waiting=waiting,
    )


def _sum(counts: Mapping[tuple[str, str, str], int], name: str, wanted: Step) -> int:
    """Add up a step of a value; a case that an officer moved to another value neither came nor ended."""
    return sum(
        count
        for (value, step, detail), count in counts.items()
        if value == name and step == wanted and detail != MATCHED
    )


def _labels(session: Session, facet: Facet, names: Sequence[str]) -> Callable[[str], str]:
    """Return how the values of a side are called."""
    if facet is Facet.CATEGORY:
        known = {str(code): str(label) for code, label in CATEGORY_SHORT.items()}
    elif facet is Facet.OFFICER:
        found = accounts.names(session, [int(name) for name in names if name])
        known = {str(number): name for number, name in found.items()} | {"": _("Nobody yet")}
    else:
        known = dict(regions.names(session, [name for name in names if name])) | {"": _("No region")}
    return lambda name: known.get(name, name)
