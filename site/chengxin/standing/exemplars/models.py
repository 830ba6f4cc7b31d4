"""The tables of rounds of selection and of honours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class Selection(Base):
    """A round of selection (评选批次): who may be named for a year, how many, and how far it has come."""

    __tablename__ = "selection"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    level: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    year: Mapped[int]
    base: Mapped[int]
    share: Mapped[int | None]
    agency_places: Mapped[int]
    window_places: Mapped[int]
    person_places: Mapped[int]
    deadline: Mapped[date | None]
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    announced_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    publicity_from: Mapped[date | None]
    publicity_days: Mapped[int] = mapped_column(default=0)
    awarded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    awarded_on: Mapped[date | None]
    decision_no: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("awarded_by <> announced_by", name="awarded_by_a_second_person"),
        Index("ix_selection_state_year", "state", "year"),
    )


class Honour(Provenance, Base):
    """An exemplary title for a year: proposed and shortlisted by one person, awarded by a second."""

    __tablename__ = "honour"

    id: Mapped[int] = mapped_column(primary_key=True)
    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str]
    holder: Mapped[str] = mapped_column(default="")
    level: Mapped[str]
    year: Mapped[int]
    via: Mapped[str] = mapped_column(default="officer")
    proposer: Mapped[str] = mapped_column(default="")
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"))
    merit: Mapped[str] = mapped_column(Text, default="")
    consent_text: Mapped[str] = mapped_column(default="")
    consent_on: Mapped[date | None]
    consent_withdrawn_on: Mapped[date | None]
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    nominated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    shortlisted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    awarded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    awarded_on: Mapped[date | None]
    decision_no: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None]
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
    withdrawal_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("awarded_by <> nominated_by", name="awarded_by_a_second_person"),
        CheckConstraint("awarded_by <> shortlisted_by", name="awarded_by_who_did_not_shortlist"),
        CheckConstraint("ended_by <> withdrawal_by", name="withdrawn_by_a_second_person"),
        Index("ix_honour_year_state", "year", "state"),
    )
