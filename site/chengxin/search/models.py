"""The tables the lookup derives from the records; they may be emptied at any time and follow the ledger again."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base

# Compared byte by byte on every database, so that an index finds what begins with some characters.
PLAIN = String().with_variant(String(collation="C"), "postgresql")


class Likeness(Base):
    """A key that an agency shares with every agency whose trade name (字号) may be taken for its own."""

    __tablename__ = "likeness"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    core: Mapped[str]
    city: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index("ix_likeness_key_city", "key", "city"),)


class TextToken(Base):
    """That a published text holds a pair of characters or a word; the text itself stands only in its record."""

    __tablename__ = "text_token"

    kind: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(PLAIN, primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (
        Index("ix_text_token_record_id", "record_id"),
        {"sqlite_with_rowid": False},
    )


class LookupPosition(Base):
    """How far a derived table has followed the ledger."""

    __tablename__ = "lookup_position"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
