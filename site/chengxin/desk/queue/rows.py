"""The rows of the queue: places filled with what an officer needs to choose a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.auditing import read_log
from chengxin.desk.queue.bulk_table import MODELS
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
    held: bool


def filled(
    session: Session, places: Sequence[Place], *, settings: Settings, view: Filter, today: date
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
        _row(place, lines[place.kind][place.id], view, today, held=place.id in held.get(place.kind, ()))
        for place in places
    ]


def address(place: Place, view: Filter) -> str:
    """Return the page of a place; the view stays in the address, so that the next case comes from it."""
    return KINDS[place.kind].url(place.id, view.in_address)


def _row(place: Place, line: Line, view: Filter, today: date, *, held: bool) -> Row:
    return Row(
        id=f"{place.kind}-{place.id}-{line.version}",
        url=address(place, view),
        days=place.days_left(today),
        paused=place.paused,
        held=held,
        **vars(line),
    )
