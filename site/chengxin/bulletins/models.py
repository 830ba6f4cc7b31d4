"""The table of articles."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Article(Base):
    """A text of the news columns, written in Markdown; /news/<year>/<slug>/ once published."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    slug: Mapped[str]
    column: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(default="zh-Hans")
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    revised_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "slug"),
        Index("ix_article_state_published_at", "state", "published_at"),
    )
