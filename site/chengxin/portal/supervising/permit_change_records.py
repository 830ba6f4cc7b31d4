"""What pages, tables and feeds tell of a change of a permit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.labels import PERMIT_KIND
from chengxin.agencies.models import Agency
from chengxin.agencies.permits.labels import CHANGE, FACT
from chengxin.agencies.permits.queries import Happened
from chengxin.agencies.permits.rules import Fact
from chengxin.agencies.rules import PermitKind
from chengxin.core.i18n import day, language_of
from chengxin.core.i18n import gettext as _
from chengxin.portal.formats import Entry, absolute, instant


def change_words(happened: Happened) -> str:
    """Return what happened in words: the change, and for a fact the old and the new words."""
    word = str(CHANGE[happened.change])
    if not happened.fact:
        return word
    fact = str(FACT[Fact(happened.fact)])
    if not happened.old:
        return _("%(change)s: %(fact)s now %(new)s", change=word, fact=fact, new=happened.new)
    return _(
        "%(change)s: %(fact)s from %(old)s to %(new)s",
        change=word,
        fact=fact,
        old=happened.old,
        new=happened.new,
    )


@dataclass(frozen=True)
class Change:
    """A change of a permit with the agency and the region it belongs to."""

    happened: Happened
    agency: Agency
    region: str

    @property
    def permit(self) -> str:
        """Return the words for the kind of permit."""
        return str(PERMIT_KIND[PermitKind(self.happened.permit_kind)])

    @property
    def words(self) -> str:
        """Return what happened in words."""
        return change_words(self.happened)

    @property
    def words_lang(self) -> str:
        """Return the language of those words, where they quote a record on a page that is not Chinese."""
        return language_of(self.words)

    @property
    def note(self) -> str:
        """Return what has to be said about the day, if the source did not tell it."""
        if self.happened.dated:
            return ""
        return _("The source tells no day; learnt on %(day)s.", day=day(self.happened.on))


def changes_of(session: Session, found: Sequence[Happened]) -> list[Change]:
    """Return changes with what stands beside them, in a fixed number of queries."""
    holders = agencies.by_ids(session, {each.agency_id for each in found})
    names = regions.names(session, {each.region_code for each in found if each.region_code})
    return [Change(each, holders[each.agency_id], names.get(each.region_code or "", "")) for each in found]


def brief(change: Change) -> dict[str, object]:
    """Return a change as JSON tells it."""
    happened, agency = change.happened, change.agency
    return {
        "id": happened.key,
        "kind": happened.change,
        "on": happened.on,
        "on_is_told": happened.dated,
        "permit": {"kind": happened.permit_kind, "number": happened.permit_number},
        "changed": {"field": happened.fact, "old": happened.old, "new": happened.new}
        if happened.fact
        else None,
        "decision_no": happened.decision_no or None,
        "agency": {"uid": agency.uid, "name": agency.name, "uscc": agency.uscc},
        "region": {"code": happened.region_code, "name": change.region},
        "source": happened.source or None,
        "recorded_at": happened.recorded_at,
        "address": absolute("portal.agency", uid=agency.uid),
    }


def table_head() -> list[str]:
    """Return the heads of the table of changes."""
    return [
        *(_("Day"), _("Day told by the source"), _("Kind of change"), _("Field"), _("Before"), _("After")),
        *(_("Permit"), _("Permit number"), _("Agency"), _("Credit code"), _("Region")),
        *(_("Decision number"), _("Source"), _("Recorded at"), _("Address")),
    ]


def table_row(change: Change) -> list[object]:
    """Return a change as a row of that table."""
    happened, agency = change.happened, change.agency
    fact = str(FACT[Fact(happened.fact)]) if happened.fact else ""
    told = _("yes") if happened.dated else _("no")
    return [
        *(happened.on, told, str(CHANGE[happened.change]), fact, happened.old, happened.new),
        *(change.permit, happened.permit_number, agency.name, agency.uscc, change.region),
        *(happened.decision_no, happened.source, happened.recorded_at),
        absolute("portal.agency", uid=agency.uid),
    ]


def feed_entry(change: Change) -> Entry:
    """Return a change as an entry of a feed."""
    happened = change.happened
    return Entry(
        id=f"{absolute('portal.permit_changes')}#{happened.key}",
        title=_("%(agency)s: %(what)s", agency=change.agency.name, what=change.words),
        url=absolute("portal.agency", uid=change.agency.uid),
        published=instant(happened.on),
        updated=happened.recorded_at,
        summary=f"{change.permit} {happened.permit_number}",
        categories=(happened.change.value, happened.permit_kind),
    )
