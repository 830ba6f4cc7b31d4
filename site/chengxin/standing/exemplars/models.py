"""The table of honours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class Honour(Provenance, Base):
    """An exemplary title for a year: nominated by one person, awarded by a second."""

    __tablename__ = "honour"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str]
    holder: Mapped[str] = mapped_column(default="")
    level: Mapped[str]
    year: Mapped[int]
    batch: Mapped[str] = mapped_column(default="")
    decision_no: Mapped[str] = mapped_column(default="")
    merit: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    nominated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    awarded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    awarded_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("awarded_by <> nominated_by", name="awarded_by_a_second_person"),
        Index("ix_honour_year_state", "year", "state"),
    )
