"""The archive of a year: every number ever given, with the notice in force or what is left of it."""

from collections.abc import Iterator, Sequence

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from chengxin.core import clock
from chengxin.core.publishing import address, published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.notices.notice_records import Notice, notices_of, number_of
from chengxin.portal.paging import paging
from chengxin.standing.sanctions import archive, queries
from chengxin.standing.sanctions.labels import TOMBSTONE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.queries import Filters
from chengxin.standing.sanctions.rules import Tombstone

PAGE = 100
Line = tuple[str, Notice | None, Tombstone | None]


@bp.get("/notices/<year:year>/")
@published(query=("page",))
def notices_year(year: int) -> ResponseReturnValue:
    """List every notice numbered in a year."""
    today = clock.today()
    with reading() as session:
        years = archive.years(session)
        if year not in years:
            abort(404)
        where = paging(years[year], size=PAGE)
        found = archive.of_year(session, year, today=today, limit=where.size, offset=where.offset)
        notices = notices_of(session, [each for each in found if isinstance(each, Sanction)])
        in_force = queries.count_published(session, Filters(year=year), today=today)
    return render_template(
        "notices/year.html",
        year=year,
        years=years,
        rows=list(_lines(found, notices)),
        where=where,
        in_force=in_force,
        sentences=TOMBSTONE,
        formats={name: address(endpoint, f"year={year}") for name, endpoint in FORMATS.items()},
    )


FORMATS = {"feed": "portal.notices_feed", "csv": "portal.notices_csv", "json": "portal.notices_json"}


def _lines(found: Sequence[Sanction | Tombstone], notices: Sequence[Notice]) -> Iterator[Line]:
    """Yield the lines in the order of their numbers."""
    shown = {each.sanction.id: each for each in notices}
    for each in found:
        number = number_of(each.year or 0, each.number or 0)
        if isinstance(each, Sanction):
            yield number, shown[each.id], None
        else:
            yield number, None, each
