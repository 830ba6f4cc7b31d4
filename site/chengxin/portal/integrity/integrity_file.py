"""The integrity file (诚信档案) of an agency: everything its page, its JSON and its feed say, read at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency, AgencyName, Permit
from chengxin.agencies.permits.queries import Happened
from chengxin.agencies.rules import (
    ENDINGS,
    LicenceStatus,
    PermitStatus,
    licence_status,
    status_at,
)
from chengxin.bulletins.campaigns import queries as campaigns
from chengxin.bulletins.campaigns.models import Campaign, CampaignEntry
from chengxin.opinions.ratings import queries as ratings
from chengxin.opinions.ratings.rules import Score
from chengxin.portal.identity import deciding_permit
from chengxin.portal.integrity.supervised import Inspected, Supervised, supervised
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, is_in_force
from chengxin.standing.queries import verdict_of
from chengxin.standing.rules import Standing, Verdict, standing_of_notice
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints.queries import Quarter
from chengxin.voices.complaints.rules import Outcome

QUARTERS = 8
RATINGS = 5
YEAR = timedelta(days=365)


class Happening(StrEnum):
    """What an entry of the timeline tells."""

    NOTICE = "notice"
    HONOUR = "honour"
    PERMIT_GRANTED = "permit_granted"
    PERMIT_ENDED = "permit_ended"
    PERMIT_CHANGED = "permit_changed"
    ABNORMAL = "abnormal"
    INSPECTION = "inspection"
    FILE_OPENED = "file_opened"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One dated line of the part on keeping the law (遵纪守法情况)."""

    on: date
    happening: Happening
    standing: Standing | None = None
    over: bool = False
    notice: Sanction | None = None
    honour: Honour | None = None
    permit: Permit | None = None
    change: Happened | None = None
    mark: AbnormalMark | None = None
    inspected: Inspected | None = None

    @property
    def key(self) -> str:
        """Return what names this entry for ever among the entries of its file."""
        if self.change:
            return f"permit-{self.change.key}"
        told = self.notice or self.honour or self.permit or self.mark or self.inspected
        return f"{self.happening.replace('_', '-')}-{told.id}" if told else "file-opened"


@dataclass(frozen=True, kw_only=True)
class IntegrityFile:
    """What is known of one agency on one day."""

    agency: Agency
    today: date
    names: Sequence[AgencyName]
    places: tuple[str, ...]
    permits: Sequence[Permit]
    services: Sequence[str]
    licence: LicenceStatus
    verdict: Verdict
    supervised: Supervised
    timeline: tuple[Entry, ...]
    quarters: Sequence[Quarter]
    last_year: Counter[Outcome]
    score: Score | None
    ratings: ratings.Listed
    campaigns: Sequence[tuple[Campaign, CampaignEntry]]

    @property
    def main_permit(self) -> Permit | None:
        """Return the permit that decides how the licence stands."""
        return deciding_permit(self.permits, self.licence, self.today)

    @property
    def updated_at(self) -> datetime:
        """Return when the record last changed."""
        return self.agency.updated_at

    def status_of(self, permit: Permit) -> PermitStatus:
        """Return how a permit stands on the day of the file."""
        return status_at(permit.status, permit.valid_to, self.today)


def open_file(session: Session, agency: Agency, *, today: date) -> IntegrityFile:
    """Return the file of an agency as it stands on a day."""
    permits = agencies.permits_of(session, [agency.id])[agency.id]
    licence = licence_status(permits, today)
    notices = sanctions.by_agency(session, agency.id, today=today)
    honours = exemplars.by_agency(session, agency.id)
    seen = supervised(session, agency, permits=permits, today=today)
    return IntegrityFile(
        agency=agency,
        today=today,
        names=agencies.names_of(session, [agency.id])[agency.id],
        places=regions.names_down_to(session, agency.region_code),
        permits=permits,
        services=agencies.services_of(session, [agency.id])[agency.id],
        licence=licence,
        verdict=verdict_of(session, agency, today=today),
        supervised=seen,
        timeline=tuple(_timeline(agency, notices, honours, permits, seen=seen, today=today)),
        quarters=complaints.quarters(session, agency.id, today=today, count=QUARTERS),
        last_year=complaints.outcomes_since(session, agency.id, since=today - YEAR),
        score=ratings.score_of(session, agency.id),
        ratings=ratings.published(session, agency.id, size=RATINGS),
        campaigns=campaigns.of_agency(session, agency.id),
    )


def _timeline(
    agency: Agency,
    notices: Sequence[Sanction],
    honours: Sequence[Honour],
    permits: Sequence[Permit],
    *,
    seen: Supervised,
    today: date,
) -> list[Entry]:
    entries = [
        *_notice_entries(notices),
        *_honour_entries(honours, today),
        *_permit_entries(permits, today),
        *_supervision_entries(seen),
        Entry(on=agency.opened_on, happening=Happening.FILE_OPENED),
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _notice_entries(notices: Sequence[Sanction]) -> Iterator[Entry]:
    for each in notices:
        standing = standing_of_notice(each.notice_kind, each.legal_kind)
        yield Entry(on=each.decision_date, happening=Happening.NOTICE, standing=standing, notice=each)


def _honour_entries(honours: Sequence[Honour], today: date) -> Iterator[Entry]:
    for each in honours:
        yield Entry(
            on=each.awarded_on or date(each.year, 12, 31),
            happening=Happening.HONOUR,
            standing=Standing.EXEMPLARY if each.kind == HonourKind.AGENCY else None,
            over=not is_in_force(each.state, each.valid_until, today),
            honour=each,
        )


def _permit_entries(permits: Sequence[Permit], today: date) -> Iterator[Entry]:
    for each in permits:
        granted = each.issued_on or each.valid_from
        if granted:
            yield Entry(on=granted, happening=Happening.PERMIT_GRANTED, permit=each)
        status = status_at(each.status, each.valid_to, today)
        ended = each.status_on or (each.valid_to if status is PermitStatus.EXPIRED else None)
        if status in ENDINGS and ended and ended <= today:
            yield Entry(on=ended, happening=Happening.PERMIT_ENDED, permit=each)


def _supervision_entries(seen: Supervised) -> Iterator[Entry]:
    for mark in seen.marks:
        yield Entry(on=mark.set_on, happening=Happening.ABNORMAL, mark=mark)
    for each in seen.inspections:
        yield Entry(on=each.on, happening=Happening.INSPECTION, inspected=each)
    for change in seen.changes:
        yield Entry(on=change.on, happening=Happening.PERMIT_CHANGED, change=change)
