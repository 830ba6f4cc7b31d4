"""The table of objections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models  # noqa: F401 (foreign keys point to both rooms' tables)
from chengxin.core.models import Base


class Objection(Base):
    """A dispute about one record, named by kind and id; what the applicant wrote is sealed to the desk.

    `mark` is what the record says meanwhile, in neutral words of the staff.
    """

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    reply_key: Mapped[bytes] = mapped_column(LargeBinary)
    target_kind: Mapped[str]
    target_id: Mapped[int | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    applicant: Mapped[str]
    ground: Mapped[str]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    in_surge: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    mark: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    review_outcome: Mapped[str] = mapped_column(default="")
    review_decision: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    mark_by: Mapped[date]
    answer_by: Mapped[date]
    marked_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    review_by: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("reviewed_by <> decided_by", name="reviewed_by_a_second_person"),
        Index("ix_objection_target", "target_kind", "target_id", "state"),
        Index("ix_objection_state", "state", "answer_by"),
    )
