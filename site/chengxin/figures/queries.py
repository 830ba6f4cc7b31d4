"""Read the counts: the months of a side, the times of answers, what waits, and the published reports."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from chengxin.figures.models import CaseCount, MonthReport
from chengxin.figures.rules import Facet, Reviews, Step, Times, Track, times
from chengxin.figures.steps import KEPT, SUGGESTIONS_WAITING, WAITING
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.queries import deadline
from chengxin.voices.complaints.rules import OPEN
from chengxin.voices.suggestions.models import Suggestion

CASES = (Track.COMPLAINT, Track.REPORT)
COUNT = func.sum(CaseCount.count)
# The times of answers are many rows, read apart.
_HAPPENED = CaseCount.step.in_([step for step in Step if step is not Step.ANSWERED])


def by_month(
    session: Session, *, since: date, until: date, tracks: Sequence[Track] = CASES
) -> Mapping[tuple[date, str], int]:
    """Return how often each step happened in each month."""
    counted = _counted(Facet.ALL, since, until, tracks, CaseCount.month, CaseCount.step)
    return {(month, step): count for month, step, count in session.execute(counted.where(_HAPPENED))}


def by_value(
    session: Session, facet: Facet, *, since: date, until: date, tracks: Sequence[Track] = CASES
) -> Mapping[tuple[str, str, str], int]:
    """Return how often each step with its detail happened, by the values of a side."""
    sides = (CaseCount.value, CaseCount.step, CaseCount.detail)
    counted = _counted(facet, since, until, tracks, *sides)
    return {
        (value, step, detail): count
        for value, step, detail, count in session.execute(counted.where(_HAPPENED))
    }


def by_track(session: Session, *, since: date | None, until: date) -> Mapping[tuple[str, str], int]:
    """Return how often each step happened on each track; without a first month since the beginning."""
    counted = _counted(Facet.ALL, since, until, tuple(Track), CaseCount.track, CaseCount.step)
    return {(track, step): count for track, step, count in session.execute(counted.where(_HAPPENED))}


def times_by(
    session: Session, facet: Facet, *, since: date, until: date, tracks: Sequence[Track] = CASES
) -> dict[str, Times]:
    """Return how long answers took, by the values of a side."""
    sides = (CaseCount.value, CaseCount.workdays, CaseCount.late)
    return _times(session, _counted(facet, since, until, tracks, *sides))


def times_by_month(
    session: Session, *, since: date, until: date, tracks: Sequence[Track] = CASES
) -> dict[date, Times]:
    """Return how long answers took, by the month of the answer."""
    sides = (CaseCount.month, CaseCount.workdays, CaseCount.late)
    return _times(session, _counted(Facet.ALL, since, until, tracks, *sides))


def first_month(session: Session) -> date | None:
    """Return the first month in which something was counted."""
    return session.scalar(select(func.min(CaseCount.month)).where(CaseCount.facet == Facet.ALL))


def waiting_since(session: Session) -> Mapping[date, int]:
    """Return how many cases wait now, by the day they came in."""
    waiting = select(Complaint.received_on, func.count()).where(Complaint.state.in_(sorted(WAITING)))
    return {row[0]: row[1] for row in session.execute(waiting.group_by(Complaint.received_on))}


def waiting_by(session: Session, facet: Facet) -> Mapping[str, int]:
    """Return how many cases wait now, by category, region or the officer who has them."""
    column = {
        Facet.CATEGORY: Complaint.category,
        Facet.REGION: Complaint.region_code,
        Facet.OFFICER: Complaint.assigned_to,
    }[facet]
    waiting = select(column, func.count()).where(Complaint.state.in_(sorted(WAITING))).group_by(column)
    return {str(value or ""): count for value, count in session.execute(waiting)}


def waiting_now(session: Session) -> Mapping[str, int]:
    """Return what waits now by the rows themselves: cases by how they were filed, and suggestions."""
    filed = func.substr(Complaint.case_no, 1, 2)
    cases = select(filed, func.count()).where(Complaint.state.in_(sorted(WAITING))).group_by(filed)
    open_suggestions = select(func.count()).where(Suggestion.state.in_(sorted(SUGGESTIONS_WAITING)))
    counts = {row[0]: row[1] for row in session.execute(cases)}
    return {
        Track.COMPLAINT: counts.get("TS", 0),
        Track.REPORT: counts.get("JB", 0),
        Track.SUGGESTION: session.scalar(open_suggestions) or 0,
    }


def overdue(session: Session, *, today: date) -> int:
    """Return how many cases are past the deadline that binds now, as the queue counts them; the day itself is in time."""
    late = select(func.count()).where(Complaint.state.in_(sorted(OPEN)), deadline < today)
    return session.scalar(late) or 0


def overdue_at_end(session: Session, *, of: date) -> int:
    """Return how many cases had missed the deadline that bound them when a day ended, asked soon afterwards."""
    waits = and_(Complaint.state.in_(sorted(OPEN)), deadline <= of)
    answered_later = and_(Complaint.closed_on > of, Complaint.answer_by <= of)
    decided_later = func.coalesce(Complaint.accepted_on, Complaint.closed_on) > of
    accepted_later = and_(decided_later, Complaint.accept_by <= of)
    late = select(func.count()).where(Complaint.received_on <= of, or_(waits, answered_later, accepted_later))
    return session.scalar(late) or 0


def reviews(session: Session, *, since: date, until: date) -> Reviews:
    """Return how reviews were answered: how many, how many with another finding, and how long each took."""
    counted = _counted(Facet.ALL, since, until, CASES, CaseCount.detail, CaseCount.workdays, CaseCount.late)
    rows = session.execute(counted.where(CaseCount.step == Step.REVIEWED)).all()
    days: Counter[int] = Counter()
    for _detail, workdays, _late, count in rows:
        days[workdays] += count
    changed = sum(count for detail, _workdays, _late, count in rows if detail != KEPT)
    late = sum(count for _detail, _workdays, is_late, count in rows if is_late)
    return Reviews(times(days, late=late), changed)


def reports(session: Session) -> Sequence[MonthReport]:
    """Return every published report, newest month first, its newest wording first."""
    newest = select(MonthReport).order_by(MonthReport.month.desc(), MonthReport.revision.desc())
    return session.scalars(newest).all()


def reported_months(session: Session) -> frozenset[date]:
    """Return the months that have a report."""
    return frozenset(session.scalars(select(MonthReport.month).distinct()))


def newest_reports(session: Session) -> Sequence[MonthReport]:
    """Return the newest wording of each month's report, newest month first."""
    found: dict[date, MonthReport] = {}
    for report in reports(session):
        found.setdefault(report.month, report)
    return list(found.values())


def revisions(session: Session, month: date) -> Sequence[MonthReport]:
    """Return the wordings of a month's report, newest first."""
    wordings = select(MonthReport).where(MonthReport.month == month).order_by(MonthReport.revision.desc())
    return session.scalars(wordings).all()


def _counted(
    facet: Facet, since: date | None, until: date, tracks: Sequence[Track], *sides: Any
) -> Select[*tuple[Any, ...]]:
    counted = select(*sides, COUNT).where(
        CaseCount.facet == facet, CaseCount.month <= until, CaseCount.track.in_(tracks)
    )
    if since:
        counted = counted.where(CaseCount.month >= since)
    return counted.group_by(*sides).order_by(*sides)


def _times(session: Session, counted: Select[*tuple[Any, ...]]) -> dict[Any, Times]:
    days: dict[Any, Counter[int]] = {}
    late: Counter[Any] = Counter()
    for value, workdays, is_late, count in session.execute(counted.where(CaseCount.step == Step.ANSWERED)):
        days.setdefault(value, Counter())[workdays] += count
        late[value] += count * is_late
    return {value: times(counts, late=late[value]) for value, counts in days.items()}
