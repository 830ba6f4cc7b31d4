"""Read accounts: by username, by session, all of them."""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account, StaffSession
from chengxin.accounts.rules import Officer, roles_from
from chengxin.core import clock


def by_username(session: Session, username: str) -> Account | None:
    """Return the account of a username."""
    return session.scalar(select(Account).where(Account.username == username))


def by_token(session: Session, token: str) -> Officer | None:
    """Return who is signed in with a session token, if its session still runs."""
    statement = (
        select(Account)
        .join(StaffSession, StaffSession.account_id == Account.id)
        .where(
            StaffSession.token_hash == token_hash(token),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > clock.now(),
            Account.active.is_(True),
        )
    )
    account = session.scalar(statement)
    return officer(account) if account else None


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
