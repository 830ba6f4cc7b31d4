"""The tables of complaints and of the messages to the complainant."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models  # noqa: F401 (foreign keys point to both rooms' tables)
from chengxin.core.models import Base


class Complaint(Base):
    """A complaint; what the complainant wrote is sealed to the desk, the receipt is kept only as a hash.

    `reply_key` is the public key derived from the receipt phrase: replies are sealed to it, and whoever
    derives the same key has proven the phrase.
    """

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    reply_key: Mapped[bytes] = mapped_column(LargeBinary)
    track: Mapped[str] = mapped_column(default="complaint")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    respondent: Mapped[str] = mapped_column(index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    category: Mapped[str]
    contact_kind: Mapped[str]
    sealed_facts: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    consent_version: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    finding: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date]
    accept_by: Mapped[date]
    answer_by: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]

    __table_args__ = (
        # All the queue of the staff asks for, so that it never reads the rows of closed cases.
        Index("ix_complaint_waiting", "state", "accept_by", "answer_by", "assigned_to"),
    )


class ComplaintMessage(Base):
    """A message of a case, sealed once to the complainant's phrase and once to the desk."""

    __tablename__ = "complaint_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    sent_on: Mapped[date]
    from_staff: Mapped[bool]
    kind: Mapped[str]
    for_complainant: Mapped[bytes | None] = mapped_column(LargeBinary)
    for_desk: Mapped[bytes | None] = mapped_column(LargeBinary)
