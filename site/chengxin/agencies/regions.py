"""The table of regions: fill it, read it, and load it for resolving texts."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from chengxin.agencies.gazetteer import CODE, LEVELS, Gazetteer, Place
from chengxin.agencies.models import Agency, Region
from chengxin.agencies.provinces import PROVINCES
from chengxin.core.errors import DomainError
from chengxin.ledger.actions import record_many
from chengxin.ledger.rules import Entry, Subject


def by_code(session: Session, code: str) -> Region | None:
    """Return the region of a code."""
    return session.get(Region, code)


def named(session: Session, name: str) -> Sequence[Region]:
    """Return the regions that have exactly this name."""
    return session.scalars(select(Region).where(Region.name == name).order_by(Region.code)).all()


def below(session: Session, code: str | None = None) -> Sequence[Region]:
    """Return the regions directly below one, or the largest ones."""
    inside = Region.parent_code == code if code else Region.parent_code.is_(None)
    return session.scalars(select(Region).where(inside).order_by(Region.code)).all()


def names_down_to(session: Session, code: str | None) -> tuple[str, ...]:
    """Return the names of a region and of everything it lies in, largest first."""
    names: list[str] = []
    region = by_code(session, code) if code else None
    while region is not None and region.name not in names:
        names.insert(0, region.name)
        region = by_code(session, region.parent_code) if region.parent_code else None
    return tuple(names)


def names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Return the names of some regions by their codes."""
    rows = select(Region.code, Region.name).where(Region.code.in_(codes)).order_by(Region.code)
    return {code: name for code, name in session.execute(rows)}  # noqa: C416 (rows are not pairs to mypy)


def with_agencies(session: Session, *, most: int) -> dict[str, str]:
    """Return the regions agencies stand in, to choose from; none when they are more than a list can hold."""
    inhabited = select(Agency.id).where(Agency.region_code == Region.code).exists()
    rows = select(Region.code, Region.name).where(inhabited).order_by(Region.code).limit(most + 1)
    found = {code: name for code, name in session.execute(rows)}  # noqa: C416 (as above)
    return found if len(found) <= most else {}


def gazetteer(session: Session) -> Gazetteer:
    """Load all regions for resolving many texts."""
    rows = session.execute(
        select(Region.code, Region.name, Region.level, Region.parent_code).order_by(Region.code)
    )
    return Gazetteer(Place(*row) for row in rows)


def put_provinces(session: Session, *, actor: str) -> int:
    """Add the province-level divisions that are missing and return how many."""
    places = [Place(code, name, "province", None) for code, name in PROVINCES.items()]
    added, _ = put(session, actor=actor, places=places, only_new=True)
    return added


def put(session: Session, *, actor: str, places: Iterable[Place], only_new: bool = False) -> tuple[int, int]:
    """Add new regions and change known ones; return how many of each."""
    given = {place.code: checked(place) for place in places}
    known = {
        row.code: Place(*row)
        for row in session.execute(select(Region.code, Region.name, Region.level, Region.parent_code))
    }
    for place in given.values():
        if place.parent and place.parent not in given and place.parent not in known:
            raise DomainError(f"Region {place.code} lies in {place.parent}, which is not known.")
    new = [place for place in given.values() if place.code not in known]
    changed = [place for place in given.values() if place.code in known and place != known[place.code]]
    if only_new:
        changed = []
    if new:
        session.execute(insert(Region), [_columns(place) for place in new])
    if changed:
        session.execute(update(Region), [_columns(place) for place in changed])
    entries = [_entry(actor, place, known.get(place.code)) for place in (*new, *changed)]
    record_many(session, entries)
    return len(new), len(changed)


def checked(place: Place) -> Place:
    """Return a region when its code, name and level can be used."""
    if not CODE.fullmatch(place.code):
        raise DomainError(f"A region's code has six digits, not {place.code!r}.")
    if not place.name:
        raise DomainError(f"Region {place.code} has no name.")
    if place.level not in LEVELS:
        raise DomainError(
            f"Region {place.code}: the level is one of {', '.join(LEVELS)}, not {place.level!r}."
        )
    return place


def level_of(code: str) -> str:
    """Return the level that the zeros of a code tell."""
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def parent_of(code: str) -> str | None:
    """Return the code of the division above, or nothing for a province."""
    level = level_of(code)
    return None if level == "province" else f"{code[:2]}0000" if level == "city" else f"{code[:4]}00"


def _columns(place: Place) -> dict[str, str | None]:
    return {"code": place.code, "name": place.name, "level": place.level, "parent_code": place.parent}


def _entry(actor: str, place: Place, known: Place | None) -> Entry:
    old = _columns(known) if known else None
    subject = Subject("region", int(place.code))
    return Entry(
        actor=actor,
        verb="region.changed" if known else "region.added",
        subject=subject,
        old=old,
        new=_columns(place),
    )
