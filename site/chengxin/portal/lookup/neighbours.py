"""The agencies beside an agency: those it may be taken for, those that became part of it, what it became."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import merging
from chengxin.agencies.leaving import Departure, Leaving
from chengxin.agencies.models import Agency
from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.portal.formats import absolute
from chengxin.portal.identity import Identity, identities
from chengxin.search.likeness import Likeness
from chengxin.search.lookalikes import LookAlike, look_alikes

LEFT = {
    Leaving.MERGED: _l("Was listed, then merged into another agency"),
    Leaving.CLOSED: _l("Was listed, has closed"),
    Leaving.UNLISTED: _l("Was listed, its source lists it no longer"),
    Leaving.LICENCE_ENDED: _l("Was listed, its licence has ended"),
}
ALIKE = {
    Likeness.HOMOPHONE: _l("Same sound"),
    Likeness.SHAPE: _l("Similar characters"),
    Likeness.SWAPPED: _l("Characters swapped"),
    Likeness.ONE_CHARACTER: _l("One character differs"),
    Likeness.TRADITIONAL: _l("Written in the other script"),
}


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another agency with a name like this one's, and in words how the two differ."""

    identity: Identity
    why: Likeness
    words: str
    names: str


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The agencies beside one agency on a day."""

    alike: Sequence[Alike] = ()
    crowded: bool = False
    absorbed: Sequence[Agency] = ()
    successor: Agency | None = None
    departure: Departure | None = None

    @property
    def left(self) -> str:
        """Return in words that the agency was listed and is no longer, or nothing."""
        return left_in_words(self.departure)

    def as_json(self) -> dict[str, Any]:
        """Return the same for programs."""
        departure = self.departure
        return {
            "look_alikes": [_alike_json(each) for each in self.alike],
            "merged": [{"uid": each.uid, "name": each.name, "on": each.left_on} for each in self.absorbed],
            "merged_into": self.successor.uid if self.successor else None,
            "departure": {"kind": departure.kind, "on": departure.on} if departure else None,
        }


def neighbours_of(session: Session, agency: Agency, *, today: date) -> Neighbours:
    """Return the agencies beside an agency."""
    alike, crowded = alike_of(session, agency, today=today)
    own = identities(session, [agency], today=today)[agency.id]
    return Neighbours(
        alike=alike,
        crowded=crowded,
        absorbed=merging.merged_into(session, agency.id),
        successor=merging.successor_of(session, agency),
        departure=own.departure,
    )


def alike_of(session: Session, agency: Agency, *, today: date) -> tuple[Sequence[Alike], bool]:
    """Return the look-alikes of an agency with what tells them apart, and whether there are more."""
    found = look_alikes(session, agency)
    known = identities(session, [each.agency for each in found.found], today=today)
    return [_alike(each, known[each.agency.id]) for each in found.found], found.crowded


def left_in_words(departure: Departure | None) -> str:
    """Return in words that an agency was listed and is no longer, with the day where it is known."""
    if departure is None:
        return ""
    words = str(LEFT[departure.kind])
    return _("%(words)s (%(day)s)", words=words, day=day(departure.on)) if departure.on else words


def _alike(found: LookAlike, identity: Identity) -> Alike:
    return Alike(
        identity=identity,
        why=found.why,
        words=_words(found),
        names=""
        if found.why is Likeness.SAME
        else _("%(one)s / %(other)s", one=found.own, other=found.other),
    )


def _words(found: LookAlike) -> str:
    if found.why is not Likeness.SAME:
        return str(ALIKE[found.why])
    return _("Same trade name, another place") if found.elsewhere else _("Same trade name")


def _alike_json(each: Alike) -> dict[str, Any]:
    identity = each.identity
    return {
        "uid": identity.uid,
        "url": absolute("portal.agency", uid=identity.uid),
        "name": identity.name,
        "place": identity.place or None,
        "licence_no": identity.licence_no or None,
        "uscc": identity.uscc or None,
        "standing": identity.standing,
        "why": each.why,
    }
