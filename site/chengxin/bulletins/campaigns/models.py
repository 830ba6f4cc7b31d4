"""The tables of campaigns and of the agencies that take part."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Campaign(Base):
    """A yearly campaign; /campaigns/<year>/<slug>/ once published."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    slug: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    body: Mapped[str] = mapped_column(Text)
    results: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "slug"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
    )


class CampaignEntry(Base):
    """An agency that takes part in a campaign, and how it did."""

    __tablename__ = "campaign_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    enrolled_on: Mapped[date]
    result: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("campaign_id", "agency_id"),)
