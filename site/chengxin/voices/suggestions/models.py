"""The table of suggestions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models
import chengxin.agencies.models  # noqa: F401 (foreign keys point to both rooms' tables)
from chengxin.core.models import Base


class Suggestion(Base):
    """A suggestion; what its author wrote is sealed to the desk, and readers see `public_text` alone.

    `year` and `number` are its public address, given with the first answer. `sealed_redaction` holds the masks.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    reply_key: Mapped[bytes] = mapped_column(LargeBinary)
    topic: Mapped[str]
    about: Mapped[str]
    respondent: Mapped[str] = mapped_column(default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    publication: Mapped[str]
    consent_version: Mapped[str]
    contact_kind: Mapped[str]
    in_surge: Mapped[bool] = mapped_column(default=False)
    sealed_text: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_redaction: Mapped[bytes | None] = mapped_column(LargeBinary)
    note_for_author: Mapped[bytes | None] = mapped_column(LargeBinary)
    note_for_desk: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    public_text: Mapped[str] = mapped_column(Text, default="")
    reply: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[int | None]
    number: Mapped[int | None]
    received_on: Mapped[date]
    reply_by: Mapped[date]
    calendar: Mapped[str] = mapped_column(default="")
    provisional: Mapped[bool] = mapped_column(default=False)
    answered_on: Mapped[date | None] = mapped_column(index=True)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    amended_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_suggestion_state", "state", "reply_by"),
    )
