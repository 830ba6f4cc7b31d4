"""The seam to argon2: hash a password, and check one in the same time whether or not there is an account."""

import os
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chengxin.accounts.credentials import PASSWORD_MOST, folded
from chengxin.accounts.models import Account

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Each hash takes 19 MB: a flood of sign-ins queues here instead of exhausting the machine.
_hashing = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


def hash_of(password: str) -> str:
    """Return the salted hash to keep instead of a password."""
    with _hashing:
        return _hasher.hash(folded(password))


def proves(password: str, account: Account | None) -> bool:
    """Return whether a password proves an open account; it takes as long when there is none."""
    return matches(account.password_hash if account and account.active else None, password)


def matches(kept: str | None, password: str) -> bool:
    """Return whether a password has this hash; without a hash the work is done all the same."""
    with _hashing:
        try:
            _hasher.verify(kept or _nobody(), folded(password[: PASSWORD_MOST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


@cache
def _nobody() -> str:
    return _hasher.hash(os.urandom(32).hex())
