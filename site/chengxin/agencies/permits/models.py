"""The table of what happened to permits."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class PermitEvent(Provenance, Base):
    """One public change of a permit, as it was told; kind, number and region are those of that day."""

    __tablename__ = "permit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    permit_id: Mapped[int] = mapped_column(ForeignKey("permit.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    permit_kind: Mapped[str]
    permit_number: Mapped[str]
    region_code: Mapped[str | None]
    change: Mapped[str]
    on_day: Mapped[date]
    dated: Mapped[bool]
    fact: Mapped[str] = mapped_column(default="")
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    decision_no: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_permit_event_on_day_id", "on_day", "id"),
        Index("ix_permit_event_change_on_day_id", "change", "on_day", "id"),
        Index("ix_permit_event_region_code_on_day_id", "region_code", "on_day", "id"),
        Index("ix_permit_event_permit_kind_on_day_id", "permit_kind", "on_day", "id"),
    )
