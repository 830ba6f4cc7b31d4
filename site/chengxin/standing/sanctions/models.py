"""The tables of sanctions and their published wordings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class Sanction(Provenance, Base):
    """A decision against an agency and the notice that publishes it.

    `year` and `number` make the permanent address /notices/<year>/<number>/; they are given at publication.
    """

    __tablename__ = "sanction"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int | None]
    number: Mapped[int | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    party_name: Mapped[str]
    party_uscc: Mapped[str] = mapped_column(default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    notice_kind: Mapped[str]
    legal_kind: Mapped[str]
    severity: Mapped[str]
    category: Mapped[str] = mapped_column(default="other")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    decision_no: Mapped[str]
    decision_date: Mapped[date]
    authority: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text, default="")
    agency_statement: Mapped[str] = mapped_column(Text, default="")
    remedies: Mapped[str] = mapped_column(Text, default="")
    amount: Mapped[str] = mapped_column(default="")
    rectify_by: Mapped[date | None]
    min_until: Mapped[date | None]
    max_until: Mapped[date]
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    flags: Mapped[str] = mapped_column(default="")
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("notice_batch.id"), index=True)
    period: Mapped[str] = mapped_column(default="", server_default="", index=True)
    listed_until: Mapped[date | None]
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    proposed_end: Mapped[str] = mapped_column(default="")
    proposed_end_reason: Mapped[str] = mapped_column(Text, default="")
    proposed_end_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("published_by <> drafted_by", name="published_by_a_second_person"),
        CheckConstraint("ended_by <> proposed_end_by", name="ended_by_a_second_person"),
        Index("ix_sanction_state_published_on", "state", "published_on"),
        Index("ix_sanction_decision_no", "decision_no"),
    )


class SanctionRevision(Base):
    """A published wording of a notice: revision 1 is the first publication."""

    __tablename__ = "sanction_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanction.id"))
    revision: Mapped[int]
    published_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("sanction_id", "revision"),)
