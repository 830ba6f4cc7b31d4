"""The page of the queue, gathered in one snapshot: its rows, the views beside them, the filters above them."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core import clock
from chengxin.core.i18n import locale
from chengxin.core.web import installation, reading
from chengxin.desk.queue import bulk, decided, ended, queue_filters, queue_views, rows, waiting
from chengxin.desk.queue.filtering import Filter, Stage
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.queue_views import Offered
from chengxin.desk.queue.shelf import OF_CASES, Moved, shelf
from chengxin.desk.queue.text_search import Found
from chengxin.desk.queue.waiting import Counts, Place

MOST_DIGITS = 9  # what a key column holds
# The kinds that events of cases move, and those that they do not.
CASES = frozenset(name for name, kind in KINDS.items() if kind.table in OF_CASES)
REST = frozenset(KINDS) - CASES
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Look:
    """One look at the queue: who looks at which part, when, and which events moved it last."""

    session: Session
    officer: Officer
    view: Filter
    today: date
    moved: Moved

    def kept(self, what: Hashable, make: Callable[[], Kept], *, at: int | None = None) -> Kept:
        """Return an answer of the shelf, or make it; `at` is the event it depends on when that is not the newest."""
        moved = self.moved.at_all if at is None else at
        return shelf().kept((moved, self.today, self.officer, locale(), what), make)


def shown(officer: Officer, view: Filter, *, page: str, at: str, texts: Found | None) -> dict[str, Any]:
    """Return what the template shows of a part of the queue; `at` names the row somebody comes back to."""
    with reading() as session:
        look = Look(session, officer, view, clock.today(), shelf().moved(session))
        offered = queue_views.offered(session, officer)
        counts = _counts(look, tuple(each.part for each in offered))
        asked = partial(_page_of, look, page, at)
        if view.stage == Stage.ENDED:
            listed = _ended(look, page)
        else:
            listed = _waiting(look, texts, count=_count(look, offered, counts), asked=asked)
        return {**listed, **_around(look, offered, counts), "recent": bulk.recent(session)}


def _counts(look: Look, parts: tuple[Filter, ...]) -> Counts:
    """Return what waits in the views; what cases move, and most events move them, is counted apart."""
    return _counted(look, parts, CASES, look.moved.at_all) + _counted(look, parts, REST, look.moved.others)


def _counted(look: Look, parts: tuple[Filter, ...], kinds: frozenset[str], at: int) -> Counts:
    return look.kept(
        (parts, kinds),
        lambda: waiting.counts(
            look.session, parts=parts, officer=look.officer, today=look.today, kinds=kinds
        ),
        at=at,
    )


def _count(look: Look, offered: Sequence[Offered], counts: Counts) -> int:
    """Return how many records the part that is shown holds, out of the counts of the views where it is one of them."""
    known = {each.part: number for each, number in zip(offered, counts.of_part, strict=True)}
    known |= {Filter(kind=name): number for name, number in counts.of_kind.items()}
    known[Filter()] = counts.all
    return known[look.view] if look.view in known else _counts(look, (look.view,)).of_part[0]


def _around(look: Look, offered: Sequence[Offered], counts: Counts) -> dict[str, Any]:
    """Return what stands around the rows: views, filters, and how the day goes."""
    view, officer = look.view, look.officer
    views = queue_views.entries(view, offered, counts, _link)
    acts = any(kind.concerns(officer, Filter()) for kind in KINDS.values())
    choices = look.kept("choices", lambda: queue_filters.choices(look.session, officer))
    done = look.kept("done", lambda: decided.on(look.session, officer, look.today))
    return {
        "title": next((each["label"] for each in views if each["current"]), queue_views.NARROWED),
        "views": views,
        "own": next((each.own for each in offered if each.own and each.part == view), 0),
        "filters": queue_filters.selects(view, choices),
        "day": {"done": done, "left": counts.all} if acts else None,
    }


def _waiting(look: Look, texts: Found | None, *, count: int, asked: Callable[[], int]) -> dict[str, Any]:
    """Return the rows of a page of what waits, or of what a search in the texts found."""
    view, pages = look.view, 1 if texts else waiting.pages_of(count)
    number = min(max(1, asked()), pages)
    places = texts.places if texts else _places(look, number)
    kept, settings = str(number) if number > 1 else "", installation().settings
    return {
        "rows": rows.filled(look.session, places, settings=settings, view=view, today=look.today, page=kept),
        "texts": texts,
        "page": number,
        "pages": pages,
        "newer_url": _link(view, number - 1) if number > 1 else "",
        "older_url": _link(view, number + 1) if number < pages else "",
        "further_url": _further(view, texts) if texts and texts.behind else "",
    }


def _ended(look: Look, page: str) -> dict[str, Any]:
    """Return the rows of a page of what ended."""
    view, before = look.view, ended.marked(page)
    places, last = ended.page_of(
        look.session, view=view, officer=look.officer, today=look.today, before=before
    )
    return {
        "rows": rows.filled_ended(look.session, places, view=view, page=str(before or "")),
        "texts": None,
        "page": 1,
        "pages": 1,
        "newer_url": _link(view) if before else "",
        "older_url": url_for("desk.home", view=view.in_address, page=str(last)) if last else "",
        "further_url": "",
    }


def _places(look: Look, page: int) -> Sequence[Place]:
    officer, today = look.officer, look.today
    return look.kept(
        (look.view, page),
        lambda: waiting.page_of(look.session, view=look.view, officer=officer, today=today, page=page),
    )


def _page_of(look: Look, page: str, at: str) -> int:
    """Return the page with the row somebody comes back to while it waits, or else the page they name."""
    kind, _, number = at.rpartition("-")
    known = kind in KINDS and KINDS[kind].concerns(look.officer, look.view)
    if known and number.isdecimal() and len(number) <= MOST_DIGITS:
        found = waiting.place_of(look.session, kind=kind, record_id=int(number), officer=look.officer)
        if found is not None:
            return waiting.page_with(
                look.session, found, view=look.view, officer=look.officer, today=look.today
            )
    return int(page) if page.isdecimal() and len(page) <= MOST_DIGITS else 1


def _further(view: Filter, texts: Found) -> str:
    return url_for("desk.home", view=view.in_address, texts=1, behind=texts.behind)


def _link(view: Filter, page: int = 1) -> str:
    return url_for("desk.home", view=view.in_address, page=page if page > 1 else None)
