"""The table of evidence; the files lie sealed in the data folder, under names that tell nothing."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Evidence(Base):
    """One file of a case; `name` is random and binds the sealed file to this row.

    `digest` is a keyed hash of what was sent: it tells the same file sent twice, and nothing without the key.
    `redacted_from` is the file a redacted copy was drawn from.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    media: Mapped[str]
    size: Mapped[int]
    sealed_title: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str | None] = mapped_column(unique=True)
    added_on: Mapped[date] = mapped_column(index=True)
    from_staff: Mapped[bool] = mapped_column(default=False)
    scan: Mapped[str]
    redacted_from: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    erased_on: Mapped[date | None]

    __table_args__ = (
        Index("ix_evidence_subject", "subject_kind", "subject_id"),
        Index("ix_evidence_waiting", "scan", "erased_on", "added_on"),
    )
