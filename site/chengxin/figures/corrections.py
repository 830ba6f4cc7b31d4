"""On which side a case stood when something happened to it: officers correct its category and region later."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.figures.rules import Facet, Step
from chengxin.figures.steps import WAITING, About
from chengxin.ledger.models import Event

MATCHED = "match"


@dataclass(frozen=True)
class Correction:
    """One correction: its place in the ledger, and what held until then."""

    event_id: int
    category: str
    region: str

    @classmethod
    def told_by(cls, event: Event) -> "Correction":
        """Read a correction out of its event."""
        old: Mapping[str, Any] = json.loads(event.old or "{}")
        return cls(event.id, old.get("category", ""), old.get("region_code") or "")


def of_cases(session: Session, ids: Collection[int]) -> Mapping[int, Sequence[Correction]]:
    """Return the corrections of some cases, oldest first."""
    rows = select(Event).where(
        Event.subject_kind == "complaint", Event.subject_id.in_(ids), Event.verb == MATCHED
    )
    found: dict[int, list[Correction]] = {}
    for event in session.scalars(rows.order_by(Event.id)):
        found.setdefault(event.subject_id, []).append(Correction.told_by(event))
    return found


def standing(about: About, corrections: Sequence[Correction], event_id: int) -> About:
    """Return what a case counted as right after an event: what the next correction replaced, or what holds today."""
    later = next((each for each in corrections if each.event_id > event_id), None)
    return replace(about, category=later.category, region=later.region) if later else about


def moved(event: Event, after: About) -> Iterator[tuple[Facet, str, Step]]:
    """Give what a correction does to the sides: a case that waits leaves one category or region for another."""
    if json.loads(event.old or "{}").get("state") not in WAITING:
        return
    before = Correction.told_by(event)
    pairs = (
        (Facet.CATEGORY, before.category, after.category),
        (Facet.REGION, before.region, after.region),
    )
    for facet, left, entered in pairs:
        if left != entered:
            yield facet, left, Step.ENDED
            yield facet, entered, Step.TAKEN_UP
