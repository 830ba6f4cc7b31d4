"""Write, schedule, publish, revise and withdraw articles."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.bulletins.models import Article, ArticleRevision
from chengxin.bulletins.rules import (
    Act,
    Column,
    State,
    check_case,
    check_column_kept,
    check_hour,
    check_note,
    check_slug,
    move,
    usual_slug,
)
from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import WORKER, Subject, account_of


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What a person writes: a title, a text in Markdown, and where it belongs."""

    column: str
    title: str
    body: str
    summary: str = ""
    language: str = "zh-Hans"
    case_kind: str = ""
    document_no: str = ""
    keywords: str = ""
    origin: str = ""
    expires_on: date | None = None


def draft(session: Session, *, actor: str, writing: Writing, slug: str = "") -> Article:
    """Write a first draft; nobody outside the desk sees it."""
    check_case(writing.column, writing.case_kind)
    now = clock.now()
    made = Article(
        **asdict(writing),
        year=clock.today().year,
        slug=check_slug(slug) if slug else f"new-{now:%m%d%H%M%S%f}",
        state=State.DRAFT,
        drafted_by=account_of(actor),
        created_at=now,
    )
    _check_free(session, made)
    session.add(made)
    session.flush()
    made.slug = slug or usual_slug(clock.today(), made.id)
    session.flush()
    _record(session, made, actor=actor, verb="drafted", new={"state": State.DRAFT})
    return made


def revise(
    session: Session, *, actor: str, article_id: int, version: int, writing: Writing, note: str = ""
) -> Article:
    """Replace the words of a draft, or of a published article with a note that tells readers what changed."""
    article = _by_version(session, article_id, version)
    move(article.state, Act.REVISE)
    check_case(writing.column, writing.case_kind)
    public = article.state == State.PUBLISHED
    told = check_note(note, public=public)
    if public:
        check_column_kept(article.column, writing.column)
    changed = sorted(name for name, value in asdict(writing).items() if getattr(article, name) != value)
    values = {**asdict(writing), "revised_at": clock.now() if public else None}
    change(session, article, version=version, **values)
    if public:
        _keep_revision(session, article, note=told)
    new = {"fields": changed}
    _record(session, article, actor=actor, verb="revised", new=new, reason=told, public=public)
    return article


def schedule(session: Session, *, actor: str, article_id: int, version: int, publish_at: datetime) -> Article:
    """Promise to publish a draft at an hour; the worker does it."""
    article = _by_version(session, article_id, version)
    target = move(article.state, Act.SCHEDULE)
    check_hour(publish_at, clock.now())
    _check_written(article)
    given = {"publish_at": publish_at, "scheduled_by": account_of(actor)}
    change(session, article, version=version, state=target, **given)
    _record(session, article, actor=actor, verb="scheduled", new={"state": target})
    return article


def hold(session: Session, *, actor: str, article_id: int, version: int) -> Article:
    """Take a promise to publish back; the article is a draft again."""
    article = _by_version(session, article_id, version)
    target = move(article.state, Act.HOLD)
    change(session, article, version=version, state=target, publish_at=None, scheduled_by=None)
    _record(session, article, actor=actor, verb="held", new={"state": target})
    return article


def publish(session: Session, *, actor: str, article_id: int, version: int) -> Article:
    """Publish an article under the year of its publication; a bulletin gets the next number of the year."""
    article = _by_version(session, article_id, version)
    return _publish(session, article, actor=actor, published_by=account_of(actor))


def publish_due(session: Session, *, now: datetime) -> int:
    """Publish every article whose hour has come and return how many there were."""
    due = session.scalars(
        select(Article)
        .where(Article.state == State.SCHEDULED, Article.publish_at <= now)
        .order_by(Article.publish_at, Article.id)
        .with_for_update(skip_locked=True)
    ).all()
    for article in due:
        if _taken(session, article, year=clock.today().year):
            article.slug = f"{article.slug}-{article.id}"
        _publish(session, article, actor=WORKER, published_by=article.scheduled_by)
    return len(due)


def _publish(session: Session, article: Article, *, actor: str, published_by: int | None) -> Article:
    target = move(article.state, Act.PUBLISH)
    _check_written(article)
    year = clock.today().year
    _check_free(session, article, year=year)
    change(
        session,
        article,
        version=article.version,
        state=target,
        year=year,
        issue=_next_issue(session, year) if article.column == Column.BRIEFS else None,
        published_by=published_by,
        published_at=clock.now(),
    )
    _keep_revision(session, article, note="")
    _record(session, article, actor=actor, verb="published", new={"state": target}, public=True)
    return article


def withdraw(session: Session, *, actor: str, article_id: int, version: int, reason: str) -> Article:
    """Take a published article down with a reason; its address then answers that it was withdrawn."""
    article = _by_version(session, article_id, version)
    target = move(article.state, Act.WITHDRAW, reason=reason)
    change(session, article, version=version, state=target, state_reason=reason.strip())
    _record(
        session, article, actor=actor, verb="withdrawn", new={"state": target}, reason=reason, public=True
    )
    return article


def _check_free(session: Session, article: Article, *, year: int | None = None) -> None:
    """Refuse an address that another article of the year has."""
    if _taken(session, article, year=year or article.year):
        raise DomainError(N_("Another article of this year has this address: choose another."))


def _taken(session: Session, article: Article, *, year: int) -> bool:
    taken = select(Article.id).where(Article.year == year, Article.slug == article.slug)
    return session.scalar(taken) not in {None, article.id}


def _check_written(article: Article) -> None:
    if not article.title.strip() or not article.body.strip():
        raise DomainError(N_("An article needs a title and a text."))


def _next_issue(session: Session, year: int) -> int:
    """Return the number after the last bulletin of a year, also when that one was withdrawn."""
    return (session.scalar(select(func.max(Article.issue)).where(Article.year == year)) or 0) + 1


def _keep_revision(session: Session, article: Article, *, note: str) -> None:
    """Keep the words that are public from now on."""
    last = select(func.max(ArticleRevision.revision)).where(ArticleRevision.article_id == article.id)
    session.add(
        ArticleRevision(
            article_id=article.id,
            revision=(session.scalar(last) or 0) + 1,
            published_at=article.revised_at or article.published_at or clock.now(),
            note=note,
            title=article.title,
            summary=article.summary,
            body=article.body,
        )
    )
    session.flush()


def _record(
    session: Session,
    article: Article,
    *,
    actor: str,
    verb: str,
    new: Mapping[str, Any],
    reason: str = "",
    public: bool = False,
) -> None:
    ledger.record(
        session,
        actor=actor,
        verb=f"article.{verb}",
        subject=Subject("article", article.id),
        new={**new, "year": article.year, "slug": article.slug, "column": article.column},
        reason=reason.strip(),
        public=public,
    )


def _by_version(session: Session, article_id: int, version: int) -> Article:
    article = session.get(Article, article_id)
    if article is None:
        raise NotFoundError(N_("There is no such article."))
    check_version(article, version)
    return article
