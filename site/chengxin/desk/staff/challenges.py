"""What a passkey is asked: a signed question for one browser, one purpose and a few minutes, answered once.

The question is signed instead of stored, so that the page that asks it writes nothing; the answer is written
down, so that it is not taken twice.
"""

import hashlib
import secrets

from flask import session
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from chengxin.accounts import factors, passkeys, queries
from chengxin.accounts.factors import SPENT
from chengxin.accounts.models import Account
from chengxin.accounts.passkeys import CHALLENGE_TERM, REFUSED, Place
from chengxin.core.errors import DomainError
from chengxin.core.i18n import gettext as _
from chengxin.core.once import NONCE_BYTES
from chengxin.core.web import installation

SIGN_IN, PROVE, MAKE = "sign-in", "prove", "make"


def place() -> Place:
    """Return this site as devices know it."""
    settings = installation().settings
    return Place.of_url(settings.base_url, settings.site_name or _("Integrity Register"))


def new_challenge(purpose: str) -> str:
    """Return a signed question for this browser."""
    return str(_signer().dumps([purpose, _browser(), secrets.token_urlsafe(NONCE_BYTES)]))


def raw(challenge: str) -> bytes:
    """Return a question as the device signs it."""
    return hashlib.sha256(challenge.encode()).digest()


def taken(opened: Session, challenge: str, *, purpose: str) -> bytes:
    """Take the answer to a question of ours, once, and return the question as the device signed it."""
    try:
        asked = _signer().loads(challenge[:1_000], max_age=int(CHALLENGE_TERM.total_seconds()))
    except BadData as error:
        raise DomainError(SPENT) from error
    if asked[:2] != [purpose, _browser()]:
        raise DomainError(SPENT)
    digest = raw(challenge)
    factors.spend(opened, digest=digest.hex(), term=CHALLENGE_TERM)
    return digest


def owner_of(opened: Session, answer: str, challenge: str, *, purpose: str) -> Account:
    """Return whose passkey gave this answer, or say that it is not right."""
    digest = taken(opened, challenge, purpose=purpose)
    passkey = queries.passkey(opened, passkeys.named_in(answer))
    account = queries.by_id(opened, passkey.account_id) if passkey else None
    if passkey is None or account is None or not account.active:
        raise DomainError(REFUSED)
    count = passkeys.counted(answer, place(), challenge=digest, passkey=passkey)
    factors.use_passkey(opened, passkey=passkey, sign_count=count)
    return account


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(installation().secret, salt="passkey")


def _browser() -> str:
    generate_csrf()
    return hashlib.sha256(str(session["csrf_token"]).encode()).hexdigest()[:16]
