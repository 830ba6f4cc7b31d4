"""Read accounts: by username, by session, all of them."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account, HalfSession, Passkey, RecoveryCode, StaffSession
from chengxin.accounts.rules import Officer, roles_from
from chengxin.core import clock


@dataclass(frozen=True)
class Running:
    """A running session: whose it is, its number, and when its owner last proved themselves."""

    officer: Officer
    session_id: int
    proven_at: datetime | None


def by_username(session: Session, username: str) -> Account | None:
    """Return the account of a username."""
    return session.scalar(select(Account).where(Account.username == username))


def running(session: Session, token: str) -> Running | None:
    """Return the session a token opens, if it still runs."""
    statement = (
        select(Account, StaffSession)
        .join(StaffSession, StaffSession.account_id == Account.id)
        .where(
            StaffSession.token_hash == token_hash(token),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > clock.now(),
            Account.active.is_(True),
        )
    )
    row = session.execute(statement).first()
    return Running(officer(row[0]), row[1].id, row[1].proven_at) if row else None


def half(session: Session, token: str) -> tuple[Account, HalfSession] | None:
    """Return the account and the half-open session of a token whose time is not over."""
    statement = (
        select(Account, HalfSession)
        .join(HalfSession, HalfSession.account_id == Account.id)
        .where(
            HalfSession.token_hash == token_hash(token),
            HalfSession.expires_at > clock.now(),
            Account.active.is_(True),
        )
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def by_id(session: Session, account_id: int) -> Account | None:
    """Return an account by its number."""
    return session.get(Account, account_id)


def has_factor(session: Session, account: Account) -> bool:
    """Return whether an account has a second factor of any kind."""
    return account.sealed_seed is not None or bool(passkeys(session, account.id))


def passkeys(session: Session, account_id: int) -> Sequence[Passkey]:
    """Return the passkeys of an account, oldest first."""
    mine = select(Passkey).where(Passkey.account_id == account_id)
    return session.scalars(mine.order_by(Passkey.id)).all()


def passkey(session: Session, credential_id: bytes) -> Passkey | None:
    """Return the passkey a device calls by this name."""
    return session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def recovery_left(session: Session, account_id: int) -> int:
    """Return how many recovery codes of an account are unused."""
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def open_sessions(session: Session, account_id: int) -> Sequence[StaffSession]:
    """Return the sessions of an account that still run, newest first."""
    mine = select(StaffSession).where(
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
        StaffSession.expires_at > clock.now(),
    )
    return session.scalars(mine.order_by(StaffSession.created_at.desc(), StaffSession.id.desc())).all()


def sign_ins(session: Session, ids: Collection[int], *, before: int | None = None) -> Mapping[int, datetime]:
    """Return when accounts last signed in, before a session if one is named."""
    last = select(StaffSession.account_id, func.max(StaffSession.created_at).label("at"))
    last = last.where(StaffSession.account_id.in_(set(ids))).group_by(StaffSession.account_id)
    if before is not None:
        last = last.where(StaffSession.id < before)
    return {row.account_id: row.at for row in session.execute(last)}


def with_factor(session: Session) -> frozenset[int]:
    """Return the accounts that have a second factor."""
    apps = session.scalars(select(Account.id).where(Account.sealed_seed.is_not(None)))
    return frozenset(apps) | frozenset(session.scalars(select(Passkey.account_id).distinct()))


def everybody(session: Session) -> Sequence[Account]:
    """Return every account by username."""
    return session.scalars(select(Account).order_by(Account.username)).all()


def names(session: Session, ids: Collection[int | None]) -> Mapping[int, str]:
    """Return the names of some accounts by their ids, in one query."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}


def officer(account: Account) -> Officer:
    """Return an account as the rules see it."""
    return Officer(
        id=account.id,
        username=account.username,
        name=account.name,
        roles=roles_from(account.roles),
        agency_id=account.agency_id,
        region=account.region_code,
    )


def token_hash(token: str) -> str:
    """Return what is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()
