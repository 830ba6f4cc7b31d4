"""The tables of cases, of the letters between the staff and who filed them, and of the staff's own notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models  # noqa: F401 (foreign keys point to both rooms' tables)
from chengxin.core.folding import fold_number
from chengxin.core.models import Base

HEARD = text("heard_at IS NOT NULL")


def _number_key(context: Any) -> str:
    number: str = context.get_current_parameters()["case_no"]
    return fold_number(number)[::-1]


class Complaint(Base):
    """A complaint or a report; what was written is sealed to the desk, the receipt is kept only as a hash.

    `reply_key` is the public key derived from the receipt phrase: replies are sealed to it, and whoever
    derives the same key has proven the phrase. `accept_by` and `answer_by` are what `accept_days` after
    `received_on` and `answer_days` after `answer_from` gave with the table of working days named `calendar`.
    `answered_by` is the account that decided, refused or dismissed it, so that somebody else reviews it.
    `state_before` is where a merged case, or one in review, goes back to. `in_surge` says that it came when
    very many did: it counts like any other, but staff may want to read it together with them. `heard_at` is when
    whoever filed it last wrote what the staff have not seen yet. `number_key` finds a number by its end.
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
    sealed_details: Mapped[bytes | None] = mapped_column(LargeBinary)
    has_mail: Mapped[bool] = mapped_column(default=False)
    in_surge: Mapped[bool] = mapped_column(default=False)
    consent_version: Mapped[str] = mapped_column(default="")
    violation: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    state_before: Mapped[str] = mapped_column(default="")
    finding: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    dismissal: Mapped[str] = mapped_column(default="")
    transferred_to: Mapped[str] = mapped_column(default="")
    merged_into: Mapped[int | None] = mapped_column(index=True)
    received_on: Mapped[date]
    clock: Mapped[str] = mapped_column(default="inspection")
    calendar: Mapped[str] = mapped_column(default="")
    accept_days: Mapped[int] = mapped_column(default=0)
    accept_by: Mapped[date]
    answer_from: Mapped[date]
    answer_days: Mapped[int] = mapped_column(default=0)
    answer_unit: Mapped[str] = mapped_column(default="workday")
    answer_by: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None]
    supplement_by: Mapped[date | None]
    extension_asked_by: Mapped[int | None]
    extended: Mapped[bool] = mapped_column(default=False)
    accepted_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    answered_by: Mapped[int | None]
    review_asked_on: Mapped[date | None]
    satisfaction: Mapped[str] = mapped_column(default="")
    erasure_asked_on: Mapped[date | None]
    contact_erased_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    copy_asked_on: Mapped[date | None]
    copy_made_on: Mapped[date | None]
    sealed_copy: Mapped[bytes | None] = mapped_column(LargeBinary)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    heard_at: Mapped[datetime | None]
    number_key: Mapped[str] = mapped_column(default=_number_key, index=True)
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]

    __table_args__ = (
        # All the queue of the staff asks for, so that it never reads the rows of closed cases.
        Index(
            "ix_complaint_waiting",
            *("state", "accept_by", "answer_by", "assigned_to", "extension_asked_by"),
            *("category", "track", "region_code", "heard_at", "answered_by"),
        ),
        # What ended, newest first, with all that a list of it is narrowed by.
        Index("ix_complaint_ended", "closed_on", "id", "assigned_to", "category", "track", "region_code"),
        Index("ix_complaint_heard", "heard_at", sqlite_where=HEARD, postgresql_where=HEARD),
    )


class ComplaintMessage(Base):
    """A letter of a case, sealed once to the complainant's phrase and once to the desk."""

    __tablename__ = "complaint_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    sent_on: Mapped[date]
    from_staff: Mapped[bool]
    kind: Mapped[str]
    for_complainant: Mapped[bytes | None] = mapped_column(LargeBinary)
    for_desk: Mapped[bytes | None] = mapped_column(LargeBinary)


class ComplaintNote(Base):
    """A note of the staff about a case, which only the desk reads."""

    __tablename__ = "complaint_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)


class ComplaintSketch(Base):
    """A keyed sketch of what a case tells: alike texts have alike sketches, and no text comes out of one."""

    __tablename__ = "complaint_sketch"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    sketch: Mapped[bytes] = mapped_column(LargeBinary)
    drawn_on: Mapped[date] = mapped_column(index=True)


class ComplaintBand(Base):
    """One of the bands of a sketch: cases that share a band are worth comparing."""

    __tablename__ = "complaint_band"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True, index=True)


class ComplaintLikeness(Base):
    """That a case tells nearly the same as an older one, in hundredths; staff see it, nothing follows from it."""

    __tablename__ = "complaint_likeness"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True, index=True)
    percent: Mapped[int]
