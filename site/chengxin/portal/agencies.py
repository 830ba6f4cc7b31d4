"""The lookup: one box, filters with counts, and the agencies that answer."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.core import clock
from chengxin.core.publishing import do_not_keep, published
from chengxin.core.web import installation, reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.lookup import rows_of
from chengxin.portal.lookup_filters import selects_of
from chengxin.portal.paging import paging
from chengxin.search.engine import Narrowing
from chengxin.search.queries import MOST_PAGES, LookupRequest, lookup
from chengxin.search.sources import source_of

FILTERS = ("standing", "region", "service", "grade", "licence")
SIZE = 20


@bp.get("/agencies/")
@published(query=("q", *FILTERS, "page"))
def agencies() -> ResponseReturnValue:
    """Show the agencies that answer the words and filters of the address."""
    wanted, today = _wanted(), clock.today()
    do_not_keep()  # the index follows the ledger a little later than the publication version tells
    with reading() as session:
        found = lookup(session, source_of(installation().settings), wanted, today=today)
        where = paging(min(found.total, MOST_PAGES * SIZE), size=SIZE)
        rows = rows_of(session, found.hits, today=today)
        selects = selects_of(session, found.facets, wanted.narrowing)
    return render_template(
        "portal/agencies.html",
        q=wanted.q,
        found=found,
        rows=rows,
        where=where,
        selects=selects,
        clear_url=_clear(),
    )


def _wanted() -> LookupRequest:
    """Return the request the address spells; a page that is no number is caught by the paging."""
    given = request.args
    return LookupRequest(
        q=given.get("q", ""),
        narrowing=Narrowing(**{name: given.get(name, "") for name in FILTERS}),
        page=whole(given.get("page", "1")) or 1,
        limit=SIZE,
    )


def _clear() -> str:
    """Return the address without filters, if there are any."""
    q = request.args.get("q") or None
    return url_for("portal.agencies", q=q) if any(request.args.get(name) for name in FILTERS) else ""
