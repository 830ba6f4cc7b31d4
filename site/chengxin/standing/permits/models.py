"""The table of decisions about permits."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base
from chengxin.standing.twohands import CONFIRMED, Proposed


class PermitAct(Proposed, Base):
    """A change or an ending of a permit as an officer entered it, with its decision."""

    __tablename__ = "permit_act"

    permit_id: Mapped[int] = mapped_column(ForeignKey("permit.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    change: Mapped[str]
    fact: Mapped[str] = mapped_column(default="")
    new: Mapped[str] = mapped_column(Text, default="")
    on_day: Mapped[date]
    decided_on: Mapped[date]
    decision_no: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    publish_by: Mapped[date]

    __table_args__ = (
        CheckConstraint(CONFIRMED, name="confirmed_by_a_second_person"),
        Index("ix_permit_act_state_publish_by", "state", "publish_by"),
    )
