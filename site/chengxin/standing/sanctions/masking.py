"""Mask the data of persons in the words of a notice: identity numbers, mobile phones and e-mail addresses."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from chengxin.agencies import uscc

EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# Digits of a person may be grouped by blanks or hyphens; a longer row of digits is something else.
NUMBER = re.compile(r"(?<![0-9０-９])[0-9０-９](?:[ -]?[0-9０-９]){9,17}(?:[ -]?[XxＸ])?(?![0-9０-９])")
MOBILE = re.compile(r"(?:86)?1[3-9][0-9]{9}")
HIDDEN = "*"


class Personal(StrEnum):
    """What kind of data was masked."""

    IDENTITY = "identity"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True)
class Masked:
    """A text that may be published, and what was taken out of it."""

    text: str
    found: tuple[Personal, ...]


def masked(text: str) -> Masked:
    """Return a text whose identity numbers, phones and addresses of persons can no longer be read."""
    found: list[Personal] = []

    def email(match: re.Match[str]) -> str:
        found.append(Personal.EMAIL)
        return match[0][0] + HIDDEN * 3 + match[0][match[0].index("@") :]

    def number(match: re.Match[str]) -> str:
        kind = _kind(match[0])
        if kind is None:
            return match[0]
        found.append(kind)
        return _hidden(match[0])

    return Masked(NUMBER.sub(number, EMAIL.sub(email, text)), tuple(found))


def kinds_in(*texts: str) -> list[Personal]:
    """Return what kinds of personal data some texts hold, each once, in a fixed order."""
    seen = {kind for text in texts for kind in masked(text).found}
    return [kind for kind in Personal if kind in seen]


def _kind(written: str) -> Personal | None:
    """Return what a row of digits is; the credit code of a firm is public and stays."""
    digits = _plain(written).upper()
    if MOBILE.fullmatch(digits):
        return Personal.PHONE
    if uscc.is_valid(digits) and not uscc.is_identity_number(digits):
        return None
    if uscc.is_identity_number(digits) or _looks_like_identity(digits):
        return Personal.IDENTITY
    return None


def _looks_like_identity(digits: str) -> bool:
    """Tell whether digits have the shape of an identity number, also with a wrong check character."""
    born = digits[6:14]
    return (
        len(digits) == uscc.LENGTH
        and born[:2] in {"19", "20"}
        and "01" <= born[4:6] <= "12"
        and "01" <= born[6:] <= "31"
    )


def _plain(written: str) -> str:
    return unicodedata.normalize("NFKC", written).replace(" ", "").replace("-", "")


def _hidden(written: str) -> str:
    """Keep the first three and the last two characters, and the length."""
    return written[:3] + HIDDEN * (len(written) - 5) + written[-2:]
