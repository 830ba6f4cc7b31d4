"""The table of ratings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models  # noqa: F401 (foreign keys point to both rooms' tables)
from chengxin.core.models import Base
from chengxin.core.workdays import add_workdays

MODERATION_WORKDAYS = 3  # the law sets no term; people who took the time to rate should not wait longer


def _decide_by(context: Any) -> date:
    received: date = context.get_current_parameters()["received_on"]
    return add_workdays(received, MODERATION_WORKDAYS).date


class Rating(Base):
    """One person's rating of an agency; each dimension runs from 1 (很差) to 5 (很好)."""

    __tablename__ = "rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_hash: Mapped[str] = mapped_column(unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    rater_kind: Mapped[str]
    service: Mapped[str] = mapped_column(default="")
    service_month: Mapped[str] = mapped_column(default="")
    openness: Mapped[int]
    honesty: Mapped[int]
    fees: Mapped[int]
    result: Mapped[int]
    attitude: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    verified: Mapped[bool] = mapped_column(default=False)
    agency_reply: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    decide_by: Mapped[date] = mapped_column(default=_decide_by)
    received_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index("ix_rating_agency_id_state", "agency_id", "state"),
        Index("ix_rating_state_decide_by", "state", "decide_by"),
        Index("ix_rating_decided_at", "decided_at"),
    )
