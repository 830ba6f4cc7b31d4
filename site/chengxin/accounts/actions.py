"""Add and close accounts, set passwords, and begin and end sessions."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from chengxin.accounts import passwords, queries
from chengxin.accounts.credentials import check_password, check_username
from chengxin.accounts.models import Account, HalfSession, StaffSession
from chengxin.accounts.rules import Role, check_agency, check_region, roles_from, roles_text
from chengxin.accounts.steps import SESSION_TERM
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError, NotAllowedError, NotFoundError
from chengxin.ledger.actions import record, wait_for_the_end
from chengxin.ledger.rules import Subject

NO_ACCOUNT = N_("There is no such account.")
LAST_ADMIN = N_("This is the last administrator: give the role to somebody else first.")
CHANGED = N_("This account changed a moment ago; sign in again.")


def add(
    session: Session,
    *,
    actor: str,
    username: str,
    name: str,
    roles: Iterable[Role | str],
    password: str,
    agency_id: int | None = None,
    region_code: str | None = None,
    must_change: bool = False,
) -> Account:
    """Add an account of a member of staff, or of an agency."""
    check_username(username)
    check_password(password, username=username)
    given = roles_from(",".join(roles))
    check_agency(given, agency_id)
    check_region(given, region_code)
    kept_roles = roles_text(given)
    if not name.strip():
        raise DomainError(N_("An account needs the name of a person."))
    if queries.by_username(session, username):
        raise DomainError(N_("There is an account %(username)s already."), username=username)
    account = Account(
        username=username,
        name=name.strip(),
        roles=kept_roles,
        password_hash=passwords.hash_of(password),
        active=True,
        agency_id=agency_id,
        region_code=region_code,
        must_change=must_change,
        created_at=clock.now(),
    )
    session.add(account)
    session.flush()
    record(session, actor=actor, verb="account.added", subject=subject_of(account), new=_facts(account))
    return account


def set_password(
    session: Session,
    *,
    actor: str,
    account_id: int,
    password: str,
    must_change: bool = False,
    keep: str = "",
) -> None:
    """Set a new password and end every session that the old one opened, but the one it was set in."""
    account = found(session, account_id)
    check_password(password, username=account.username)
    written = passwords.hash_of(password)
    change(session, account, version=account.version, password_hash=written, must_change=must_change)
    record(session, actor=actor, verb="account.password_set", subject=subject_of(account))
    end_sessions(session, actor=actor, account_id=account_id, keep=keep)


def disable(
    session: Session, *, actor: str, account_id: int, reason: str = "", version: int | None = None
) -> None:
    """Close an account for good or for a while; nothing it did is lost."""
    account = found(session, account_id)
    if not account.active:
        raise DomainError(N_("The account %(username)s is closed already."), username=account.username)
    if actor == queries.officer(account).actor:
        raise DomainError(N_("Nobody closes their own account: ask another administrator."))
    check_not_last_admin(session, account)
    change(session, account, version=version or account.version, active=False)
    record(session, actor=actor, verb="account.disabled", subject=subject_of(account), reason=reason)
    end_sessions(session, actor=actor, account_id=account_id)


def sign_in(session: Session, *, account: Account, by: str = "password") -> str:
    """Open a session for a proven account and return its token, which is kept only as a hash."""
    current = still_open(session, account)
    token, opened = secrets.token_urlsafe(32), clock.now()
    row = StaffSession(
        token_hash=queries.token_hash(token),
        account_id=current.id,
        created_at=opened,
        expires_at=opened + SESSION_TERM,
        proven_at=opened,
    )
    session.add(row)
    actor = queries.officer(current).actor
    record(session, actor=actor, verb="account.signed_in", subject=subject_of(current), new={"by": by})
    return token


def prove_again(session: Session, *, token: str) -> None:
    """Remember that the owner of a running session proved themselves a moment ago."""
    running = update(StaffSession).where(
        StaffSession.token_hash == queries.token_hash(token), StaffSession.ended_at.is_(None)
    )
    session.execute(running.values(proven_at=clock.now()))


def sign_out(session: Session, *, actor: str, token: str) -> None:
    """End the session of one browser; ending it twice is no fault."""
    running = update(StaffSession).where(
        StaffSession.token_hash == queries.token_hash(token), StaffSession.ended_at.is_(None)
    )
    ended = session.scalar(running.values(ended_at=clock.now()).returning(StaffSession.account_id))
    if ended is not None:
        record(session, actor=actor, verb="account.signed_out", subject=Subject("account", ended))


def end_session(session: Session, *, actor: str, account_id: int, session_id: int) -> None:
    """End one session of an account from another browser; ending it twice is no fault."""
    running = update(StaffSession).where(
        StaffSession.id == session_id,
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
    )
    ended = session.scalar(running.values(ended_at=clock.now()).returning(StaffSession.id))
    if ended is not None:
        _tell_ended(session, actor=actor, account_id=account_id, count=1)


def end_sessions(session: Session, *, actor: str, account_id: int, keep: str = "") -> int:
    """End every running session of an account, but the one whose token is kept, and return how many."""
    now = clock.now()
    kept = queries.token_hash(keep)
    session.execute(
        delete(HalfSession).where(HalfSession.account_id == account_id, HalfSession.token_hash != kept)
    )
    running = update(StaffSession).where(
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
        StaffSession.expires_at > now,
        StaffSession.token_hash != kept,
    )
    ended = session.scalars(running.values(ended_at=now).returning(StaffSession.id)).all()
    if ended:
        _tell_ended(session, actor=actor, account_id=account_id, count=len(ended))
    return len(ended)


def still_open(session: Session, account: Account) -> Account:
    """Return the account as it is now, or refuse when it was closed or got another password meanwhile."""
    current = found(session, account.id)
    if not current.active or current.password_hash != account.password_hash:
        raise NotAllowedError(CHANGED)
    return current


def found(session: Session, account_id: int) -> Account:
    """Return an account, or say that there is none."""
    account = session.get(Account, account_id, populate_existing=True)
    if account is None:
        raise NotFoundError(NO_ACCOUNT)
    return account


def check_not_last_admin(session: Session, account: Account) -> None:
    """Refuse to take the last open account that keeps accounts; two who take at once queue here."""
    if Role.ADMIN not in roles_from(account.roles) or not account.active:
        return
    wait_for_the_end(session)
    others = select(func.count()).where(
        Account.id != account.id, Account.active.is_(True), Account.roles.contains(Role.ADMIN)
    )
    if not session.scalar(others):
        raise DomainError(LAST_ADMIN)


def forget_old_halves(session: Session, *, now: datetime) -> None:
    """Drop the half-open sessions whose time is over."""
    session.execute(delete(HalfSession).where(HalfSession.expires_at <= now))


def subject_of(account: Account) -> Subject:
    """Return an account as the ledger names it."""
    return Subject("account", account.id)


def _facts(account: Account) -> dict[str, object]:
    """Return what the ledger tells of a new account; nothing of its password."""
    told = {
        "username": account.username,
        "name": account.name,
        "roles": account.roles,
        "agency_id": account.agency_id,
        "region": account.region_code,
    }
    return {name: value for name, value in told.items() if value is not None}


def _tell_ended(session: Session, *, actor: str, account_id: int, count: int) -> None:
    subject = Subject("account", account_id)
    record(session, actor=actor, verb="account.sessions_ended", subject=subject, new={"n": count})
