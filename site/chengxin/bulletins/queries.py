"""Read articles: the public columns, and what the desk has in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from chengxin.bulletins.models import Article, ArticlePicture, ArticleRevision
from chengxin.bulletins.rules import Column, State
from chengxin.core.counting import counted

PAGE = 20
UNPUBLISHED = frozenset({State.DRAFT, State.SCHEDULED})


@dataclass(frozen=True)
class Tombstone:
    """What is left in public of a withdrawn article."""

    year: int
    slug: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader narrows the list by; empty means everything."""

    column: str = ""
    case: str = ""
    year: int | None = None
    language: str = ""
    q: str = ""
    among: Select[int] | None = field(default=None, compare=False)


EVERYTHING = Filters()


def published(
    session: Session, filters: Filters = EVERYTHING, *, limit: int = PAGE, offset: int = 0
) -> Sequence[Article]:
    """Return published articles, newest first."""
    rows = select(Article).where(*_narrowed(filters))
    ordered = rows.order_by(Article.published_at.desc(), Article.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def count_published(session: Session, filters: Filters = EVERYTHING) -> int:
    """Return how many articles `published` would list."""
    return session.scalar(select(func.count()).select_from(Article).where(*_narrowed(filters))) or 0


def latest(session: Session, *, limit: int = 4) -> Sequence[Article]:
    """Return the articles published last."""
    return published(session, limit=limit)


def by_slug(session: Session, year: int, slug: str) -> Article | Tombstone | None:
    """Return the article of an address, what is left of it, or None if there never was one."""
    article = session.scalar(select(Article).where(Article.year == year, Article.slug == slug))
    if article is None or article.state in UNPUBLISHED:
        return None
    if article.state == State.WITHDRAWN:
        return Tombstone(article.year, article.slug, article.state_reason)
    return article


def revisions(session: Session, article_id: int) -> Sequence[ArticleRevision]:
    """Return the published wordings of an article, newest first."""
    rows = select(ArticleRevision).where(ArticleRevision.article_id == article_id)
    return session.scalars(rows.order_by(ArticleRevision.revision.desc())).all()


def bulletins(session: Session, *, year: int) -> Sequence[Article]:
    """Return the numbered bulletins (简报) of a year, newest number first."""
    rows = select(Article).where(Article.column == Column.BRIEFS, *_narrowed(Filters(year=year)))
    return session.scalars(rows.order_by(Article.issue.desc())).all()


def bulletin_years(session: Session) -> Mapping[int, int]:
    """Return the years that have public bulletins and how many, newest year first."""
    rows = select(Article.year, func.count()).where(*_narrowed(Filters(column=Column.BRIEFS)))
    return counted(session, rows.group_by(Article.year).order_by(Article.year.desc()))


def by_issue(session: Session, year: int, issue: int) -> Article | None:
    """Return the bulletin of a year and number in whatever public state it is."""
    return session.scalar(select(Article).where(Article.year == year, Article.issue == issue))


def pictures(session: Session, article_id: int) -> Sequence[ArticlePicture]:
    """Return the pictures of an article in the order they came, without their content."""
    rows = select(ArticlePicture).where(ArticlePicture.article_id == article_id)
    return session.scalars(rows.order_by(ArticlePicture.id)).all()


def picture_content(session: Session, name: str, *, public: bool) -> bytes | None:
    """Return a picture by its name; for the public only while its article is."""
    rows = select(ArticlePicture.content).where(ArticlePicture.name == name)
    if public:
        shown = ArticlePicture.article_id == Article.id, Article.state == State.PUBLISHED
        rows = rows.where(*shown)
    return session.scalar(rows)


def addresses(session: Session, *, limit: int) -> Sequence[tuple[int, str, datetime]]:
    """Return year, address and last change of the published articles, newest first."""
    changed = func.coalesce(Article.revised_at, Article.published_at)
    rows = select(Article.year, Article.slug, changed).where(Article.state == State.PUBLISHED)
    ordered = rows.order_by(Article.published_at.desc(), Article.id.desc())
    return [(row[0], row[1], row[2]) for row in session.execute(ordered.limit(limit))]


def counts_by_column(session: Session) -> Mapping[str, int]:
    """Return how many published articles each column has."""
    rows = select(Article.column, func.count()).where(Article.state == State.PUBLISHED)
    return counted(session, rows.group_by(Article.column))


def counts_by_case(session: Session) -> Mapping[str, int]:
    """Return how many published cases are good and how many are bad examples."""
    rows = select(Article.case_kind, func.count()).where(Article.state == State.PUBLISHED)
    return counted(session, rows.group_by(Article.case_kind))


def years(session: Session) -> Mapping[int, int]:
    """Return the years that have published articles and how many, newest year first."""
    rows = select(Article.year, func.count()).where(Article.state == State.PUBLISHED)
    ordered = rows.group_by(Article.year).order_by(Article.year.desc())
    return counted(session, ordered)


def is_due(session: Session, *, now: datetime) -> bool:
    """Tell whether an article waits whose hour has come."""
    due = select(Article.id).where(Article.state == State.SCHEDULED, Article.publish_at <= now)
    return session.scalar(due.limit(1)) is not None


def by_id(session: Session, article_id: int) -> Article | None:
    """Return an article in whatever state it is; for the desk."""
    return session.get(Article, article_id)


def in_state(session: Session, state: str, *, limit: int = PAGE, offset: int = 0) -> Sequence[Article]:
    """Return the articles of a state, newest first; for the desk."""
    rows = select(Article).where(Article.state == state)
    ordered = rows.order_by(Article.created_at.desc(), Article.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def counts_by_state(session: Session) -> Mapping[str, int]:
    """Return how many articles are in each state; none is a zero."""
    rows = select(Article.state, func.count()).group_by(Article.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Article.state == State.PUBLISHED]
    if filters.column:
        conditions.append(Article.column == filters.column)
    if filters.case:
        conditions.append(Article.case_kind == filters.case)
    if filters.year is not None:
        conditions.append(Article.year == filters.year)
    if filters.language:
        conditions.append(Article.language == filters.language)
    if filters.q:
        words = (Article.title, Article.summary, Article.body)
        held = [] if filters.among is None else [Article.id.in_(filters.among)]
        conditions.append(or_(*(column.contains(filters.q, autoescape=True) for column in words), *held))
    return conditions
