"""The table of proposed corrections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.standing.objections.models
import chengxin.standing.sanctions.models  # noqa: F401 (foreign keys point to these rooms' tables)
from chengxin.core.models import Base


class Correction(Base):
    """New words for a public notice: proposed by one person, put in force by a second."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanction.id"), index=True)
    objection_id: Mapped[int | None] = mapped_column(ForeignKey("objection.id"))
    note: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("confirmed_by <> proposed_by", name="confirmed_by_a_second_person"),)
