"""The standing of an agency: one pure function of its records and of today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from chengxin.agencies.rules import GONE, AgencyStatus, LicenceStatus
from chengxin.core.months import later
from chengxin.standing.exemplars.rules import is_in_force
from chengxin.standing.sanctions.rules import MONTHS, LegalKind, NoticeKind, Severity, is_public


class Standing(StrEnum):
    """How an agency stands before the public; the word always stands beside its seal."""

    EXEMPLARY = "exemplary"
    REGISTERED = "registered"
    EXPOSED = "exposed"
    YELLOW_CARD = "yellow_card"
    SERIOUS_LISTING = "serious_listing"
    REVOKED = "revoked"
    UNVERIFIED = "unverified"

    @property
    def weight(self) -> int:
        """Return how heavy it weighs: the heaviest is shown, the rest is listed below it."""
        return _BY_WEIGHT.index(self)


_BY_WEIGHT = (
    Standing.REGISTERED,
    Standing.EXEMPLARY,
    Standing.UNVERIFIED,
    Standing.EXPOSED,
    Standing.YELLOW_CARD,
    Standing.SERIOUS_LISTING,
    Standing.REVOKED,
)


class SanctionFacts(Protocol):
    """What has to be known of a sanction to judge it."""

    @property
    def notice_kind(self) -> str:
        """Return what the public sees it as."""

    @property
    def legal_kind(self) -> str:
        """Return what it is in law."""

    @property
    def state(self) -> str:
        """Return where its notice is in its life."""

    @property
    def decision_date(self) -> date:
        """Return the day of the decision."""

    @property
    def max_until(self) -> date:
        """Return the last day it may be public."""

    @property
    def year(self) -> int | None:
        """Return the year of its notice's address."""

    @property
    def number(self) -> int | None:
        """Return the number of its notice's address."""

    @property
    def title(self) -> str:
        """Return the title of its notice."""

    @property
    def summary(self) -> str:
        """Return the one line that says what happened."""


class HonourFacts(Protocol):
    """What has to be known of an exemplary title to judge it."""

    @property
    def state(self) -> str:
        """Return where the title is in its life."""

    @property
    def year(self) -> int:
        """Return the year it was given for."""

    @property
    def valid_until(self) -> date | None:
        """Return the last day it counts."""


@dataclass(frozen=True)
class Notice:
    """Where the published notice behind a mark stands: /notices/<year>/<number>/."""

    year: int
    number: int
    title: str
    reason: str


@dataclass(frozen=True)
class Mark:
    """One standing an agency has today, since when, until when and by which notice."""

    standing: Standing
    since: date | None = None
    until: date | None = None
    notice: Notice | None = None
    year: int | None = None


@dataclass(frozen=True)
class Verdict:
    """The standing of an agency on a day: the heaviest mark first, the rest listed."""

    marks: tuple[Mark, ...]

    @property
    def standing(self) -> Standing:
        """Return the heaviest standing."""
        return self.marks[0].standing

    @property
    def until(self) -> date | None:
        """Return the last day of the heaviest mark, if it has one."""
        return self.marks[0].until

    @property
    def notice(self) -> Notice | None:
        """Return the notice behind the heaviest mark."""
        return self.marks[0].notice

    @property
    def year(self) -> int | None:
        """Return the year of the exemplary title, if that is the heaviest mark."""
        return self.marks[0].year

    @property
    def also(self) -> tuple[Mark, ...]:
        """Return the marks below the heaviest."""
        return self.marks[1:]

    @property
    def holds_until(self) -> date | None:
        """Return the last day on which time alone cannot change this verdict; None if it never does."""
        return min((mark.until for mark in self.marks if mark.until is not None), default=None)


def standing_of(
    *,
    sanctions: Iterable[SanctionFacts],
    honours: Iterable[HonourFacts],
    licence: str,
    today: date,
    licence_since: date | None = None,
    agency_status: str = AgencyStatus.ACTIVE,
) -> Verdict:
    """Return how an agency stands today: heaviest first; what has ended never counts."""
    marks = [
        *_sanction_marks(sanctions, today),
        *_honour_marks(honours, today),
        *_licence_marks(licence, licence_since, agency_status, today),
    ]
    # The notice of a revocation says the same as the register's own word, and more.
    told = any(mark.standing is Standing.REVOKED and mark.notice for mark in marks)
    kept = [mark for mark in marks if mark.notice or not (told and mark.standing is Standing.REVOKED)]
    return Verdict(tuple(sorted(kept, key=_heaviest_first)) or (Mark(Standing.REGISTERED),))


def standing_of_notice(notice_kind: str, legal_kind: str) -> Standing:
    """Return the standing a published notice gives: only a revocation (吊销) is called one."""
    if notice_kind == NoticeKind.LICENCE_ACTION:
        return Standing.REVOKED if legal_kind == LegalKind.LICENCE_REVOCATION else Standing.EXPOSED
    return _BY_KIND[NoticeKind(notice_kind)]


_BY_KIND = {
    NoticeKind.EXPOSURE: Standing.EXPOSED,
    NoticeKind.YELLOW_CARD: Standing.YELLOW_CARD,
    NoticeKind.SERIOUS_LISTING: Standing.SERIOUS_LISTING,
}


def _sanction_marks(sanctions: Iterable[SanctionFacts], today: date) -> Iterator[Mark]:
    for each in sanctions:
        if is_public(each.state, each.max_until, today):
            yield Mark(
                standing_of_notice(each.notice_kind, each.legal_kind),
                since=each.decision_date,
                until=each.max_until,
                notice=Notice(each.year or 0, each.number or 0, each.title, each.summary),
            )


def _honour_marks(honours: Iterable[HonourFacts], today: date) -> Iterator[Mark]:
    for each in honours:
        if is_in_force(each.state, each.valid_until, today):
            yield Mark(Standing.EXEMPLARY, until=each.valid_until, year=each.year)


def _licence_marks(licence: str, since: date | None, agency_status: str, today: date) -> Iterator[Mark]:
    """Yield what the licence alone says; a revocation past its longest term is only "no valid licence"."""
    valid = licence == LicenceStatus.VALID and agency_status not in GONE
    if licence == LicenceStatus.REVOKED and (since is None or today <= _revocation_end(since)):
        yield Mark(Standing.REVOKED, since=since, until=_revocation_end(since) if since else None)
    elif not valid:
        yield Mark(Standing.UNVERIFIED)


def _revocation_end(since: date) -> date:
    return later(since, MONTHS[Severity.SERIOUS][1])


def _heaviest_first(mark: Mark) -> tuple[int, int, int]:
    """Sort by weight, then by the later end, then by the newer title."""
    end = mark.until.toordinal() if mark.until else date.max.toordinal()
    return (-mark.standing.weight, -end, -(mark.year or 0))
