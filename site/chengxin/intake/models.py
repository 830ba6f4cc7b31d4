"""The table of what came in on a day."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class IntakeCount(Base):
    """How much came in on a day: at one door in all, and about one subject by a hash that changes every day."""

    __tablename__ = "intake_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
