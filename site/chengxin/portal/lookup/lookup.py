"""The rows of the lookup: each agency with what tells it apart from its look-alikes, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency, AgencyName
from chengxin.agencies.rules import NameKind
from chengxin.core.folding import compact
from chengxin.core.i18n import gettext as _
from chengxin.portal.identity import Identity, identities
from chengxin.portal.lookup.neighbours import left_in_words
from chengxin.search.ranking import Hit, Matched
from chengxin.voices.complaints import queries as complaints

COUNTED = timedelta(days=365)
OTHER_NAMES = 2


@dataclass(frozen=True, kw_only=True)
class Row:
    """One agency in the list of answers."""

    agency: Agency
    identity: Identity
    upheld: int
    why: str
    names: str
    is_similar: bool

    @property
    def left(self) -> str:
        """Return in words that it was listed and is no longer, or nothing."""
        return left_in_words(self.identity.departure)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is known of all agencies of one page of answers."""

    agencies: Mapping[int, Agency]
    identities: Mapping[int, Identity]
    names: Mapping[int, Sequence[AgencyName]]
    upheld: Mapping[int, int]


def rows_of(session: Session, hits: Sequence[Hit], *, today: date, q: str = "") -> list[Row]:
    """Return the rows of some hits in their order; an agency the index alone still knows is left out."""
    ids = [hit.agency_id for hit in hits]
    found = agencies.by_ids(session, ids)
    known = _Known(
        agencies=found,
        identities=identities(session, list(found.values()), today=today),
        names=agencies.names_of(session, ids),
        upheld=complaints.upheld_by_agency(session, ids, since=today - COUNTED),
    )
    typed = compact(q)
    return [_row(hit, known, typed) for hit in hits if hit.agency_id in found]


def _row(hit: Hit, known: _Known, typed: str) -> Row:
    agency = known.agencies[hit.agency_id]
    names = sorted(known.names[agency.id], key=lambda each: typed not in compact(each.name))
    why, others = _why(hit.matched, agency.name, names)
    return Row(
        agency=agency,
        identity=known.identities[agency.id],
        upheld=known.upheld.get(agency.id, 0),
        why=why,
        names=_("; ").join(others),
        is_similar=hit.matched is Matched.SIMILAR,
    )


def _why(matched: Matched, name: str, names: Sequence[AgencyName]) -> tuple[str, Sequence[str]]:
    """Return why an agency is among the answers when its name alone does not show it, and by which names."""
    if matched is Matched.FORMER:
        return _once(names)
    if matched is Matched.ALIAS:
        others = [each for each in _of_kind(names, NameKind.ALIAS, NameKind.TRADE) if each not in name]
        return (_("Also known as"), others) if others else ("", ())
    words = {
        Matched.PINYIN: _("Found by sound"),
        Matched.INITIALS: _("Found by first letters"),
        Matched.CODE: _("Found by number"),
        Matched.SIMILAR: _("Similar name, another agency"),
    }
    return words.get(matched, ""), ()


def _once(names: Sequence[AgencyName]) -> tuple[str, Sequence[str]]:
    """Return under which name it was known, likeliest first: its own, or that of an agency it took over."""
    kind = next((each.kind for each in names if each.kind in {NameKind.FORMER, NameKind.MERGED}), "")
    words = {NameKind.FORMER: _("Formerly"), NameKind.MERGED: _("Merged into it")}
    return (words[NameKind(kind)], _of_kind(names, NameKind(kind))[:1]) if kind else ("", ())


def _of_kind(names: Sequence[AgencyName], *kinds: NameKind) -> list[str]:
    return [each.name for each in names if each.kind in kinds][:OTHER_NAMES]
