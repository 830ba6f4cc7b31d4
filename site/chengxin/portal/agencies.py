"""The lookup: one box, filters with counts, and the agencies that answer."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.agencies import queries as register
from chengxin.core import clock
from chengxin.core.publishing import do_not_keep, published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.lookup import rows_of
from chengxin.portal.paging import paging
from chengxin.search.ranking import Hit, Matched

KEYS = ("q", "standing", "region", "service", "grade", "licence", "page")
SIZE = 20


@bp.get("/agencies/")
@published(query=KEYS)
def agencies() -> ResponseReturnValue:
    """Show the agencies that answer the words and filters of the address."""
    q = request.args.get("q", "")
    if q:
        do_not_keep()
    with reading() as session:
        where = paging(register.count_named_like(session, q), size=SIZE)
        found = register.named_like(session, q, limit=SIZE, offset=where.offset)
        rows = rows_of(session, [Hit(each.id, Matched.NAME, 0.0) for each in found], today=clock.today())
    return render_template(
        "portal/agencies.html",
        q=q,
        rows=rows,
        where=where,
        selects=(),
        kept=(),
        clear_url=url_for("portal.agencies") if where.asked else "",
        only_similar=False,
    )
