"""The table of batches; its notices carry the batch's id."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base, Provenance


class NoticeBatch(Provenance, Base):
    """The notices of one authority for one quarter (曝光批次); each notice stays its own record."""

    __tablename__ = "notice_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    authority: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    state: Mapped[str]
    assembled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handed_in_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handed_in_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    published_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("label", "authority"),
        CheckConstraint("approved_by <> assembled_by", name="approved_by_a_second_person"),
        CheckConstraint("approved_by <> handed_in_by", name="approved_by_who_did_not_hand_in"),
    )
