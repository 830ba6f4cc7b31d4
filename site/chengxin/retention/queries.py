"""Read retention: what is due by the schedule, what has gone, and who asked for everything to be erased."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE, Part
from chengxin.ledger.models import Event
from chengxin.retention.records import RECORDS
from chengxin.retention.rules import SCHEDULE, Rule, What
from chengxin.voices.complaints.models import Complaint

RUNS, VERB = "retention", "erased"
PAGE = 50


@dataclass(frozen=True)
class Line:
    """A rule with the day up to which it reaches and how many records are due by it."""

    rule: Rule
    cutoff: date
    due: int


@dataclass(frozen=True)
class Erasure:
    """What went at one time by one rule, as the ledger tells it."""

    at: datetime
    actor: str
    what: What
    count: int
    files: int


def plan(session: Session, *, today: date) -> list[Line]:
    """Return the schedule with what is due by each rule; nothing is changed."""
    lines = []
    for rule in SCHEDULE:
        cutoff = rule.term.cutoff(today)
        due = RECORDS[rule.what].due(cutoff).order_by(None).subquery()
        lines.append(Line(rule, cutoff, session.scalar(select(func.count()).select_from(due)) or 0))
    return lines


def erasures(session: Session, *, limit: int = PAGE) -> list[Erasure]:
    """Return the last erasures, newest first."""
    rows = select(Event).where(Event.subject_kind == RUNS, Event.subject_id == 0)
    return [_erasure(event) for event in session.scalars(rows.order_by(Event.id.desc()).limit(limit))]


def open_requests(session: Session, *, seen: Part = WHOLE, limit: int = PAGE) -> Sequence[Complaint]:
    """Return the cases whose erasure was asked for and has not come yet, the oldest wish first."""
    rows = select(Complaint).where(Complaint.erasure_asked_on.is_not(None), Complaint.erased_on.is_(None))
    ordered = rows.where(seen).order_by(Complaint.erasure_asked_on, Complaint.id)
    return session.scalars(ordered.limit(limit)).all()


def _erasure(event: Event) -> Erasure:
    told = json.loads(event.new or "{}")
    return Erasure(event.at, event.actor, What(told["rule"]), told["count"], told["files"])
