"""The table of links between organisations."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base
from chengxin.standing.twohands import CONFIRMED, ENDED, Removable


class LineageLink(Removable, Base):
    """That a later organisation is tied to an earlier one, since when, and which document says so."""

    __tablename__ = "lineage_link"

    earlier_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    later_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str]
    on_day: Mapped[date]
    document: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str]

    __table_args__ = (
        CheckConstraint(CONFIRMED, name="confirmed_by_a_second_person"),
        CheckConstraint(ENDED, name="ended_by_a_second_person"),
        CheckConstraint("earlier_id <> later_id", name="ties_two"),
    )
