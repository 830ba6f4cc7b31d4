"""What tells one agency from another at a glance: its seal, place, licence number and credit code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.labels import LICENCE_STATUS
from chengxin.agencies.leaving import Departure, departure_of
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import KINDS_BY_WEIGHT, LicenceStatus, PermitKind, licence_status, status_at
from chengxin.standing.abnormal import queries as abnormal
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing, Verdict


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One agency as lists show it, so that nobody takes it for another."""

    uid: str
    name: str
    standing: Standing
    place: str
    licence_no: str
    licence: LicenceStatus
    uscc: str
    departure: Departure | None
    is_abnormal: bool = False

    @property
    def licence_word(self) -> str:
        """Return how the licence stands, in words."""
        return str(LICENCE_STATUS[self.licence])


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is known of all agencies of one list."""

    permits: Mapping[int, Sequence[Permit]]
    verdicts: Mapping[int, Verdict]
    regions: Mapping[str, str]
    marks: Mapping[int, Sequence[AbnormalMark]]


def identities(session: Session, found: Collection[Agency], *, today: date) -> dict[int, Identity]:
    """Return how some agencies are told apart, by their ids, in a fixed number of queries."""
    known = _Known(
        permits=agencies.permits_of(session, [each.id for each in found]),
        verdicts=verdicts(session, list(found), today=today),
        regions=regions.names(session, {each.region_code for each in found if each.region_code}),
        marks=abnormal.by_agencies(session, [each.id for each in found]),
    )
    return {each.id: _identity(each, known, today) for each in found}


def deciding_permit(permits: Sequence[Permit], licence: LicenceStatus, today: date) -> Permit | None:
    """Return the permit that makes the licence stand as it does."""
    by_weight = sorted(permits, key=lambda each: KINDS_BY_WEIGHT.index(PermitKind(each.kind)))
    return next(
        (each for each in by_weight if status_at(each.status, each.valid_to, today) == licence.value), None
    )


def _identity(agency: Agency, known: _Known, today: date) -> Identity:
    permits = known.permits[agency.id]
    licence = licence_status(permits, today)
    permit = deciding_permit(permits, licence, today)
    return Identity(
        uid=agency.uid,
        name=agency.name,
        standing=known.verdicts[agency.id].standing,
        place=known.regions.get(agency.region_code or "", agency.place),
        licence_no=permit.number if permit else "",
        licence=licence,
        uscc=agency.uscc or "",
        departure=departure_of(
            status=agency.status,
            left_on=agency.left_on,
            merged=agency.merged_into_id is not None,
            permits=permits,
            today=today,
        ),
        is_abnormal=bool(known.marks[agency.id]),
    )
