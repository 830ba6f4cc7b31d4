"""The tables of accounts, their sessions and their second factors."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class Account(Base):
    """A member of staff, or an agency with its own file; roles are the names of `accounts.rules.Role`.

    `agency_id` is set for an agency's account and for no other. `region_code` limits a member of staff to a
    part of the jurisdiction. `totp_step` is the last time step whose code was used.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    agency_id: Mapped[int | None]
    region_code: Mapped[str | None]
    must_change: Mapped[bool] = mapped_column(default=False)
    sealed_seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_step: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class StaffSession(Base):
    """One signed-in browser; it can be ended from anywhere. `proven_at` is when its owner last proved themselves."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    proven_at: Mapped[datetime | None]


class HalfSession(Base):
    """A browser whose password was right and that still owes something; it opens nothing of the workbench."""

    __tablename__ = "half_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    proven: Mapped[bool] = mapped_column(default=False)


class RecoveryCode(Base):
    """A code for the day the telephone is lost; it works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A public key whose private half a device keeps for its owner."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    added_on: Mapped[date]
    used_on: Mapped[date | None]


class SpentChallenge(Base):
    """A question put to a passkey that has been answered; it is not taken twice."""

    __tablename__ = "spent_challenge"

    digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
