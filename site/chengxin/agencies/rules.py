"""The states of agencies and permits, the moves between them, and what a licence is worth today."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from chengxin.core.errors import DomainError


class PermitKind(StrEnum):
    """What a permit is (许可, 备案, 分支机构报告, 劳务派遣许可)."""

    LICENCE = "licence"
    FILING = "filing"
    BRANCH_REPORT = "branch_report"
    DISPATCH_LICENCE = "dispatch_licence"


class PermitStatus(StrEnum):
    """How a permit stands; the five endings are different in law and never share a word."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RESCINDED = "rescinded"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "deregistered"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class LicenceStatus(StrEnum):
    """What the permits of an agency add up to: a permit's status, or that none is on record."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RESCINDED = "rescinded"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "deregistered"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    NONE = "none"


class AgencyStatus(StrEnum):
    """Whether an agency works (经营), has stopped for a time, cannot be reached, has closed, or is listed no more."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ABNORMAL = "abnormal"
    CLOSED = "closed"
    UNLISTED = "unlisted"


class NameKind(StrEnum):
    """Why an agency has another name."""

    ALIAS = "alias"
    TRADE = "trade"
    FORMER = "former"
    MERGED = "merged"


class Service(StrEnum):
    """The services of the ministry's statistical form LM1 (服务项目)."""

    RECRUITMENT = "recruitment"
    DISPATCH = "dispatch"
    CONSULTING = "consulting"
    PERSONNEL_AGENCY = "personnel_agency"
    OUTSOURCING = "outsourcing"
    TRAINING = "training"
    EXECUTIVE_SEARCH = "executive_search"
    ASSESSMENT = "assessment"
    SOFTWARE = "software"
    OTHER = "other"


class Flag(StrEnum):
    """What a record is kept with although something about it is not in order."""

    USCC_CHECK = "uscc_check"
    USCC_TAKEN = "uscc_taken"
    REGION_UNKNOWN = "region_unknown"
    STATUS_UNKNOWN = "status_unknown"
    STATUS_CONTRADICTS = "status_contradicts"
    DATE_UNREADABLE = "date_unreadable"
    LICENCE_SHARED = "licence_shared"
    PERSONAL_NUMBER = "personal_number"


# An agency that has closed, or that its own source lists no longer, is never shown as licensed.
GONE = frozenset({AgencyStatus.CLOSED, AgencyStatus.UNLISTED})
ENDINGS = frozenset(
    {
        PermitStatus.REVOKED,
        PermitStatus.RESCINDED,
        PermitStatus.WITHDRAWN,
        PermitStatus.DEREGISTERED,
        PermitStatus.EXPIRED,
    }
)
RUNNING = frozenset({PermitStatus.VALID, PermitStatus.SUSPENDED, PermitStatus.UNKNOWN})
# Deregistration follows the other endings (行政许可法 art. 70); nothing follows it.
MOVES: dict[PermitStatus, frozenset[PermitStatus]] = {
    PermitStatus.VALID: ENDINGS | {PermitStatus.SUSPENDED},
    PermitStatus.SUSPENDED: ENDINGS | {PermitStatus.VALID},
    PermitStatus.UNKNOWN: ENDINGS | {PermitStatus.VALID, PermitStatus.SUSPENDED},
    PermitStatus.EXPIRED: frozenset({PermitStatus.DEREGISTERED, PermitStatus.RESCINDED, PermitStatus.VALID}),
    PermitStatus.REVOKED: frozenset({PermitStatus.DEREGISTERED}),
    PermitStatus.RESCINDED: frozenset({PermitStatus.DEREGISTERED}),
    PermitStatus.WITHDRAWN: frozenset({PermitStatus.DEREGISTERED}),
    PermitStatus.DEREGISTERED: frozenset(),
}
# The permit that says most about an agency comes first.
KINDS_BY_WEIGHT = (
    PermitKind.LICENCE,
    PermitKind.FILING,
    PermitKind.DISPATCH_LICENCE,
    PermitKind.BRANCH_REPORT,
)
STATUS_BY_WEIGHT = (PermitStatus.VALID, PermitStatus.SUSPENDED, PermitStatus.UNKNOWN)
SHRINK_LIMIT = 0.10


class PermitFacts(Protocol):
    """What has to be known of a permit to judge it."""

    @property
    def kind(self) -> str:
        """Return the kind of the permit."""

    @property
    def status(self) -> str:
        """Return the status on record."""

    @property
    def status_on(self) -> date | None:
        """Return the day the status began."""

    @property
    def valid_to(self) -> date | None:
        """Return the last day of the term."""


def read_status(status: str) -> PermitStatus:
    """Return a stored status; a word this version does not know is unknown."""
    try:
        return PermitStatus(status)
    except ValueError:
        return PermitStatus.UNKNOWN


def status_at(status: str, valid_to: date | None, day: date) -> PermitStatus:
    """Return how a permit stands on a day: past its term it has expired, also before anybody wrote it down."""
    known = read_status(status)
    if known in {PermitStatus.VALID, PermitStatus.SUSPENDED} and valid_to is not None and valid_to < day:
        return PermitStatus.EXPIRED
    return known


def licence_status(permits: Iterable[PermitFacts], day: date) -> LicenceStatus:
    """Return what the permits of one agency add up to on a day; an unknown status is never valid."""
    held = list(permits)
    for kind in KINDS_BY_WEIGHT:
        standing = [permit for permit in held if permit.kind == kind]
        if standing:
            return LicenceStatus(_weightiest(standing, day))
    return LicenceStatus.UNKNOWN if held else LicenceStatus.NONE


def _weightiest(permits: list[PermitFacts], day: date) -> PermitStatus:
    statuses = {status_at(permit.status, permit.valid_to, day) for permit in permits}
    for status in STATUS_BY_WEIGHT:
        if status in statuses:
            return status
    latest = max(permits, key=lambda permit: permit.status_on or permit.valid_to or date.min)
    return status_at(latest.status, latest.valid_to, day)


def move_permit(status: str, to: PermitStatus) -> PermitStatus:
    """Return the new status of a permit, or say which moves there are."""
    now = read_status(status)
    if to not in MOVES[now]:
        allowed = ", ".join(sorted(MOVES[now])) or "no other status"
        raise DomainError(f"A permit that is {now} can become {allowed}, not {to}.")
    return to


def shrinks_too_much(before: int, after: int) -> bool:
    """Tell whether a list lost more of its records than a yearly list may lose."""
    return before > 0 and after < before * (1 - SHRINK_LIMIT)
