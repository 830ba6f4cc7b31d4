"""Look-alikes: other agencies whose trade name may be taken for one agency's, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.folding import compact, printable
from chengxin.search.likeness import Likeness, are_one_house, likeness
from chengxin.search.models import Likeness as Key

MOST = 20
# What the eye or the ear misses stands before what anybody sees.
SHOWN_ORDER = (
    Likeness.TRADITIONAL,
    Likeness.HOMOPHONE,
    Likeness.SHAPE,
    Likeness.SWAPPED,
    Likeness.SAME,
    Likeness.ONE_CHARACTER,
)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Another agency, why it may be taken for the one asked about, and the two trade names."""

    agency: Agency
    why: Likeness
    own: str
    other: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The look-alikes of an agency, the easiest missed first; `crowded` when a name is too common to list all."""

    found: Sequence[LookAlike] = ()
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two agencies that share a key."""

    other_id: int
    why: Likeness
    own: str
    other: str


def look_alikes(session: Session, agency: Agency) -> LookAlikes:
    """Return the look-alikes of an agency in a fixed number of queries.

    A key that too many share counts only inside the city, one that too many share there not at all. That
    depends on the key alone, so two agencies always name each other or neither names the other.
    """
    keys = {row.key: row for row in session.execute(select(Key).where(Key.agency_id == agency.id)).scalars()}
    if not keys:
        return LookAlikes()
    city = next(iter(keys.values())).city
    wide, near, crowded = _shared(session, list(keys), city)
    pairs = _nearest(_pairs(session, agency, keys, _within(wide, near, city)))
    others = agencies.by_ids(session, list(pairs))
    found = [
        _look_alike(agency, others[each.other_id], each)
        for each in pairs.values()
        if not are_one_house(compact(agency.name), compact(others[each.other_id].name))
    ]
    return LookAlikes(sorted(found, key=_easiest_missed_first), crowded)


def _shared(session: Session, keys: Sequence[str], city: str) -> tuple[list[str], list[str], bool]:
    """Return the keys few share anywhere, those few share in the city, and whether some are too common."""
    here = func.sum(case((Key.city == city, 1), else_=0))
    rows = session.execute(
        select(Key.key, func.count().label("all"), here.label("here"))
        .where(Key.key.in_(keys))
        .group_by(Key.key)
        .order_by(Key.key)
    ).all()
    wide = [row.key for row in rows if row.all <= MOST]
    near = [row.key for row in rows if row.all > MOST >= row.here]
    return wide, near, len(wide) < len(rows)


def _within(wide: Sequence[str], near: Sequence[str], city: str) -> ColumnElement[bool]:
    return or_(Key.key.in_(wide), and_(Key.key.in_(near), Key.city == city))


def _pairs(
    session: Session, agency: Agency, keys: dict[str, Key], within: ColumnElement[bool]
) -> Iterator[_Pair]:
    rows = select(Key.agency_id, Key.key, Key.core).where(within, Key.agency_id != agency.id)
    for row in session.execute(rows.order_by(Key.agency_id, Key.key)):
        own = keys[row.key].core
        why = likeness(row.key, own, row.core)
        if why is not None:
            yield _Pair(row.agency_id, why, own, row.core)


def _nearest(pairs: Iterator[_Pair]) -> dict[int, _Pair]:
    """Return the surest pair of each other agency."""
    best: dict[int, _Pair] = {}
    for pair in pairs:
        known = best.get(pair.other_id)
        if known is None or pair.why.weight < known.why.weight:
            best[pair.other_id] = pair
    return best


def _look_alike(agency: Agency, other: Agency, pair: _Pair) -> LookAlike:
    why, own, theirs = pair.why, pair.own, pair.other
    if why is Likeness.SAME:
        own, theirs = _as_written(agency.name, pair.own), _as_written(other.name, pair.other)
        why = Likeness.TRADITIONAL if own != theirs else why
    return LookAlike(other, why, own, theirs, agency.region_code != other.region_code)


def _as_written(name: str, core: str) -> str:
    """Return a trade name in the characters a name is written with; folding turns traditional ones simple."""
    plain = "".join(filter(str.isalnum, printable(name)))
    at = compact(name).find(core)
    written = plain[at : at + len(core)] if at >= 0 and len(plain) == len(compact(name)) else core
    return written if compact(written) == core and not written.isascii() else core


def _easiest_missed_first(found: LookAlike) -> tuple[int, bool, str, int]:
    return SHOWN_ORDER.index(found.why), found.elsewhere, found.agency.name, found.agency.id
