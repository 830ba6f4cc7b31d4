"""The tables of sanctions and their published wordings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class Sanction(Provenance, Base):
    """A decision against an agency and the notice that publishes it.

    `year` and `number` make the permanent address /notices/<year>/<number>/; they are given at publication.
    `party_name`, `party_uscc` and `agency_id` are what the public may read: when a party is anonymised, who it
    really is stands in the `withheld_` columns alone. While nothing is `decided`, `decision_date` is the draft's.
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
    list_name: Mapped[str] = mapped_column(default="", server_default="")
    procedure: Mapped[str] = mapped_column(default="ordinary")
    naming: Mapped[str] = mapped_column(default="full")
    withheld_name: Mapped[str] = mapped_column(default="")
    withheld_uscc: Mapped[str] = mapped_column(default="")
    withheld_agency_id: Mapped[int | None]
    basis_articles: Mapped[str] = mapped_column(Text, default="[]")
    evidence: Mapped[str] = mapped_column(Text, default="")
    publication_basis: Mapped[str] = mapped_column(Text, default="")
    decided: Mapped[bool] = mapped_column(default=True)
    filed_on: Mapped[date | None]
    told_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    hearing_requested_on: Mapped[date | None]
    heard_on: Mapped[date | None]
    hearing_outcome: Mapped[str] = mapped_column(Text, default="")
    served_on: Mapped[date | None]
    repair_notice: Mapped[bool] = mapped_column(default=False)
    urgent_reason: Mapped[str] = mapped_column(Text, default="")
    reviewed_by: Mapped[int | None]
    reviewed_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    proposed_end: Mapped[str] = mapped_column(default="")
    proposed_end_reason: Mapped[str] = mapped_column(Text, default="")
    quashed_on: Mapped[date | None]
    proposed_end_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    proposed_end_on: Mapped[date | None]
    ended_as: Mapped[str] = mapped_column(default="")
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
        Index("ix_sanction_due_on", "due_on"),
        Index(
            "ix_sanction_end_proposed",
            "proposed_end",
            sqlite_where=text("proposed_end > ''"),
            postgresql_where=text("proposed_end > ''"),
        ),
    )


class SanctionHand(Base):
    """Who had a hand in a notice: as one of its authors or as a second person, never as both.

    The key holds a person to one part for good. Rows are never changed or deleted, and a notice becomes public
    only with the hands of both parts: triggers see to that (migration 0005).
    """

    __tablename__ = "sanction_hand"

    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanction.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    part: Mapped[str]

    __table_args__ = (CheckConstraint("part IN ('author', 'second')", name="part_is_known"),)


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
