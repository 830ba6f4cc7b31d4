"""The words in the parts of an integrity file: complaints by quarter, business, promises, basic facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from flask import url_for

from chengxin.agencies.labels import (
    AGENCY_STATUS,
    FLAG,
    LICENCE_STATUS,
    NAME_KIND,
    PERMIT_KIND,
    service_label,
)
from chengxin.agencies.models import Permit
from chengxin.agencies.rules import AgencyStatus, Flag, LicenceStatus, NameKind, PermitKind
from chengxin.core.i18n import day, language_of
from chengxin.core.i18n import gettext as _
from chengxin.opinions.ratings.labels import MARK, RATER
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import HIGHEST, LOWEST, SHOWN_FROM, Dimension, RaterKind, overall
from chengxin.portal.integrity.integrity_file import IntegrityFile
from chengxin.portal.integrity.integrity_supervision import tie_sentence
from chengxin.voices.complaints.queries import Quarter
from chengxin.voices.complaints.rules import Outcome

SQUARES_BEFORE_SCALING = 30
COMPLAINTS_A_SQUARE = 5
DESCENDING = range(HIGHEST, LOWEST - 1, -1)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A name and a value; an absent value is shown as absent."""

    label: str
    value: str = ""
    url: str = ""
    note: str = ""

    @property
    def lang(self) -> str:
        """Return the language of the value, where it is not the page's."""
        return language_of(self.value)

    @property
    def note_lang(self) -> str:
        """Return the language of the note, where it is not the page's."""
        return language_of(self.note)


@dataclass(frozen=True, kw_only=True)
class QuarterRow:
    """A quarter as squares, with the split in words for those who do not see them."""

    label: str
    squares: tuple[str, ...]
    words: str
    total: int


@dataclass(frozen=True, kw_only=True)
class Complaints:
    """The complaints of the last quarters and the finding that stands above them."""

    rows: tuple[QuarterRow, ...]
    caption: str
    total: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """How many ratings came to one step."""

    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Rated:
    """One published rating in words."""

    score: str
    rater: str
    date: date
    verified: bool
    text: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the public thinks: the mean if there are enough ratings, the steps, the newest ratings."""

    total: int
    least: int
    mean: str
    steps: tuple[Step, ...]
    most: int
    latest: tuple[Rated, ...]


def complaints_of(quarters: Sequence[Quarter]) -> Complaints:
    """Return the complaints as squares; above thirty in a quarter one square stands for five."""
    totals = [sum(quarter.outcomes.values()) for quarter in quarters]
    scale = COMPLAINTS_A_SQUARE if max(totals, default=0) > SQUARES_BEFORE_SCALING else 1
    upheld = sum(quarter.outcomes[Outcome.UPHELD] for quarter in quarters)
    return Complaints(
        rows=tuple(_quarter_row(quarter, scale) for quarter in quarters),
        caption=_(
            "%(total)s complaints in the last %(quarters)s quarters, %(upheld)s of them upheld. "
            "One square stands for %(scale)s.",
            total=sum(totals),
            quarters=len(quarters),
            upheld=upheld,
            scale=scale,
        ),
        total=sum(totals),
    )


def _quarter_row(quarter: Quarter, scale: int) -> QuarterRow:
    counts = [(outcome, quarter.outcomes[outcome]) for outcome in Outcome]
    return QuarterRow(
        label=_("%(year)s quarter %(number)s", year=quarter.year, number=quarter.number),
        squares=tuple(outcome for outcome, number in counts for _square in range(ceil(number / scale))),
        words=_(
            "%(upheld)s upheld, %(not_upheld)s not upheld, %(waiting)s being handled",
            upheld=quarter.outcomes[Outcome.UPHELD],
            not_upheld=quarter.outcomes[Outcome.NOT_UPHELD],
            waiting=quarter.outcomes[Outcome.OPEN],
        ),
        total=sum(quarter.outcomes.values()),
    )


def opinion_of(file: IntegrityFile) -> Opinion:
    """Return the ratings in words; the mean and its steps only from enough of them."""
    steps = file.score.steps if file.score else {}
    return Opinion(
        total=file.ratings.total,
        least=SHOWN_FROM,
        mean=str(file.score.mean) if file.score else "",
        steps=tuple(Step(label=str(MARK[str(each)]), count=steps.get(each, 0)) for each in DESCENDING),
        most=max(steps.values(), default=0),
        latest=tuple(_rated(each) for each in file.ratings.ratings),
    )


def _rated(rating: Rating) -> Rated:
    marks = [getattr(rating, dimension) for dimension in Dimension]
    return Rated(
        score=_("%(score)s of 5", score=f"{overall(marks):.2g}"),
        rater=str(RATER[RaterKind(rating.rater_kind)]),
        date=rating.received_on,
        verified=rating.verified,
        text=rating.text,
        reply=rating.agency_reply,
    )


def business_rows(file: IntegrityFile) -> tuple[Row, ...]:
    """Return the rows of the part on business (业务经营情况)."""
    services = _("; ").join(str(service_label(each)) for each in file.services)
    return (
        Row(label=_("State of business"), value=str(AGENCY_STATUS[AgencyStatus(file.agency.status)])),
        Row(label=_("Services"), value=services),
        *(_permit_row(permit, file) for permit in file.permits),
        Row(label=_("Staff"), value=str(file.agency.staff_total or "")),
    )


def _permit_row(permit: Permit, file: IntegrityFile) -> Row:
    status = str(LICENCE_STATUS[LicenceStatus(file.status_of(permit))])
    if permit.valid_to:
        status = _("%(status)s, term until %(day)s", status=status, day=day(permit.valid_to))
    return Row(label=str(PERMIT_KIND[PermitKind(permit.kind)]), value=permit.number, note=status)


def promise_rows(file: IntegrityFile) -> tuple[Row, ...]:
    """Return the rows of the part on promises (诚信守诺情况): what the agency has to show to everybody."""
    agency = file.agency
    return (
        Row(label=_("Fees"), value=agency.fee_notice),
        Row(label=_("Business phone"), value=agency.business_phone),
        Row(label=_("Supervision phone of the agency"), value=agency.supervision_phone),
        Row(label=_("Website"), value=agency.website),
    )


def basic_rows(file: IntegrityFile) -> tuple[Row, ...]:
    """Return the rows of the part on basic facts (单位基本信息)."""
    agency = file.agency
    return (
        Row(
            label=_("Credit code"),
            value=agency.uscc or "",
            note=_notes(file, Flag.USCC_CHECK, Flag.USCC_TAKEN),
        ),
        Row(
            label=_("Region"),
            value=" ".join(file.places) or agency.place,
            note=_notes(file, Flag.REGION_UNKNOWN),
        ),
        Row(label=_("Office address"), value=agency.address),
        Row(label=_("Legal representative"), value=agency.legal_representative),
        Row(label=_("Founded"), value=agency.established),
        Row(label=_("Ownership"), value=agency.ownership),
        *(Row(label=str(NAME_KIND[NameKind(each.kind)]), value=each.name) for each in file.names),
        *_tie_rows(file),
        *_source_rows(file),
    )


def _tie_rows(file: IntegrityFile) -> Iterator[Row]:
    """Yield the organisations that records tie to this one, each with a dated sentence and its source."""
    for tied in file.supervised.ties:
        yield Row(
            label=_("Later organisation") if tied.is_later else _("Earlier organisation"),
            value=tied.other.name,
            url=url_for("portal.agency", uid=tied.other.uid),
            note=tie_sentence(tied),
        )


def _source_rows(file: IntegrityFile) -> Iterator[Row]:
    if file.agency.source:
        yield Row(label=_("Source of the record"), value=file.agency.source, note=file.agency.source_ref)


def _notes(file: IntegrityFile, *flags: Flag) -> str:
    """Return the sentences of those flags the record is kept with."""
    kept = file.agency.flags.replace(",", " ").split()
    return " ".join(str(FLAG[flag]) for flag in flags if flag in kept)


def licence_notes(file: IntegrityFile) -> str:
    """Return what has to be said about the licence record, if anything."""
    return _notes(
        file, Flag.STATUS_UNKNOWN, Flag.STATUS_CONTRADICTS, Flag.LICENCE_SHARED, Flag.DATE_UNREADABLE
    )
