"""What an administrator does to accounts: roles, region, opening again, and what was lost."""

import secrets
from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from chengxin.accounts import queries
from chengxin.accounts.actions import check_not_last_admin, end_sessions, found, set_password, subject_of
from chengxin.accounts.models import Account, Passkey, RecoveryCode
from chengxin.accounts.rules import Role, check_agency, check_region, roles_from, roles_text
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.actions import record

ONE_TIME_GROUPS = 4
# No signs that look alike: a one-time password is read out or copied from paper.
ONE_TIME_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def change_roles(
    session: Session,
    *,
    actor: str,
    account_id: int,
    roles: Iterable[Role | str],
    version: int | None = None,
    reason: str = "",
) -> None:
    """Give an account other roles; its sessions go on with the new ones."""
    account = found(session, account_id)
    before, given = account.roles, roles_from(",".join(roles))
    check_agency(given, account.agency_id)
    check_region(given, account.region_code)
    if Role.ADMIN in roles_from(before) and Role.ADMIN not in given:
        _check_not_own(account, actor)
        check_not_last_admin(session, account)
    after = roles_text(given)
    if after == before:
        raise DomainError(N_("The account has these roles already."))
    change(session, account, version=version or account.version, roles=after)
    record(
        session,
        actor=actor,
        verb="account.roles_changed",
        subject=subject_of(account),
        old={"roles": before},
        new={"roles": after},
        reason=reason,
    )


def change_region(
    session: Session,
    *,
    actor: str,
    account_id: int,
    region_code: str | None,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Limit an account to a region, or give it the whole jurisdiction back."""
    account = found(session, account_id)
    check_region(roles_from(account.roles), region_code)
    before = account.region_code
    if region_code == before:
        raise DomainError(N_("The account has this region already."))
    change(session, account, version=version or account.version, region_code=region_code)
    record(
        session,
        actor=actor,
        verb="account.region_changed",
        subject=subject_of(account),
        old={"region": before},
        new={"region": region_code},
        reason=reason,
    )


def enable(
    session: Session, *, actor: str, account_id: int, version: int | None = None, reason: str = ""
) -> None:
    """Open a closed account again."""
    account = found(session, account_id)
    if account.active:
        raise DomainError(N_("The account %(username)s is open already."), username=account.username)
    change(session, account, version=version or account.version, active=True)
    record(session, actor=actor, verb="account.enabled", subject=subject_of(account), reason=reason)


def hand_out_password(session: Session, *, actor: str, account_id: int) -> str:
    """Return a one-time password for somebody who forgot theirs; it has to be changed at the next sign-in."""
    account = found(session, account_id)
    _check_not_own(account, actor)
    password = one_time_password()
    set_password(session, actor=actor, account_id=account_id, password=password, must_change=True)
    return password


def reset_factors(
    session: Session, *, actor: str, account_id: int, version: int | None = None, reason: str = ""
) -> None:
    """Take every second factor from an account whose owner lost theirs, and end its sessions."""
    account = found(session, account_id)
    _check_not_own(account, actor)
    change(session, account, version=version or account.version, sealed_seed=None, totp_step=None)
    for table in (Passkey, RecoveryCode):
        session.execute(delete(table).where(table.account_id == account_id))
    record(session, actor=actor, verb="account.factors_reset", subject=subject_of(account), reason=reason)
    end_sessions(session, actor=actor, account_id=account_id)


def one_time_password() -> str:
    """Return a password that is read out once: four groups of four signs."""
    groups = ("".join(secrets.choice(ONE_TIME_SIGNS) for _n in range(4)) for _group in range(ONE_TIME_GROUPS))
    return "-".join(groups)


def _check_not_own(account: Account, actor: str) -> None:
    """Refuse what nobody may do to their own account."""
    if actor == queries.officer(account).actor:
        raise DomainError(N_("Nobody does this to their own account: ask another administrator."))
