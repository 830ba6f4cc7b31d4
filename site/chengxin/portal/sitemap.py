"""The map of the site for search engines: every public page, and none that has ended."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from chengxin.agencies import queries as agencies
from chengxin.bulletins import queries as bulletins
from chengxin.bulletins.campaigns import queries as campaigns
from chengxin.core import clock
from chengxin.core.publishing import do_not_keep, published
from chengxin.core.web import reading
from chengxin.figures import queries as figures
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import absolute
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.sanctions import queries as sanctions
from chengxin.voices.suggestions import queries as suggestions

PART = 10_000
MOST = 50_000  # the protocol's own bound of one file
PAGES = (
    "home",
    "notices",
    "news",
    "bulletins",
    "campaigns",
    "figures",
    "suggestions",
    "about",
    "privacy",
    "accessibility",
    "more",
)

Entry = tuple[str, date | datetime | None]


@bp.get("/sitemap.xml")
@published()
def sitemap() -> ResponseReturnValue:
    """List the parts of the map."""
    with reading() as session:
        parts = -(-agencies.count(session) // PART)
    numbered = [absolute("portal.sitemap_agencies", part=part) for part in range(1, parts + 1)]
    fixed = [absolute(f"portal.sitemap_{name}") for name in ("pages", "notices", "news")]
    return _xml(render_template("feeds/sitemap_index.xml", parts=[*fixed, *numbered]))


@bp.get("/sitemap-pages.xml")
@published()
def sitemap_pages() -> ResponseReturnValue:
    """List the pages that stand still, the lists of each year, and the campaigns."""
    with reading() as session:
        years = exemplars.years(session)
        running = campaigns.published(session, limit=MOST // 2)
        months = sorted(figures.reported_months(session), reverse=True)
        answered = suggestions.addresses(session, limit=MOST // 3)
    entries: list[Entry] = [(absolute(f"portal.{name}"), None) for name in PAGES]
    entries += [(absolute("portal.exemplars", year=year), None) for year in years]
    entries += [(absolute("portal.campaign", year=each.year, slug=each.slug), None) for each in running]
    entries += [(absolute("portal.figures_month", month=month), None) for month in months]
    entries += [(absolute("portal.suggestion", year=year, number=no), day) for year, no, day in answered]
    return _urls(entries)


@bp.get("/sitemap-notices.xml")
@published()
def sitemap_notices() -> ResponseReturnValue:
    """List the notices in force."""
    with reading() as session:
        found = sanctions.addresses(session, today=clock.today(), limit=MOST)
    return _urls((absolute("portal.notice", year=year, number=number), day) for year, number, day in found)


@bp.get("/sitemap-news.xml")
@published()
def sitemap_news() -> ResponseReturnValue:
    """List the published articles."""
    with reading() as session:
        found = bulletins.addresses(session, limit=MOST)
    return _urls((absolute("portal.article", year=year, slug=slug), moment) for year, slug, moment in found)


@bp.get("/sitemap-agencies-<number:part>.xml")
@published()
def sitemap_agencies(part: int) -> ResponseReturnValue:
    """List a part of the integrity files; too long to be kept in memory."""
    do_not_keep()
    with reading() as session:
        found = agencies.addresses(session, limit=PART, offset=(part - 1) * PART)
    return _urls((absolute("portal.agency", uid=uid), moment) for uid, moment in found or abort(404))


def _urls(entries: Iterable[Entry]) -> Response:
    return _xml(render_template("feeds/sitemap.xml", entries=entries))


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")
