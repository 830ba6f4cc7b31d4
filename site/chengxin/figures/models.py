"""The tables of the figures: counts by month, how far the ledger was counted, and published reports."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class CaseCount(Base):
    """How often something happened to cases in a month, seen from one side: all, by category, region, officer."""

    __tablename__ = "case_count"

    # In the order in which questions narrow: the many rows of times stand apart from the few sums.
    facet: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    track: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    detail: Mapped[str] = mapped_column(primary_key=True)
    workdays: Mapped[int] = mapped_column(primary_key=True)
    late: Mapped[bool] = mapped_column(primary_key=True)
    count: Mapped[int]


class CountedTo(Base):
    """The last event of the ledger that the counts hold."""

    __tablename__ = "counted_to"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class MonthReport(Base):
    """The service report of a month as it was published; a later correction is another revision."""

    __tablename__ = "month_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    revision: Mapped[int]
    made_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (UniqueConstraint("month", "revision"),)
