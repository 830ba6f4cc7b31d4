"""The tables of articles, of their published wordings, and of their pictures."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Article(Base):
    """A text of the news columns, written in Markdown; /news/<year>/<slug>/ once published.

    `issue` is the number of a bulletin (简报) within its year; `document_no`, `keywords`, `origin` and
    `expires_on` are the metadata of a government page (文号、主题词、信息来源、时效).
    """

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    slug: Mapped[str]
    column: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(default="zh-Hans")
    case_kind: Mapped[str] = mapped_column(default="")
    issue: Mapped[int | None]
    document_no: Mapped[str] = mapped_column(default="")
    keywords: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    expires_on: Mapped[date | None]
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    publish_at: Mapped[datetime | None]
    scheduled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    revised_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "slug"),
        UniqueConstraint("year", "issue"),
        Index("ix_article_state_published_at", "state", "published_at"),
    )


class ArticleRevision(Base):
    """A published wording of an article: revision 1 is the first publication."""

    __tablename__ = "article_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    revision: Mapped[int]
    published_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("article_id", "revision"),)


class ArticlePicture(Base):
    """A picture of an article, drawn anew from what was sent: no metadata is left in it."""

    __tablename__ = "article_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    alternative: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]
