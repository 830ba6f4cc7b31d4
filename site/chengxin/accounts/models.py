"""The tables of staff accounts and their sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Account(Base):
    """A member of staff, or an agency with its own file; roles are the names of `accounts.rules.Role`.

    `agency_id` is set for an agency's account and for no other.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    agency_id: Mapped[int | None]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    created_at: Mapped[datetime]


class StaffSession(Base):
    """One signed-in browser; it can be ended from anywhere."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
