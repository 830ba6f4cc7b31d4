"""What the public report of a month says: sums that reconcile, times, and tables with their small cells hidden."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.figures import queries
from chengxin.figures.rules import (
    SMALLEST_SHOWN,
    Facet,
    Step,
    Times,
    Track,
    last_of,
    month_before,
    shown,
)
from chengxin.voices.complaints.rules import Category, Finding, Refusal

# Later than this after the end of a month nobody can say any more what was overdue on its last day.
OVERDUE_KNOWN = timedelta(days=5)
SUMS = (Step.RECEIVED, Step.TAKEN_UP, Step.ENDED)


def content(session: Session, month: date) -> dict[str, Any]:
    """Return the report of a month as it is published and kept."""
    flow = {str(track): _flow(session, month, track) for track in Track}
    counts = queries.by_value(session, Facet.ALL, since=month, until=month)
    categories = queries.by_value(session, Facet.CATEGORY, since=month, until=month)
    answers = queries.times_by_month(session, since=month, until=month).get(month, Times(0, 0, None, None))
    end = last_of(month)
    return {
        "month": f"{month:%Y-%m}",
        "flow": flow,
        "accepted": _sum(counts, Step.ACCEPTED),
        "overdue": queries.overdue_at_end(session, of=end) if clock.today() <= end + OVERDUE_KNOWN else None,
        "answers": _answers(answers),
        "received_by_category": _table(_by_category(categories), Category),
        "refused_by_ground": _table(_by_detail(counts, Step.REFUSED), Refusal),
        "decided_by_finding": _table(_by_detail(counts, Step.DECIDED), Finding),
        "smallest_shown": SMALLEST_SHOWN,
    }


def corrected(session: Session, month: date, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report of a month counted anew; a table that hides something, or hid it before, is not shown.

    Two tables of the same month that hide different cells would tell together what neither tells alone.
    """
    fresh = content(session, month)
    for name in ("received_by_category", "refused_by_ground", "decided_by_finding"):
        cells = fresh[name]["cells"]
        if None in [*cells.values(), *before[name]["cells"].values()] and fresh[name] != before[name]:
            fresh[name] = {"total": fresh[name]["total"], "cells": dict.fromkeys(cells)}
    return fresh | {"overdue": before["overdue"]}


def _flow(session: Session, month: date, track: Track) -> dict[str, int]:
    """Return what came and went; what waits is the sum of everything before, so that nothing can vanish."""
    earlier = queries.by_track(session, since=None, until=month_before(month))
    now = queries.by_track(session, since=month, until=month)
    sums = {str(step): now.get((track, step), 0) for step in SUMS}
    before = _waiting({step: earlier.get((track, step), 0) for step in SUMS})
    return {"waiting_before": before, **sums, "waiting": before + _waiting(sums)}


def _waiting(sums: Mapping[Any, int]) -> int:
    return sums[Step.RECEIVED] + sums[Step.TAKEN_UP] - sums[Step.ENDED]


def _answers(times: Times) -> dict[str, int | None]:
    """Return the times of answers; of a handful nobody reads a median, it would be somebody's case."""
    told = times.answered >= SMALLEST_SHOWN
    return {
        "answered": times.answered,
        "late": times.late if told else None,
        "median": times.median if told else None,
        "most": times.most if told else None,
    }


def _by_category(counts: Mapping[tuple[str, str, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (value, step, _detail), count in counts.items():
        if step == Step.RECEIVED:
            found[value] += count
    return found


def _by_detail(counts: Mapping[tuple[str, str, str], int], wanted: Step) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_value, step, detail), count in counts.items():
        if step == wanted:
            found[detail] += count
    return found


def _table(counts: Mapping[str, int], codes: Iterable[str]) -> dict[str, Any]:
    names = [str(code) for code in codes]
    names += sorted(set(counts) - set(names) - {""})
    cells = shown([counts.get(name, 0) for name in names])
    return {"total": sum(counts.values()), "cells": dict(zip(names, cells, strict=True))}


def _sum(counts: Mapping[tuple[str, str, str], int], wanted: Step) -> int:
    return sum(count for (_value, step, _detail), count in counts.items() if step == wanted)
