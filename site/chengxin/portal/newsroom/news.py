"""The news columns: updates, announcements, rules, cases, warnings, bulletins; list and feed."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.bulletins import queries
from chengxin.bulletins.labels import CASE_KIND, COLUMN
from chengxin.bulletins.models import Article
from chengxin.bulletins.queries import EVERYTHING, Filters
from chengxin.bulletins.rules import CaseKind, Column
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, do_not_keep, published, spelled
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Entry, Feed, absolute, atom_answer, instant, json_answer
from chengxin.portal.found_texts import in_articles
from chengxin.portal.newsroom.articles import brief, summary_of
from chengxin.portal.notices.notice_filters import NO_YEAR
from chengxin.portal.paging import paging
from chengxin.portal.selects import Option, Select
from chengxin.portal.tabs import tabs_of
from chengxin.search import texts

KEYS = ("column", "case", "year", "q")


@bp.get("/news/")
@published(query=(*KEYS, "page"))
def news() -> ResponseReturnValue:
    """List the published articles, newest first."""
    filters = _filters()
    with reading() as session:
        where = paging(queries.count_published(session, filters), size=queries.PAGE)
        articles = queries.published(session, filters, limit=where.size, offset=where.offset)
        selects = _selects(session, filters)
        tabs = tabs_of(session, filters.q, today=clock.today())
    _keep_only_bounded(filters, articles)
    return render_template(
        "news/list.html",
        q=filters.q,
        tab_entries=tabs,
        snippets=in_articles(filters.q, articles),
        articles=[(each, summary_of(each)) for each in articles],
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
    return json_answer(where.envelope([brief(each) for each in articles]))


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


def _filters() -> Filters:
    year = request.args.get("year", "")
    return Filters(
        column=request.args.get("column", ""),
        case=request.args.get("case", ""),
        year=(whole(year) or NO_YEAR) if year else None,
        q=request.args.get("q", ""),
        among=texts.matching(texts.Kind.ARTICLE, request.args.get("q", "")),
    )


def _keep_only_bounded(filters: Filters, shown: Sequence[object]) -> None:
    """Keep no page of free words or of filters that find nothing: there are endlessly many."""
    if filters.q or (filters != EVERYTHING and not shown):
        do_not_keep()


def _selects(session: Session, filters: Filters) -> list[Select]:
    counts, every = queries.counts_by_column(session), Option("", _("All"))
    columns = [Option(each, str(COLUMN[each]), counts.get(each, 0)) for each in Column]
    years = [Option(year, str(year), count) for year, count in queries.years(session).items()]
    cases = queries.counts_by_case(session)
    kinds = [Option(each, str(CASE_KIND[each]), cases.get(each, 0)) for each in CaseKind]
    return [
        Select("column", _("Column"), filters.column, [every, *columns]),
        *([Select("case", _("Example"), filters.case, [every, *kinds])] if _is_about_cases(filters) else []),
        Select("year", _("Year"), filters.year or "", [every, *years]),
    ]


def _is_about_cases(filters: Filters) -> bool:
    return bool(filters.case) or filters.column == Column.CASES


def _query(filters: Filters) -> str:
    return spelled({name: getattr(filters, name) for name in KEYS})


def _formats(filters: Filters) -> dict[str, str]:
    query = _query(filters)
    return {"json": address("portal.news_json", query), "feed": address("portal.news_feed", query)}


def _entry(found: Article) -> Entry:
    page = absolute("portal.article", year=found.year, slug=found.slug)
    published_at = found.published_at or instant(found.created_at.date())
    return Entry(
        id=page,
        title=found.title,
        url=page,
        published=published_at,
        updated=found.revised_at or published_at,
        summary=summary_of(found),
        categories=(found.column,),
        language=found.language,
    )
