"""The words at the head of an integrity file: the verdict, the figures and the timeline."""

from dataclasses import dataclass

from flask import url_for

from chengxin.agencies.labels import LICENCE_STATUS, PERMIT_KIND
from chengxin.agencies.models import Permit
from chengxin.agencies.rules import LicenceStatus, PermitKind
from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.portal.integrity.integrity_file import Entry, Happening, IntegrityFile
from chengxin.portal.integrity.integrity_lines import Line, Link
from chengxin.portal.integrity.integrity_supervision import mark_links, supervision_line
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, Level
from chengxin.standing.labels import STANDING
from chengxin.standing.rules import Mark, Standing
from chengxin.standing.sanctions.labels import LEGAL_KIND, NOTICE_KIND
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind
from chengxin.standing.titles import conflicts
from chengxin.voices.complaints.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of the strip below the banner."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Banner:
    """The verdict in words: how it stands, why, and what else is in force."""

    standing: str
    heading: str
    reason: str = ""
    notice_url: str = ""
    year: str = ""
    also: tuple[Link, ...] = ()


def banner_of(file: IntegrityFile) -> Banner:
    """Return the verdict in words."""
    first = file.verdict.marks[0]
    return Banner(
        standing=first.standing,
        heading=_heading(first),
        reason=first.notice.reason if first.notice else "",
        notice_url=_notice_url(first),
        year=str(first.year or ""),
        also=(
            *(Link(text=_heading(mark), url=_notice_url(mark)) for mark in file.verdict.also),
            *mark_links(file),
        ),
    )


def _heading(mark: Mark) -> str:
    word = str(STANDING[mark.standing])
    if mark.standing is Standing.EXEMPLARY and mark.year:
        return _("%(standing)s, year %(year)s", standing=word, year=mark.year)
    if mark.until and mark.notice:
        return _("%(standing)s, public until %(day)s", standing=word, day=day(mark.until))
    return word


def _notice_url(mark: Mark) -> str:
    return url_for("portal.notice", year=mark.notice.year, number=mark.notice.number) if mark.notice else ""


def figures_of(file: IntegrityFile) -> tuple[Figure, ...]:
    """Return the four figures below the banner."""
    permit = file.main_permit
    until = permit.valid_to if permit and file.licence is LicenceStatus.VALID else None
    year, score = file.last_year, file.score
    return (
        Figure(
            label=_("Licence"),
            value=str(LICENCE_STATUS[file.licence]),
            note=_("until %(day)s", day=day(until)) if until else "",
        ),
        Figure(
            label=_("Complaints, last 12 months"),
            value=str(year.total()),
            note=_(
                "%(upheld)s upheld, %(waiting)s being handled",
                upheld=year[Outcome.UPHELD],
                waiting=year[Outcome.OPEN],
            ),
        ),
        Figure(
            label=_("Public rating"),
            value=str(score.mean) if score else "–",
            unit="/ 5" if score else "",
            note=_("%(n)s ratings", n=file.ratings.total),
        ),
        Figure(
            label=_("Integrity grade"),
            value=file.agency.grade or "–",
            note="" if file.agency.grade else _("Not assessed yet"),
        ),
    )


def timeline_of(file: IntegrityFile) -> tuple[Line, ...]:
    """Return the dated lines, newest first."""
    return tuple(_line(entry, file) for entry in file.timeline)


def _line(entry: Entry, file: IntegrityFile) -> Line:
    if entry.notice:
        return _notice_line(entry, entry.notice)
    if entry.honour:
        return _honour_line(entry, entry.honour, file)
    if entry.permit:
        return _permit_line(entry, entry.permit, file)
    supervised = supervision_line(entry)
    if supervised:
        return supervised
    text = _("Put together afterwards, from the records there were.") if file.agency.backfilled else ""
    return Line(date=entry.on, title=_("Integrity file opened"), text=text)


def _honour_line(entry: Entry, honour: Honour, file: IntegrityFile) -> Line:
    kind = str(HONOUR_KIND[HonourKind(honour.kind)])
    suspended = _("Suspended") if conflicts(file.verdict) else ""
    return Line(
        date=entry.on,
        title=_("%(title)s, year %(year)s", title=kind, year=honour.year),
        text=str(LEVEL[Level(honour.level)]),
        url=url_for("portal.exemplar", year=honour.year, honour_id=honour.id),
        standing=entry.standing or "",
        tag=_("Ended") if entry.over else suspended,
    )


def _notice_line(entry: Entry, notice: Sanction) -> Line:
    kind = str(NOTICE_KIND[NoticeKind(notice.notice_kind)])
    return Line(
        date=entry.on,
        title=_(
            "%(kind)s: %(what)s", kind=kind, what=notice.summary or LEGAL_KIND[LegalKind(notice.legal_kind)]
        ),
        text=notice.decision_no,
        url=url_for("portal.notice", year=notice.year, number=notice.number),
        standing=entry.standing or "",
    )


def _permit_line(entry: Entry, permit: Permit, file: IntegrityFile) -> Line:
    kind = str(PERMIT_KIND[PermitKind(permit.kind)])
    if entry.happening is Happening.PERMIT_GRANTED:
        return Line(date=entry.on, title=_("%(permit)s granted", permit=kind), text=permit.number)
    ending = str(LICENCE_STATUS[LicenceStatus(file.status_of(permit))])
    return Line(
        date=entry.on,
        title=_("%(kind)s: %(what)s", kind=kind, what=ending),
        text=permit.number,
        standing=Standing.REVOKED if ending == str(LICENCE_STATUS[LicenceStatus.REVOKED]) else "",
    )
