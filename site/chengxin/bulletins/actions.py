"""Write, publish, revise and withdraw articles."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import Act, State, check_slug, move, usual_slug
from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What a person writes: a title, a text in Markdown, and where it belongs."""

    column: str
    title: str
    body: str
    summary: str = ""
    language: str = "zh-Hans"


def draft(session: Session, *, actor: str, writing: Writing, slug: str = "") -> Article:
    """Write a first draft; nobody outside the desk sees it."""
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
    session: Session, *, actor: str, article_id: int, version: int, writing: Writing, reason: str = ""
) -> Article:
    """Replace the words of a draft, or of a published article, which then says when it was revised."""
    article = _by_version(session, article_id, version)
    move(article.state, Act.REVISE)
    public = article.state == State.PUBLISHED
    changed = sorted(name for name, value in asdict(writing).items() if getattr(article, name) != value)
    values = {**asdict(writing), "revised_at": clock.now() if public else None}
    change(session, article, version=version, **values)
    _record(
        session,
        article,
        actor=actor,
        verb="revised",
        new={"fields": changed},
        reason=reason,
        public=public,
    )
    return article


def publish(session: Session, *, actor: str, article_id: int, version: int) -> Article:
    """Publish a draft under the year of its publication."""
    article = _by_version(session, article_id, version)
    target = move(article.state, Act.PUBLISH)
    if not article.title.strip() or not article.body.strip():
        raise DomainError(N_("An article needs a title and a text."))
    year = clock.today().year
    _check_free(session, article, year=year)
    change(
        session,
        article,
        version=version,
        state=target,
        year=year,
        published_by=account_of(actor),
        published_at=clock.now(),
    )
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
    taken = select(Article.id).where(Article.year == (year or article.year), Article.slug == article.slug)
    if session.scalar(taken) not in {None, article.id}:
        raise DomainError(N_("Another article of this year has this address: choose another."))


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
