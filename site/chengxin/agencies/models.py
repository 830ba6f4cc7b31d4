"""The tables of the register."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class Region(Base):
    """An administrative division (GB/T 2260): six digits, name, level and parent."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(index=True)


class Agency(Provenance, Base):
    """A human resources service provider (人力资源服务机构)."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    folded_name: Mapped[str] = mapped_column(index=True)
    uscc: Mapped[str | None] = mapped_column(unique=True)
    uscc_valid: Mapped[bool] = mapped_column(default=False)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    legal_representative: Mapped[str] = mapped_column(default="")
    established: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str] = mapped_column(default="")
    business_phone: Mapped[str] = mapped_column(default="")
    supervision_phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    fee_notice: Mapped[str] = mapped_column(Text, default="")
    staff_total: Mapped[int | None]
    public_body: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default="active")
    grade: Mapped[str] = mapped_column(default="")
    flags: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[date]
    backfilled: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    left_on: Mapped[date | None]
    fingerprint: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (Index("ix_agency_source_source_ref", "source", "source_ref"),)


class AgencyName(Base):
    """Another name an agency is or was known by: alias, trade name or former name."""

    __tablename__ = "agency_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    name: Mapped[str]
    folded_name: Mapped[str] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("agency_id", "kind", "name"),)


class AgencyService(Base):
    """A service an agency offers: a code of `agencies.rules.Service`, or the words of the source."""

    __tablename__ = "agency_service"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)


class Permit(Provenance, Base):
    """A licence, filing or other permit; the five endings are five different words.

    `runs_until` is the last day of a term whose end will be news; empty once that end is written down.
    """

    __tablename__ = "permit"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str]
    folded_number: Mapped[str] = mapped_column(index=True)
    scope: Mapped[str] = mapped_column(default="")
    authority: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    granted_by: Mapped[str] = mapped_column(default="normal")
    status: Mapped[str]
    status_on: Mapped[date | None]
    status_text: Mapped[str] = mapped_column(default="")
    decision_no: Mapped[str] = mapped_column(default="")
    runs_until: Mapped[date | None] = mapped_column(index=True)
