"""Add and change accounts, and begin and end their sessions."""

import secrets
from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from chengxin.accounts import passwords, queries
from chengxin.accounts.credentials import check_password, check_username
from chengxin.accounts.models import Account, StaffSession
from chengxin.accounts.rules import Role, check_agency, roles_from, roles_text
from chengxin.accounts.steps import SESSION_TERM
from chengxin.core import clock
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject


def add(
    session: Session,
    *,
    actor: str,
    username: str,
    name: str,
    roles: Iterable[Role | str],
    password: str,
    agency_id: int | None = None,
) -> Account:
    """Add an account of a member of staff, or of an agency."""
    check_username(username)
    check_password(password, username=username)
    given = roles_from(",".join(roles))
    check_agency(given, agency_id)
    kept_roles = roles_text(given)
    if not name.strip():
        raise DomainError("An account needs the name of a person.")
    if queries.by_username(session, username):
        raise DomainError(f"There is an account {username} already.")
    account = Account(
        username=username,
        name=name.strip(),
        roles=kept_roles,
        password_hash=passwords.hash_of(password),
        active=True,
        agency_id=agency_id,
        created_at=clock.now(),
    )
    session.add(account)
    session.flush()
    shown: dict[str, object] = {"username": username, "name": account.name, "roles": kept_roles}
    if agency_id is not None:
        shown["agency_id"] = agency_id
    record(session, actor=actor, verb="account.added", subject=_subject(account), new=shown)
    return account


def set_password(session: Session, *, actor: str, account_id: int, password: str) -> None:
    """Set a new password and end every session that the old one opened."""
    account = _found(session, account_id)
    check_password(password, username=account.username)
    account.password_hash = passwords.hash_of(password)
    record(session, actor=actor, verb="account.password_set", subject=_subject(account))
    end_sessions(session, actor=actor, account_id=account_id)


def disable(session: Session, *, actor: str, account_id: int, reason: str = "") -> None:
    """Close an account for good or for a while; nothing it did is lost."""
    account = _found(session, account_id)
    if not account.active:
        raise DomainError(f"The account {account.username} is closed already.")
    account.active = False
    record(session, actor=actor, verb="account.disabled", subject=_subject(account), reason=reason)
    end_sessions(session, actor=actor, account_id=account_id)


def sign_in(session: Session, *, account: Account) -> str:
    """Open a session for a proven account and return its token, which is kept only as a hash."""
    current = _found(session, account.id)
    if not current.active or current.password_hash != account.password_hash:
        raise NotAllowedError("This account changed a moment ago; sign in again.")
    token, opened = secrets.token_urlsafe(32), clock.now()
    row = StaffSession(
        token_hash=queries.token_hash(token),
        account_id=current.id,
        created_at=opened,
        expires_at=opened + SESSION_TERM,
    )
    session.add(row)
    actor = queries.officer(current).actor
    record(session, actor=actor, verb="account.signed_in", subject=_subject(current))
    return token


def sign_out(session: Session, *, actor: str, token: str) -> None:
    """End the session of one browser; ending it twice is no fault."""
    running = update(StaffSession).where(
        StaffSession.token_hash == queries.token_hash(token), StaffSession.ended_at.is_(None)
    )
    ended = session.scalar(running.values(ended_at=clock.now()).returning(StaffSession.account_id))
    if ended is not None:
        record(session, actor=actor, verb="account.signed_out", subject=Subject("account", ended))


def end_sessions(session: Session, *, actor: str, account_id: int) -> int:
    """End every running session of an account and return how many there were."""
    running = update(StaffSession).where(
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
        StaffSession.expires_at > clock.now(),
    )
    ended = session.scalars(running.values(ended_at=clock.now()).returning(StaffSession.id)).all()
    if ended:
        subject = Subject("account", account_id)
        record(session, actor=actor, verb="account.sessions_ended", subject=subject, new={"n": len(ended)})
    return len(ended)


def _found(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id, populate_existing=True)
    if account is None:
        raise NotFoundError("There is no such account.")
    return account


def _subject(account: Account) -> Subject:
    return Subject("account", account.id)
