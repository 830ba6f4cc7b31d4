"""The tables of saved views and of acts on many records."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import chengxin.accounts.models  # noqa: F401 (foreign keys point to its table)
from chengxin.core.models import Base


class SavedView(Base):
    """A part of the queue that an officer gave a name; `part` is how an address spells it."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    part: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("account_id", "name"),)


class BulkAct(Base):
    """One act on many records; `due_at` is set while it is held back, and `sealed_words` until it is over."""

    __tablename__ = "bulk_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    act: Mapped[str]
    choice: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index("ix_bulk_act_state_due_at", "state", "due_at"),)


class BulkMember(Base):
    """One record of an act: the version its officer saw, the version the act left, and what was there before."""

    __tablename__ = "bulk_member"

    bulk_act_id: Mapped[int] = mapped_column(ForeignKey("bulk_act.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    seen: Mapped[int]
    left: Mapped[int | None]
    before: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    told: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_bulk_member_record", "kind", "record_id", "outcome"),)
