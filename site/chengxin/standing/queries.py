"""Read the standing of agencies: the register's records and today's notices and titles, judged together."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import PermitStatus, licence_status, status_at
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.rules import Verdict, standing_of
from chengxin.standing.sanctions import queries as sanctions


def verdict_of(session: Session, agency: Agency, *, today: date) -> Verdict:
    """Return how one agency stands today."""
    return verdicts(session, [agency], today=today)[agency.id]


def verdicts(session: Session, agencies: Collection[Agency], *, today: date) -> dict[int, Verdict]:
    """Return how some agencies stand today, by their ids, in a fixed number of queries."""
    ids = [agency.id for agency in agencies]
    permits = register.permits_of(session, ids)
    notices = sanctions.by_agencies(session, ids, today=today)
    titles = exemplars.by_agencies(session, ids, today=today)
    return {
        agency.id: standing_of(
            sanctions=notices[agency.id],
            honours=titles[agency.id],
            licence=licence_status(permits[agency.id], today),
            licence_since=revoked_on(permits[agency.id], today),
            agency_status=agency.status,
            today=today,
        )
        for agency in agencies
    }


def revoked_on(permits: Iterable[Permit], today: date) -> date | None:
    """Return the day of the last revocation (吊销) on record, if its day is known."""
    days = [
        permit.status_on
        for permit in permits
        if status_at(permit.status, permit.valid_to, today) == PermitStatus.REVOKED
    ]
    return max((day for day in days if day is not None), default=None)
