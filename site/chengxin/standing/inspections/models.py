"""The tables of random inspections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class InspectionBatch(Base):
    """One drawing of agencies to inspect: its frame, its seed, and who drew, handed in and published.

    The inspectors' names are for the staff alone and never leave the workbench.
    """

    __tablename__ = "inspection_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    scope: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    wanted: Mapped[int]
    seed: Mapped[str]
    pool_size: Mapped[int]
    pool_hash: Mapped[str]
    inspectors: Mapped[str] = mapped_column(Text)
    drawn_on: Mapped[date]
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    drawn_by: Mapped[int | None]
    handed_in_by: Mapped[int | None]
    published_by: Mapped[int | None]
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("published_by <> handed_in_by", name="published_by_a_second_person"),
        CheckConstraint("published_by <> drawn_by", name="published_by_another_than_drew"),
    )


class Inspection(Base):
    """One agency of a batch, who inspects it, and what was found."""

    __tablename__ = "inspection"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("inspection_batch.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    position: Mapped[int]
    inspectors: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    inspected_on: Mapped[date | None]
    recorded_by: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("batch_id", "agency_id"),)
