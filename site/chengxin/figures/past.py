"""How a case stood when something happened to it: its category and region then, and since when its review waited.

The row of a case tells only what holds today; officers correct it, and a second review overwrites the first.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core.clock import day_of
from chengxin.figures.rules import Facet, Step
from chengxin.figures.steps import WAITING, About
from chengxin.ledger.models import Event
from chengxin.voices.complaints.rules import Move

MATCHED = "match"


@dataclass(frozen=True)
class Past:
    """What the ledger tells of one case: what held until each correction, and the days its reviews were asked for."""

    corrections: list[tuple[int, str, str]] = field(default_factory=list)
    reviews: list[tuple[int, date]] = field(default_factory=list)

    def at(self, event_id: int, about: About) -> About:
        """Return what a case counted as right after an event."""
        until = next((each for each in self.corrections if each[0] > event_id), None)
        asked = [day for number, day in self.reviews if number < event_id]
        then = replace(about, review_since=asked[-1]) if asked else about
        return replace(then, category=until[1], region=until[2]) if until else then


def of_cases(session: Session, ids: Collection[int]) -> Mapping[int, Past]:
    """Return the past of some cases."""
    rows = select(Event).where(
        Event.subject_kind == "complaint",
        Event.subject_id.in_(ids),
        Event.verb.in_((MATCHED, str(Move.ASK_REVIEW))),
    )
    found: dict[int, Past] = {}
    for event in session.scalars(rows.order_by(Event.id)):
        past = found.setdefault(event.subject_id, Past())
        if event.verb == MATCHED:
            past.corrections.append((event.id, *_sides(event)))
        else:
            past.reviews.append((event.id, day_of(event.at)))
    return found


def moved(event: Event, after: About) -> Iterator[tuple[Facet, str, Step]]:
    """Give what a correction does to the sides: a case that waits leaves one category or region for another."""
    if _old(event).get("state") not in WAITING:
        return
    category, region = _sides(event)
    pairs = ((Facet.CATEGORY, category, after.category), (Facet.REGION, region, after.region))
    for facet, left, entered in pairs:
        if left != entered:
            yield facet, left, Step.ENDED
            yield facet, entered, Step.TAKEN_UP


def _sides(event: Event) -> tuple[str, str]:
    old = _old(event)
    return old.get("category", ""), old.get("region_code") or ""


def _old(event: Event) -> Mapping[str, Any]:
    return json.loads(event.old) if event.old else {}
