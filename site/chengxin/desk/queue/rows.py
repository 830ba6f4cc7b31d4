"""The rows of the queue: places filled with what an officer needs to choose a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.auditing import read_log
from chengxin.desk.queue.bulk_table import MODELS
from chengxin.desk.queue.ended import Ended
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.kinds.kind import Line
from chengxin.desk.queue.waiting import Place
from chengxin.ledger.rules import Subject
from chengxin.worklists import queries as worklists


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the queue, as the template shows it."""

    id: str
    code: str
    url: str
    days: int | None
    paused: bool
    title: str
    text: str
    cells: tuple[str, str, str]
    version: int
    tag: str
    state: str
    held: bool
    anchor: str
    ended_on: date | None = None


def filled(
    session: Session,
    places: Sequence[Place],
    *,
    settings: Settings,
    view: Filter,
    today: date,
    page: str = "",
) -> list[Row]:
    """Return the rows of some places, with the same few queries a kind; whose words they show is noted first."""
    read_log.note_listed([Subject(place.kind, place.id) for place in places if KINDS[place.kind].texts])
    opener = cache(lambda: intake_keyring(settings))
    lines = {
        name: kind.lines(session, ids, opener)
        for name, kind in KINDS.items()
        if (ids := [place.id for place in places if place.kind == name])
    }
    held = {
        name: worklists.held_records(session, name, list(lines[name])) for name in MODELS if name in lines
    }
    return [
        Row(
            url=address(place, view, page),
            days=place.days_left(today),
            paused=place.paused,
            held=place.id in held.get(place.kind, ()),
            **_common(place, lines[place.kind][place.id]),
        )
        for place in places
    ]


def filled_ended(session: Session, places: Sequence[Ended], *, view: Filter, page: str) -> list[Row]:
    """Return the rows of some records that ended; none of their texts is opened for a list."""
    lines = {
        name: kind.lines(session, ids, None)
        for name, kind in KINDS.items()
        if (ids := [place.id for place in places if place.kind == name])
    }
    return [
        Row(
            url=address(place, view, page),
            days=None,
            paused=False,
            held=False,
            ended_on=place.on,
            **_common(place, lines[place.kind][place.id]),
        )
        for place in places
    ]


def address(place: Place | Ended, view: Filter, page: str = "") -> str:
    """Return the page of a place; view and page stay in the address, for the next case and for the way back."""
    return KINDS[place.kind].url(place.id, view.in_address, page or None)


def anchor(kind: str, record_id: int) -> str:
    """Return the name of a record's row on the page."""
    return f"{kind}-{record_id}"


def _common(place: Place | Ended, line: Line) -> dict[str, Any]:
    name = anchor(place.kind, place.id)
    return {"id": f"{name}-{line.version}", "anchor": name, **vars(line)}
