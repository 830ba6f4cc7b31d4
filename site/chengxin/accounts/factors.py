"""Second factors: set up, prove, renew and take away."""

import secrets
from datetime import timedelta

from sqlalchemy import CursorResult, Update, delete, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chengxin.accounts import queries, recovery, seeds
from chengxin.accounts.actions import forget_old_halves, found, still_open, subject_of
from chengxin.accounts.models import Account, HalfSession, Passkey, RecoveryCode, SpentChallenge
from chengxin.accounts.steps import CODE_TRIES, HALF_TERM
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError, NotAllowedError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import PUBLIC, Subject

WRONG_CODE = N_("This code is not right or was used already. Take the newest one of your app.")
SPENT = N_("This page waited too long or was sent twice. Press the button again.")
MOST_PASSKEYS = 10


def begin_half(session: Session, *, account: Account, proven: bool = False) -> str:
    """Remember a browser whose password was right, and return the token it carries until it owes nothing."""
    current, now = still_open(session, account), clock.now()
    forget_old_halves(session, now=now)
    token = secrets.token_urlsafe(32)
    row = HalfSession(
        token_hash=queries.token_hash(token),
        account_id=current.id,
        expires_at=now + HALF_TERM,
        tries=0,
        proven=proven,
    )
    session.add(row)
    return token


def end_half(session: Session, *, token: str) -> None:
    """Forget a half-open session; forgetting it twice is no fault."""
    session.execute(delete(HalfSession).where(HalfSession.token_hash == queries.token_hash(token)))


def count_try(session: Session, *, token: str) -> bool:
    """Count one try at a code, and return whether a half-open session still had one."""
    mine = HalfSession.token_hash == queries.token_hash(token)
    counted = update(HalfSession).where(
        mine, HalfSession.tries < CODE_TRIES, HalfSession.expires_at > clock.now()
    )
    if _changed_one(session, counted.values(tries=HalfSession.tries + 1)):
        return True
    account_id = session.scalar(delete(HalfSession).where(mine).returning(HalfSession.account_id))
    if account_id is not None:
        subject = Subject("account", account_id)
        record(session, actor=PUBLIC, verb="account.codes_refused", subject=subject, new={"n": CODE_TRIES})
    return False


def mark_proven(session: Session, *, token: str) -> None:
    """Remember that a half-open session has shown its second factor."""
    mine = HalfSession.token_hash == queries.token_hash(token)
    session.execute(update(HalfSession).where(mine).values(proven=True))


def prove_code(session: Session, *, account_id: int, code: str, secret: str) -> str:
    """Take a code of the app or a recovery code, each once, and return which it was; nothing when wrong."""
    account = found(session, account_id)
    plain = "".join(code.split())
    if plain.isascii() and plain.isdigit():
        return "totp" if _took_step(session, account, plain, secret) else ""
    return "recovery" if _took_recovery(session, account, code, secret) else ""


def set_up_totp(
    session: Session, *, actor: str, account_id: int, seed: str, code: str, secret: str, version: int
) -> list[str]:
    """Keep the seed of an app that gives the right code, and return fresh recovery codes to be shown once."""
    account = found(session, account_id)
    step = seeds.step_of(seed, "".join(code.split()), clock.now())
    if step is None:
        raise DomainError(WRONG_CODE)
    kept = seeds.sealed(seed, secret=secret, account_id=account_id)
    change(session, account, version=version, sealed_seed=kept, totp_step=step)
    record(session, actor=actor, verb="account.totp_set", subject=subject_of(account))
    return renew_recovery(session, actor=actor, account_id=account_id, secret=secret)


def remove_totp(session: Session, *, actor: str, account_id: int, forced: bool) -> None:
    """Take the app from an account that may do without, or that has a passkey."""
    account = found(session, account_id)
    if account.sealed_seed is None:
        raise DomainError(N_("There is no authenticator app to take away."))
    if forced and not queries.passkeys(session, account_id):
        raise DomainError(N_("You need a second factor: add a passkey before you take the app away."))
    change(session, account, version=account.version, sealed_seed=None, totp_step=None)
    record(session, actor=actor, verb="account.totp_removed", subject=subject_of(account))


def renew_recovery(session: Session, *, actor: str, account_id: int, secret: str) -> list[str]:
    """Make new recovery codes, to be shown once; the old ones stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = recovery.fresh_codes()
    session.add_all(
        RecoveryCode(
            account_id=account_id,
            code_hash=recovery.code_hash(secret, account_id=account_id, code=code),
            used_at=None,
        )
        for code in codes
    )
    record(session, actor=actor, verb="account.recovery_made", subject=Subject("account", account_id))
    return codes


def add_passkey(
    session: Session,
    *,
    actor: str,
    account_id: int,
    credential_id: bytes,
    public_key: bytes,
    sign_count: int,
    name: str,
) -> None:
    """Keep the public key of a device."""
    account = found(session, account_id)
    if len(queries.passkeys(session, account_id)) >= MOST_PASSKEYS:
        raise DomainError(N_("Ten passkeys are the most: take one away first."))
    row = Passkey(
        account_id=account_id,
        credential_id=credential_id,
        public_key=public_key,
        sign_count=sign_count,
        name=name,
        added_on=clock.today(),
        used_on=None,
    )
    if queries.passkey(session, credential_id) is not None:
        raise DomainError(N_("This passkey is there already."))
    session.add(row)
    session.flush()
    record(
        session,
        actor=actor,
        verb="account.passkey_added",
        subject=subject_of(account),
        new={"passkey": row.id},
    )


def use_passkey(session: Session, *, passkey: Passkey, sign_count: int) -> None:
    """Remember that a passkey answered; an answer that another overtook is refused."""
    unchanged = update(Passkey).where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    if not _changed_one(session, unchanged.values(sign_count=sign_count, used_on=clock.today())):
        raise NotAllowedError(SPENT)


def remove_passkey(session: Session, *, actor: str, account_id: int, passkey_id: int, forced: bool) -> None:
    """Take one of one's own passkeys away, unless it is the only second factor of an account that needs one."""
    account = found(session, account_id)
    left = [each for each in queries.passkeys(session, account_id) if each.id != passkey_id]
    if forced and account.sealed_seed is None and not left:
        raise DomainError(N_("You need a second factor: set up an app before you take the passkey away."))
    mine = delete(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id)
    if session.scalar(mine.returning(Passkey.id)) is None:
        raise DomainError(N_("This passkey is gone already."))
    record(
        session,
        actor=actor,
        verb="account.passkey_removed",
        subject=subject_of(account),
        old={"passkey": passkey_id},
    )


def spend(session: Session, *, digest: str, term: timedelta) -> None:
    """Take the answer to a challenge once; a second answer is refused."""
    now = clock.now()
    session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at <= now))
    session.add(SpentChallenge(digest=digest, expires_at=now + term))
    try:
        session.flush()
    except IntegrityError as error:
        raise NotAllowedError(SPENT) from error


def _took_step(session: Session, account: Account, code: str, secret: str) -> bool:
    """Take a code of the app unless its step, or a later one, was taken before."""
    kept = account.sealed_seed
    seed = seeds.opened(kept, secret=secret, account_id=account.id) if kept else None
    step = seeds.step_of(seed, code, clock.now()) if seed else None
    if step is None:
        return False
    newer = or_(Account.totp_step.is_(None), Account.totp_step < step)
    return _changed_one(
        session, update(Account).where(Account.id == account.id, newer).values(totp_step=step)
    )


def _took_recovery(session: Session, account: Account, code: str, secret: str) -> bool:
    kept = recovery.code_hash(secret, account_id=account.id, code=code)
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_hash == kept,
        RecoveryCode.used_at.is_(None),
    )
    if not _changed_one(session, unused.values(used_at=clock.now())):
        return False
    actor = queries.officer(account).actor
    record(session, actor=actor, verb="account.recovery_used", subject=subject_of(account))
    return True


def _changed_one(session: Session, statement: Update) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return isinstance(result, CursorResult) and result.rowcount == 1
