"""Publish the report of a month, once, and correct it in the open."""

import hashlib
import json
from datetime import date

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.figures import queries, reporting
from chengxin.figures.models import MonthReport
from chengxin.figures.rules import first_of, next_month
from chengxin.ledger.actions import record, wait_for_the_end
from chengxin.ledger.rules import Subject, canonical

PUBLISHED = "figures.published"


def unpublished(session: Session, *, today: date) -> list[date]:
    """Return the months that are over and have no report, oldest first."""
    month, known = queries.first_month(session), queries.reported_months(session)
    months = []
    while month and month < first_of(today):
        if month not in known:
            months.append(month)
        month = next_month(month)
    return months


def publish(session: Session, month: date, *, actor: str) -> MonthReport:
    """Keep and publish the report of a month that is over; twice asked, it is the same report."""
    wait_for_the_end(session)
    published = queries.revisions(session, month)
    if published:
        return published[0]
    if month >= first_of(clock.today()):
        raise DomainError("The month is not over yet.")
    content = canonical(reporting.content(session, month)) or ""
    return _kept(session, MonthReport(month=month, revision=1, content=content, reason=""), actor=actor)


def correct(session: Session, month: date, *, actor: str, reason: str) -> MonthReport:
    """Publish a corrected wording of a month beside the one that stands, with the reason for it."""
    wait_for_the_end(session)
    published = queries.revisions(session, month)
    if not published:
        raise DomainError("The month has no report yet.")
    if not reason.strip():
        raise DomainError("Write why the report is corrected.")
    last = published[0]
    fresh = canonical(reporting.corrected(session, month, json.loads(last.content))) or ""
    if fresh == last.content:
        raise DomainError("The report already says what the counts say.")
    report = MonthReport(month=month, revision=last.revision + 1, content=fresh, reason=reason.strip())
    return _kept(session, report, actor=actor)


def _kept(session: Session, report: MonthReport, *, actor: str) -> MonthReport:
    """Keep a wording; the ledger holds its hash, so that a published figure cannot change unseen."""
    report.made_at = clock.now()
    session.add(report)
    session.flush()
    told = {
        "month": f"{report.month:%Y-%m}",
        "revision": report.revision,
        "sha256": hashlib.sha256(report.content.encode()).hexdigest(),
    }
    record(
        session,
        actor=actor,
        verb=PUBLISHED,
        subject=Subject("month_report", report.id),
        new=told,
        reason=report.reason,
        public=True,
    )
    return report
