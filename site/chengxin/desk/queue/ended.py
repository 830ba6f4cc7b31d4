"""What ended, newest first: pages that begin where the one before stopped, so that no page reads what lies behind it.

Each way of ending is asked for one page in the order of its index, and the pages are merged here. A day counts to
its last moment, so that days and moments stand in one order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, or_
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core.clock import SHANGHAI
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.kinds.kind import End, WaitingKind
from chengxin.desk.queue.waiting import PAGE


@dataclass(frozen=True, order=True)
class Ended:
    """A record that ended: when, of which kind, and which."""

    at: datetime
    kind: str
    id: int

    @property
    def on(self) -> date:
        """Return the day it ended."""
        return self.at.astimezone(SHANGHAI).date()

    def __str__(self) -> str:
        """Return the mark of this place for an address."""
        return f"{self.at.astimezone(SHANGHAI):%Y%m%dT%H%M%S.%f}~{self.kind}~{self.id}"


def page_of(
    session: Session, *, view: Filter, officer: Officer, today: date, before: Ended | None = None
) -> tuple[Sequence[Ended], Ended | None]:
    """Return the newest records that ended before a place, and the place after which there are more."""
    rows: list[Ended] = []
    for kind in KINDS.values():
        for end in kind.ends if kind.concerns(officer, view) else ():
            asked = kind.ended(end, view, officer, today)
            rows += _newest(
                session, kind, end, asked if before is None else asked.where(_earlier(kind, end, before))
            )
    found = sorted(rows, reverse=True)[: PAGE + 1]
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def marked(text: str) -> Ended | None:
    """Return the place that an address marks; nonsense marks none."""
    at, _, rest = text.partition("~")
    kind, _, number = rest.partition("~")
    try:
        moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=SHANGHAI)
        return Ended(moment, kind, int(number)) if kind in KINDS and int(number) < 1 << 31 else None
    except ValueError:
        return None


def _newest(session: Session, kind: WaitingKind, end: End, rows: Select[Any]) -> Iterator[Ended]:
    for row in session.execute(rows.order_by(end.on.desc(), kind.id.desc()).limit(PAGE + 1)):
        yield Ended(_moment(row.at), kind.name, row.id)


def _earlier(kind: WaitingKind, end: End, before: Ended) -> ColumnElement[bool]:
    """Return the condition that a record stands behind a place."""
    at: Any = before.at
    if isinstance(end.on.type, Date):
        at = before.on
        if before.at != _moment(at):
            return _bool(end.on < at)
    if kind.name != before.kind:
        return _bool(end.on <= at if kind.name < before.kind else end.on < at)
    return and_(end.on <= at, or_(end.on < at, kind.id < before.id))


def _bool(condition: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = condition
    return found


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time.max, SHANGHAI)
