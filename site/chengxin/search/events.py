"""What the ledger tells the index: which agencies changed since a position."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.ledger.models import Event
from chengxin.search import gathering
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.sanctions.models import Sanction

EVENTS = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What the ledger tells since a position: the agencies concerned, and whether divisions changed."""

    position: int
    agencies: frozenset[int]
    divisions: bool


def since(session: Session, position: int, last: int) -> Changes:
    """Return what changed after an event up to another."""
    found: dict[str, set[int]] = {"agency": set(), "sanction": set(), "honour": set(), "region": set()}
    at = position
    while at < last:
        rows = select(Event.id, Event.subject_kind, Event.subject_id).where(Event.id > at)
        for event in session.execute(rows.order_by(Event.id).limit(EVENTS)):
            found.get(event.subject_kind, set()).add(event.subject_id)
            at = event.id
    agencies = found["agency"]
    agencies |= _owners(session, Sanction, found["sanction"]) | _owners(session, Honour, found["honour"])
    return Changes(at, frozenset(agencies), bool(found["region"]))


def _owners(session: Session, model: type[Sanction | Honour], ids: Iterable[int]) -> set[int]:
    """Return the agencies some records belong to."""
    owners: set[int] = set()
    rest = iter(ids)
    while some := list(islice(rest, gathering.BATCH)):
        found = session.scalars(select(model.agency_id).where(model.id.in_(some)))
        owners |= {agency_id for agency_id in found if agency_id is not None}
    return owners
