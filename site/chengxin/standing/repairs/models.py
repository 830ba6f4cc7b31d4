"""The table of requests for credit repair."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models
import chengxin.standing.sanctions.models  # noqa: F401 (foreign keys point to these rooms' tables)
from chengxin.core.models import Base


class Repair(Base):
    """A request to end a notice early: proposed for grant by one person, granted by a second."""

    __tablename__ = "repair"

    id: Mapped[int] = mapped_column(primary_key=True)
    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanction.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    applicant: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text, default="")
    fulfilled: Mapped[bool]
    undertaking: Mapped[bool]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    requested_on: Mapped[date]
    check_by: Mapped[date]
    accepted_on: Mapped[date | None]
    decide_by: Mapped[date | None]
    decided_on: Mapped[date | None]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("state <> 'granted' OR decided_by <> proposed_by", name="granted_by_a_second_person"),
        Index("ix_repair_state", "state", "decide_by"),
    )
