"""The agency's file beside a case: how it stands today, its permits, what was upheld, what runs against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import status_at
from chengxin.standing import queries as standing
from chengxin.standing.rules import Verdict
from chengxin.standing.sanctions import rules as notice_rules
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints.rules import Outcome

YEARS = 2
SHOWN = 5
RUNNING = frozenset(
    {
        notice_rules.State.DRAFT,
        notice_rules.State.LEGAL_REVIEW,
        notice_rules.State.PRIOR_NOTICE,
        notice_rules.State.HEARING,
        notice_rules.State.DECIDED,
        notice_rules.State.SERVED,
        notice_rules.State.PUBLISHED,
    }
)


@dataclass(frozen=True)
class AgencyFile:
    """What an officer should know of an agency while they decide."""

    agency: Agency
    verdict: Verdict
    upheld: int
    open: int
    permits: Sequence[tuple[Permit, str]]
    notices: Sequence[Sanction]


def of_agency(session: Session, agency_id: int | None, *, today: date) -> AgencyFile | None:
    """Return the file of an agency, or None for a respondent that is not in the register."""
    agency = agencies.by_id(session, agency_id) if agency_id else None
    if agency is None:
        return None
    since = date(today.year - YEARS, today.month, 1)
    counts = complaints.outcomes_since(session, agency.id, since=since)
    permits = agencies.permits_of(session, [agency.id])[agency.id]
    return AgencyFile(
        agency=agency,
        verdict=standing.verdict_of(session, agency, today=today),
        upheld=counts[Outcome.UPHELD],
        open=counts[Outcome.OPEN],
        permits=[(each, status_at(each.status, each.valid_to, today)) for each in permits[:SHOWN]],
        notices=_running(session, agency.id),
    )


def _running(session: Session, agency_id: int) -> Sequence[Sanction]:
    rows = select(Sanction).where(Sanction.agency_id == agency_id, Sanction.state.in_(sorted(RUNNING)))
    return session.scalars(rows.order_by(Sanction.id.desc()).limit(SHOWN)).all()
