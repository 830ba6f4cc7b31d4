"""The news columns: updates, announcements, rules, cases, warnings, bulletins; list, feed and articles."""

from collections.abc import Sequence
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from chengxin.bulletins import queries
from chengxin.bulletins.labels import COLUMN
from chengxin.bulletins.markdown import to_html, to_text
from chengxin.bulletins.models import Article
from chengxin.bulletins.queries import EVERYTHING, Filters, Tombstone
from chengxin.bulletins.rules import Column
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, do_not_keep, published, spelled
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Entry, Feed, absolute, atom_answer, instant, json_answer
from chengxin.portal.notice_filters import NO_YEAR, Option, Select
from chengxin.portal.paging import paging

KEYS = ("column", "year")
SUMMARY_MOST = 120


@bp.get("/news/")
@published(query=(*KEYS, "page"))
def news() -> ResponseReturnValue:
    """List the published articles, newest first."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count_published(session, filters), size=queries.PAGE)
        articles = queries.published(session, filters, limit=where.size, offset=where.offset)
        selects = _selects(session, filters)
    _keep_only_bounded(filters, articles)
    return render_template(
        "news/list.html",
        articles=[(each, _summary(each)) for each in articles],
        where=where,
        selects=selects,
        columns=COLUMN,
        formats=_formats(filters),
    )


@bp.get("/news/news.json")
@published(query=(*KEYS, "page"))
def news_json() -> ResponseReturnValue:
    """Give the list as JSON, with the same filters."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count_published(session, filters), size=queries.PAGE)
        articles = queries.published(session, filters, limit=where.size, offset=where.offset)
    _keep_only_bounded(filters, articles)
    return json_answer(where.envelope([_brief(each) for each in articles]))


@bp.get("/news/feed.atom")
@published(query=KEYS)
def news_feed() -> ResponseReturnValue:
    """Give the newest articles as a feed, with the same filters."""
    filters = _filters()
    with reading() as session:
        articles = queries.published(session, filters, limit=FEED_LENGTH)
    _keep_only_bounded(filters, articles)
    return atom_answer(
        Feed(
            title=_("Integrity updates"),
            page_url=absolute("portal.news", _query(filters)),
            own_url=absolute("portal.news_feed", _query(filters)),
            entries=[_entry(each) for each in articles],
        )
    )


@bp.get("/news/<year:year>/<slug:slug>/")
@published()
def article(year: int, slug: str) -> ResponseReturnValue:
    """Show one article, or the sentence that is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
    if isinstance(found, Tombstone):
        return render_template("news/withdrawn.html", left=found), 410
    return render_template(
        "news/article.html",
        article=found,
        body=Markup(to_html(found.body)),  # noqa: S704 (cleaned by a list of tags)
        summary=_summary(found),
        column=COLUMN[Column(found.column)],
        address=absolute("portal.article", year=year, slug=slug),
    )


@bp.get("/news/<year:year>/<slug:slug>.json")
@published()
def article_json(year: int, slug: str) -> ResponseReturnValue:
    """Give one article as JSON, or what is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
    if isinstance(found, Tombstone):
        return json_answer({"year": year, "slug": slug, "state": "withdrawn", "reason": found.reason}), 410
    return json_answer({**_brief(found), "body": found.body, "html": to_html(found.body)})


def _filters() -> Filters:
    year = request.args.get("year", "")
    return Filters(column=request.args.get("column", ""), year=(whole(year) or NO_YEAR) if year else None)


def _keep_only_bounded(filters: Filters, shown: Sequence[object]) -> None:
    """Keep no page of filters that find nothing: there are endlessly many."""
    if filters != EVERYTHING and not shown:
        do_not_keep()


def _selects(session: Session, filters: Filters) -> list[Select]:
    counts, every = queries.counts_by_column(session), Option("", _("All"))
    columns = [Option(each, str(COLUMN[each]), counts.get(each, 0)) for each in Column]
    years = [Option(year, str(year), count) for year, count in queries.years(session).items()]
    return [
        Select("column", _("Column"), filters.column, [every, *columns]),
        Select("year", _("Year"), filters.year or "", [every, *years]),
    ]


def _query(filters: Filters) -> str:
    return spelled({name: getattr(filters, name) for name in KEYS})


def _formats(filters: Filters) -> dict[str, str]:
    query = _query(filters)
    return {"json": address("portal.news_json", query), "feed": address("portal.news_feed", query)}


def _summary(found: Article) -> str:
    """Return what the author wrote as a summary, or the first words."""
    text = found.summary or to_text(found.body)
    return text if len(text) <= SUMMARY_MOST else f"{text[:SUMMARY_MOST]}…"


def _brief(found: Article) -> dict[str, Any]:
    return {
        "year": found.year,
        "slug": found.slug,
        "address": absolute("portal.article", year=found.year, slug=found.slug),
        "column": found.column,
        "title": found.title,
        "summary": _summary(found),
        "language": found.language,
        "published_at": found.published_at,
        "revised_at": found.revised_at,
    }


def _entry(found: Article) -> Entry:
    page = absolute("portal.article", year=found.year, slug=found.slug)
    published_at = found.published_at or instant(found.created_at.date())
    return Entry(
        id=page,
        title=found.title,
        url=page,
        published=published_at,
        updated=found.revised_at or published_at,
        summary=_summary(found),
        categories=(found.column,),
        language=found.language,
    )
