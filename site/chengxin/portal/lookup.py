"""The rows of the lookup: each agency with what tells it apart from its look-alikes, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.labels import LICENCE_STATUS
from chengxin.agencies.models import Agency, AgencyName, Permit
from chengxin.agencies.rules import LicenceStatus, NameKind, licence_status
from chengxin.core.i18n import gettext as _
from chengxin.portal.integrity_file import deciding_permit
from chengxin.search.ranking import Hit, Matched
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing, Verdict
from chengxin.voices.complaints import queries as complaints

COUNTED = timedelta(days=365)
OTHER_NAMES = 2


@dataclass(frozen=True, kw_only=True)
class Row:
    """One agency in the list of answers."""

    uid: str
    name: str
    standing: Standing
    place: str
    licence_no: str
    licence: str
    uscc: str
    upheld: int
    why: str
    is_similar: bool


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is known of all agencies of one page of answers."""

    agencies: Mapping[int, Agency]
    names: Mapping[int, Sequence[AgencyName]]
    permits: Mapping[int, Sequence[Permit]]
    verdicts: Mapping[int, Verdict]
    upheld: Mapping[int, int]
    regions: Mapping[str, str]


def rows_of(session: Session, hits: Sequence[Hit], *, today: date) -> list[Row]:
    """Return the rows of some hits in their order; an agency the index alone still knows is left out."""
    known = _known(session, [hit.agency_id for hit in hits], today)
    return [_row(hit, known, today) for hit in hits if hit.agency_id in known.agencies]


def _known(session: Session, ids: Sequence[int], today: date) -> _Known:
    found = agencies.by_ids(session, ids)
    return _Known(
        agencies=found,
        names=agencies.names_of(session, ids),
        permits=agencies.permits_of(session, ids),
        verdicts=verdicts(session, list(found.values()), today=today),
        upheld=complaints.upheld_by_agency(session, ids, since=today - COUNTED),
        regions=regions.names(session, {each.region_code for each in found.values() if each.region_code}),
    )


def _row(hit: Hit, known: _Known, today: date) -> Row:
    agency, permits = known.agencies[hit.agency_id], known.permits[hit.agency_id]
    licence = licence_status(permits, today)
    permit = deciding_permit(permits, licence, today)
    return Row(
        uid=agency.uid,
        name=agency.name,
        standing=known.verdicts[agency.id].standing,
        place=known.regions.get(agency.region_code or "", agency.place),
        licence_no=permit.number if permit else "",
        licence=str(LICENCE_STATUS[LicenceStatus(licence)]),
        uscc=agency.uscc or "",
        upheld=known.upheld.get(agency.id, 0),
        why=_why(hit.matched, agency.name, known.names[agency.id]),
        is_similar=hit.matched is Matched.SIMILAR,
    )


def _why(matched: Matched, name: str, names: Sequence[AgencyName]) -> str:
    """Return why an agency is among the answers when its name alone does not show it."""
    formers = [each.name for each in names if each.kind == NameKind.FORMER][:OTHER_NAMES]
    others = [each.name for each in names if each.kind != NameKind.FORMER and each.name not in name][
        :OTHER_NAMES
    ]
    words = {
        Matched.NAME: "",
        Matched.ALIAS: _("Also known as: %(names)s", names=_("; ").join(others)) if others else "",
        Matched.FORMER: _("Formerly: %(names)s", names=_("; ").join(formers)),
        Matched.PINYIN: _("Found by sound"),
        Matched.INITIALS: _("Found by first letters"),
        Matched.CODE: _("Found by number"),
        Matched.SIMILAR: _("Similar name, another agency"),
    }
    return words[matched]
