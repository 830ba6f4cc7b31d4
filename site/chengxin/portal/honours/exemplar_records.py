"""One exemplary title as pages, tables, JSON and feeds show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.portal.formats import Entry, absolute, instant
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL, holder_words, merit_words, named
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, Level, State, is_in_force
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.queries import OpenMark
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing
from chengxin.standing.titles import conflicts


@dataclass(frozen=True)
class Title:
    """A title with its agency and how that agency stands today."""

    honour: Honour
    agency: Agency
    standing: Standing
    suspended: bool
    today: date

    @property
    def name(self) -> str:
        """Return who holds it: the agency, or its window or worker; a person only with consent."""
        return f"{self.agency.name} {self.holder}".strip()

    @property
    def holder(self) -> str:
        """Return the window or the worker as the public may read it."""
        return holder_words(self.honour)

    @property
    def merit(self) -> str:
        """Return why it was named."""
        return merit_words(self.honour)

    @property
    def level(self) -> str:
        """Return the words for who named."""
        return str(LEVEL[Level(self.honour.level)])

    @property
    def kind(self) -> str:
        """Return the words for what is named."""
        return str(HONOUR_KIND[HonourKind(self.honour.kind)])

    @property
    def in_force(self) -> bool:
        """Tell whether the term runs and the title was not withdrawn."""
        return is_in_force(self.honour.state, self.honour.valid_until, self.today)

    @property
    def counts(self) -> bool:
        """Tell whether the title counts today: in force, and nothing heavier known of its agency."""
        return self.in_force and not self.suspended

    @property
    def state(self) -> str:
        """Return the word for a title that does not count, or nothing for one that does."""
        if self.honour.state == State.WITHDRAWN:
            return _("Title withdrawn")
        if not self.in_force:
            return _("Term over")
        return _("Suspended") if self.suspended else ""


def titles_of(session: Session, honours: Sequence[Honour]) -> list[Title]:
    """Return titles with what their pages need, in a fixed number of queries."""
    today = clock.today()
    holders = agencies.by_ids(session, {each.agency_id for each in honours})
    judged = verdicts(session, holders.values(), today=today)
    return [
        Title(
            each,
            holders[each.agency_id],
            judged[each.agency_id].standing,
            bool(conflicts(judged[each.agency_id])),
            today,
        )
        for each in honours
    ]


def marks_of(session: Session, titles: Sequence[Title]) -> Mapping[int, Sequence[OpenMark]]:
    """Return the marks of the objections under review, by title."""
    return objections.open_marks(session, "honour", [each.honour.id for each in titles])


def objection_url(honour_id: int) -> str:
    """Return where a reader objects to a title."""
    return url_for("portal.dispute", record=f"exemplary/{honour_id}")


def table_head() -> list[str]:
    """Return the names of the columns of the table."""
    return [
        *(_("Year"), _("Kind"), _("Agency"), _("Credit code"), _("Holder"), _("Level"), _("Merit")),
        *(_("Decision number"), _("Awarded on"), _("Valid until"), _("State"), _("Address")),
    ]


def table_row(title: Title) -> list[object]:
    """Return a title as a row of the table."""
    honour, agency = title.honour, title.agency
    return [
        *(honour.year, title.kind, agency.name, agency.uscc, title.holder, title.level, title.merit),
        *(honour.decision_no, honour.awarded_on, honour.valid_until, title.state or _("In force")),
        absolute("portal.agency", uid=agency.uid),
    ]


def record(title: Title) -> dict[str, object]:
    """Return a title as JSON tells it; the holder is null when a person is not to be named."""
    honour, agency = title.honour, title.agency
    return {
        "id": honour.id,
        "year": honour.year,
        "kind": honour.kind,
        "level": honour.level,
        "holder": honour.holder if named(honour) else None,
        "merit": title.merit,
        "renewal": honour.renews_id is not None,
        "decision_no": honour.decision_no,
        "awarded_on": honour.awarded_on,
        "valid_until": honour.valid_until,
        "in_force": title.in_force,
        "suspended": title.suspended,
        "counts": title.counts,
        "agency": {"uid": agency.uid, "name": agency.name, "uscc": agency.uscc, "standing": title.standing},
        "address": absolute("portal.agency", uid=agency.uid),
        "certificate": absolute("portal.exemplar", year=honour.year, honour_id=honour.id),
    }


def feed_entry(title: Title) -> Entry:
    """Return a title as an entry of the feed."""
    honour = title.honour
    awarded = instant(honour.awarded_on or date(honour.year, 1, 1))
    page = absolute("portal.exemplars", year=honour.year)
    return Entry(
        id=f"{page}#title-{honour.id}",
        title=title.name,
        url=absolute("portal.agency", uid=title.agency.uid),
        published=awarded,
        updated=awarded,
        summary=title.merit,
        categories=(honour.kind, honour.level),
    )
