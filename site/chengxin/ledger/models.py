"""The tables of the ledger and of the outbox."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Event(Base):
    """One thing that happened: who, what, to which record, from what to what, and why."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    public_version: Mapped[int | None] = mapped_column(unique=True)
    previous_hash: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        Index("ix_event_subject", "subject_kind", "subject_id", "at", "id"),
        # What the auditor's filters ask for, newest first; each is whole with the time and the number.
        Index("ix_event_at", "at", "id"),
        Index("ix_event_actor_at", "actor", "at", "id"),
        Index("ix_event_verb_at", "verb", "at", "id"),
        Index("ix_event_subject_kind_at", "subject_kind", "at", "id"),
    )


class RecordRead(Base):
    """One record that an event names as read: made from the ledger, so that a record can be asked who read it."""

    __tablename__ = "record_read"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor: Mapped[str]
    way: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        # Both are whole and in the order of their counts, so that no count has to sort.
        Index("ix_record_read_record", "kind", "record_id", "actor", "at", "way"),
        Index("ix_record_read_actor", "actor", "kind", "record_id", "at", "way"),
    )


class Parcel(Base):
    """Work to do after the commit, delivered at least once by the worker."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_outbox_kind_done_at", "kind", "done_at"),)
