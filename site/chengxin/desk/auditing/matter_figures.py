"""What came and ended of ratings, objections, credit repairs and corrections by the ledger, and what waits of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.clock import SHANGHAI, day_of
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.ledger.models import Event
from chengxin.ledger.rules import canonical
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State as RatingState
from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import State as CorrectionState
from chengxin.standing.objections import rules as objection_rules
from chengxin.standing.objections.models import Objection
from chengxin.standing.repairs import rules as repair_rules
from chengxin.standing.repairs.models import Repair

# A rating is decided once, when it leaves the state it came in; what is hidden or shown later is no second answer.
UNDECIDED = canonical({"state": RatingState.PENDING})


@dataclass(frozen=True)
class Kind:
    """One kind of matter: its events that bring one in or end one, and the rows that wait, since when."""

    label: str
    came: frozenset[str]
    ended: frozenset[str]
    waits: ColumnElement[bool]
    since: Any


@dataclass(frozen=True)
class Matter:
    """What came and ended of a kind in some months, how many wait now, and for how many days the oldest."""

    label: str
    received: int
    ended: int
    waiting: int
    oldest: int | None


KINDS: Mapping[str, Kind] = {
    "rating": Kind(
        _l("Ratings"),
        frozenset({"rate"}),
        frozenset({"publish", "hide", "remove"}),
        Rating.state == RatingState.PENDING,
        Rating.received_on,
    ),
    "objection": Kind(
        _l("Objections"),
        frozenset({"objection.received", "objection.review_asked"}),
        frozenset({"objection.refused", "objection.decided", "objection.reviewed", "objection.withdrawn"}),
        Objection.state.in_(sorted(objection_rules.OPEN)),
        Objection.received_on,
    ),
    "repair": Kind(
        _l("Credit repair"),
        frozenset({"repair.requested"}),
        frozenset(
            {"repair.returned", "repair.granted", "repair.refused", "repair.withdrawn", "repair.lapsed"}
        ),
        Repair.state.in_(sorted(repair_rules.OPEN)),
        Repair.requested_on,
    ),
    "correction": Kind(
        _l("Corrections"),
        frozenset({"correction.proposed"}),
        frozenset({"correction.confirmed", "correction.declined"}),
        Correction.state == CorrectionState.PROPOSED,
        Correction.created_at,
    ),
}


def since(session: Session, day: date) -> list[Matter]:
    """Return a line for each kind of matter, with what came and ended since a day."""
    told = _told(session, datetime.combine(day, time(), SHANGHAI).astimezone(UTC))
    return [_matter(session, kind, told[name]) for name, kind in KINDS.items()]


def _told(session: Session, moment: datetime) -> Mapping[str, Counter[str]]:
    """Return how often each verb happened since a moment, by the kind of record; ratings only while undecided."""
    rows = (
        select(Event.subject_kind, Event.verb, func.count())
        .where(Event.subject_kind.in_(KINDS), Event.at >= moment)
        .where((Event.subject_kind != "rating") | (Event.verb == "rate") | (Event.old == UNDECIDED))
        .group_by(Event.subject_kind, Event.verb)
    )
    told: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    for kind, verb, count in session.execute(rows):
        told[kind][verb] += count
    return told


def _matter(session: Session, kind: Kind, told: Counter[str]) -> Matter:
    waiting, oldest = session.execute(select(func.count(), func.min(kind.since)).where(kind.waits)).one()
    if isinstance(oldest, datetime):
        oldest = day_of(oldest)
    return Matter(
        label=kind.label,
        received=sum(told[verb] for verb in kind.came),
        ended=sum(told[verb] for verb in kind.ended),
        waiting=waiting,
        oldest=(clock.today() - oldest).days if oldest else None,
    )
