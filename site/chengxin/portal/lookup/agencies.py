"""The lookup: one box, filters with counts, the agencies that answer, and those that only look like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.publishing import address, do_not_keep, published, spelled
from chengxin.core.web import installation, reading
from chengxin.portal.blueprint import bp
from chengxin.portal.lookup import lookup_address as asked
from chengxin.portal.lookup.lookup import Row, rows_of
from chengxin.portal.lookup.lookup_filters import selects_of
from chengxin.portal.lookup.neighbours import Alike, alike_of
from chengxin.portal.paging import Paging, paging
from chengxin.portal.selects import Select
from chengxin.portal.tabs import Tab, tabs_of
from chengxin.search.phrases import shorter
from chengxin.search.queries import MOST_PAGES, LookupRequest, lookup
from chengxin.search.sources import source_of

SIMILAR_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the page of a lookup shows."""

    q: str
    total: int
    rows: Sequence[Row]
    where: Paging
    selects: Sequence[Select]
    tabs: Sequence[Tab]
    similar: bool
    alike: Sequence[Alike] = field(default=())
    among: Mapping[str, str] = field(default_factory=dict)
    shorter_url: str = ""


@bp.get("/agencies/")
@published(query=asked.KEYS)
def agencies() -> ResponseReturnValue:
    """Show the agencies that answer the words and filters of the address."""
    do_not_keep()  # the index follows the ledger a little later than the publication version tells
    with reading() as session:
        known = asked.canonical(session)
        if known:
            return redirect(known)
        answer = _answer(session, asked.asked(), clock.today())
    return render_template("portal/agencies.html", answer=answer, clear_url=asked.without_filters())


def _answer(session: Session, wanted: LookupRequest, today: date) -> Answer:
    found = lookup(session, source_of(installation().settings), wanted, today=today)
    rows = rows_of(session, found.hits, today=today, q=wanted.q)
    similar = bool(rows) and rows[0].is_similar
    shorter_q = shorter(wanted.q)
    alike = _alike(session, wanted, rows, today) if rows and not similar else ()
    listed = {row.identity.uid for row in rows}
    return Answer(
        q=wanted.q,
        total=found.total,
        rows=rows[:SIMILAR_SHOWN] if similar else rows,
        where=paging(1 if similar else min(found.total, MOST_PAGES * asked.SIZE), size=asked.SIZE),
        selects=() if similar else selects_of(session, found.facets, wanted.narrowing, asked.sort_asked()),
        tabs=tabs_of(session, wanted.q, agencies=0 if similar else found.total, today=today),
        similar=similar,
        alike=[each for each in alike if each.identity.uid not in listed],
        among={each.identity.uid: each.words for each in alike if each.identity.uid in listed},
        shorter_url=address("portal.agencies", spelled({"q": shorter_q})) if shorter_q else "",
    )


def _alike(session: Session, wanted: LookupRequest, rows: Sequence[Row], today: date) -> Sequence[Alike]:
    """Return the look-alikes of the first answer to some words."""
    if not wanted.q or wanted.page > 1:
        return ()
    alike, _crowded = alike_of(session, rows[0].agency, today=today)
    return alike
