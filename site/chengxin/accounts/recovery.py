"""Recovery codes: how they look, and how they are kept."""

import hmac
import secrets

CODES = 10
CODE_LENGTH = 12
# No signs that look alike, and no vowels, so that no code is a word.
SIGNS = "23456789bcdfghjkmnpqrstvwxz"


def fresh_codes() -> list[str]:
    """Return new codes as they are shown, in groups of four."""
    drawn = ("".join(secrets.choice(SIGNS) for _n in range(CODE_LENGTH)) for _code in range(CODES))
    return ["-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)) for code in drawn]


def code_hash(secret: str, *, account_id: int, code: str) -> str:
    """Return what is kept of a code: 57 bits of chance under the installation's secret need no slow hash."""
    plain = "".join(sign for sign in code.casefold() if sign in SIGNS)
    told = f"chengxin recovery code/{account_id}/{plain}"
    return hmac.digest(secret.encode(), told.encode(), "sha256").hex()
