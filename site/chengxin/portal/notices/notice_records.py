"""What pages, tables and feeds tell of a notice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.rules import Flag
from chengxin.core.i18n import gettext as _
from chengxin.portal.formats import Entry, absolute, instant
from chengxin.portal.share_card import Card
from chengxin.standing.labels import STANDING
from chengxin.standing.rules import Standing, standing_of_notice
from chengxin.standing.sanctions.basis import readable, rows_of
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, PROCEDURE, SEVERITY
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.queries import awaits_review
from chengxin.standing.sanctions.rules import Category, LegalKind, NoticeKind, Procedure, Severity


@dataclass(frozen=True)
class Notice:
    """A notice in force with what stands beside it in other rooms."""

    sanction: Sanction
    standing: Standing
    agency_uid: str
    region: str

    @property
    def number(self) -> str:
        """Return the notice's number as readers name it."""
        return number_of(self.sanction.year or 0, self.sanction.number or 0)

    @property
    def address(self) -> dict[str, Any]:
        """Return what makes the notice's address."""
        return {"year": self.sanction.year or 0, "number": self.sanction.number or 0}

    @property
    def kind(self) -> str:
        """Return the words for its kind."""
        return str(NOTICE_KIND[NoticeKind(self.sanction.notice_kind)])

    @property
    def legal_kind(self) -> str:
        """Return the words for what it is in law."""
        return str(LEGAL_KIND[LegalKind(self.sanction.legal_kind)])

    @property
    def severity(self) -> str:
        """Return the words for its class."""
        return str(SEVERITY[Severity(self.sanction.severity)])

    @property
    def category(self) -> str:
        """Return the words for what was done."""
        return str(CATEGORY[Category(self.sanction.category)])

    @property
    def procedure(self) -> str:
        """Return the words for how it was decided."""
        return str(PROCEDURE[Procedure(self.sanction.procedure)])

    @property
    def articles(self) -> str:
        """Return the articles the decision rests on, in one line."""
        return readable(rows_of(self.sanction.basis_articles))

    @property
    def is_urgent(self) -> bool:
        """Return whether it was published before its legal review, which is still to come."""
        return awaits_review(self.sanction)

    @property
    def code_is_doubtful(self) -> bool:
        """Return whether the credit code was published with a wrong check character."""
        return Flag.USCC_CHECK in self.sanction.flags.split()


def number_of(year: int, number: int) -> str:
    """Return the number of a notice as readers name it."""
    return _("Notice No. %(number)s of %(year)s", number=number, year=year)


def notices_of(session: Session, sanctions: Sequence[Sanction]) -> list[Notice]:
    """Return notices with the agencies and regions they name, in a fixed number of queries."""
    known = agencies.by_ids(session, {each.agency_id for each in sanctions if each.agency_id})
    names = regions.names(session, {each.region_code for each in sanctions if each.region_code})
    return [
        Notice(
            each,
            standing_of_notice(each.notice_kind, each.legal_kind),
            known[each.agency_id].uid if each.agency_id else "",
            names.get(each.region_code or "", ""),
        )
        for each in sanctions
    ]


def citation(notice: Notice, today: date) -> str:
    """Return how to cite a notice by GB/T 7714."""
    sanction, url = notice.sanction, absolute("portal.short_notice", **notice.address)
    published = sanction.published_on or sanction.decision_date
    return (
        f"{sanction.authority}. {sanction.title}: {sanction.decision_no}[A/OL]. "
        f"({published.isoformat()})[{today.isoformat()}]. {url}."
    )


def card_of(notice: Notice) -> Card:
    """Return the card of a shared notice: who, which standing, what for, and of which day."""
    sanction, word = notice.sanction, STANDING[notice.standing]
    reason, on = sanction.summary or notice.category, sanction.published_on or sanction.decision_date
    url = absolute("portal.short_notice", **notice.address)
    return Card(f"{sanction.party_name}{_(': ')}{word}", f"{reason} ({on.isoformat()})", url, notice.standing)


def brief(notice: Notice) -> dict[str, object]:
    """Return a notice as the JSON of the list tells it."""
    sanction = notice.sanction
    return {
        "year": sanction.year,
        "number": sanction.number,
        "address": absolute("portal.notice", **notice.address),
        "title": sanction.title,
        "summary": sanction.summary,
        "kind": sanction.notice_kind,
        "legal_kind": sanction.legal_kind,
        "severity": sanction.severity,
        "urgent": notice.is_urgent,
        "category": sanction.category,
        "standing": notice.standing,
        "party": {"name": sanction.party_name, "uscc": sanction.party_uscc, "uid": notice.agency_uid},
        "region": {"code": sanction.region_code or "", "name": notice.region},
        "decision_no": sanction.decision_no,
        "decision_date": sanction.decision_date,
        "authority": sanction.authority,
        "published_on": sanction.published_on,
        "public_until": sanction.max_until,
        "list_name": sanction.list_name or None,
        "rectify_by": sanction.rectify_by,
        "batch": sanction.period,
    }


def full(notice: Notice, revisions: Iterable[SanctionRevision], today: date) -> dict[str, object]:
    """Return a notice as its own JSON tells it: everything its page shows."""
    sanction = notice.sanction
    return {
        **brief(notice),
        "state": sanction.state,
        "facts": sanction.facts,
        "basis": sanction.basis,
        "articles": [
            {"regulation": each.regulation, "article": each.article}
            for each in rows_of(sanction.basis_articles)
        ],
        "procedure": sanction.procedure,
        "naming": sanction.naming,
        "measures": sanction.measures,
        "amount": sanction.amount,
        "agency_statement": sanction.agency_statement,
        "remedies": sanction.remedies,
        "doubtful": ["party.uscc"] if notice.code_is_doubtful else [],
        "source": sanction.source,
        "revisions": [
            {"revision": each.revision, "published_on": each.published_on, "note": each.note}
            for each in revisions
        ],
        "permanent_address": absolute("portal.short_notice", **notice.address),
        "citation": citation(notice, today),
    }


def table_head() -> list[str]:
    """Return the heads of the table of notices."""
    return [
        _("Number"),
        _("Title"),
        _("Named party"),
        _("Credit code"),
        _("Kind"),
        _("Decision in law"),
        _("Class"),
        _("Conduct"),
        _("Region"),
        _("Decision number"),
        _("Decision date"),
        _("Authority"),
        _("Published on"),
        _("Public until"),
        _("Summary"),
        _("Address"),
        _("Batch"),
    ]


def table_row(notice: Notice) -> list[object]:
    """Return a notice as a row of that table."""
    sanction = notice.sanction
    return [
        f"{sanction.year}-{sanction.number}",
        sanction.title,
        sanction.party_name,
        sanction.party_uscc,
        notice.kind,
        notice.legal_kind,
        notice.severity,
        notice.category,
        notice.region,
        sanction.decision_no,
        sanction.decision_date,
        sanction.authority,
        sanction.published_on,
        sanction.max_until,
        sanction.summary,
        absolute("portal.notice", **notice.address),
        sanction.period,
    ]


def feed_entry(notice: Notice, corrected_on: date | None = None) -> Entry:
    """Return a notice as an entry of a feed; a correction brings it back to the top of feed readers."""
    sanction = notice.sanction
    published = sanction.published_at or instant(sanction.published_on or sanction.decision_date)
    return Entry(
        id=absolute("portal.short_notice", **notice.address),
        title=sanction.title,
        url=absolute("portal.notice", **notice.address),
        published=published,
        updated=max(published, instant(corrected_on)) if corrected_on else published,
        summary=sanction.summary,
        categories=(sanction.notice_kind, *(("urgent",) if notice.is_urgent else ())),
    )
