"""The table of abnormal-operation marks."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base
from chengxin.standing.twohands import CONFIRMED, ENDED, Removable


class AbnormalMark(Removable, Base):
    """That an agency operates abnormally: why, since when, by which decision."""

    __tablename__ = "abnormal_mark"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    cause: Mapped[str]
    facts: Mapped[str] = mapped_column(Text, default="")
    set_on: Mapped[date]
    decision_no: Mapped[str] = mapped_column(default="")
    authority: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint(CONFIRMED, name="confirmed_by_a_second_person"),
        CheckConstraint(ENDED, name="ended_by_a_second_person"),
        Index("ix_abnormal_mark_state_set_on", "state", "set_on"),
    )
