"""The unified social credit identifier (统一社会信用代码, GB 32100-2015)."""

import unicodedata
from operator import mul

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUE = {character: value for value, character in enumerate(ALPHABET)}
BASE = 31
WEIGHTS = tuple(pow(3, position, BASE) for position in range(LENGTH - 1))
IDENTITY_CHECKS = "10X98765432"


def tidy(text: str) -> str:
    """Return a code as it is written on certificates: half width, capitals, no blanks or hyphens."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def check_character(body: str) -> str | None:
    """Return the check character of the first 17 characters, or nothing when one is not of the alphabet."""
    if len(body) != LENGTH - 1 or not VALUE.keys() >= set(body):
        return None
    total = sum(map(mul, map(VALUE.__getitem__, body), WEIGHTS))
    return ALPHABET[-total % BASE]


def is_valid(code: str) -> bool:
    """Tell whether a tidy code has 18 characters of the alphabet and the right check character."""
    return len(code) == LENGTH and len(set(code)) > 1 and check_character(code[:-1]) == code[-1]


def is_identity_number(text: str) -> bool:
    """Tell whether a code is the identity number of a person (公民身份号码, GB 11643), never to be published."""
    if (
        len(text) != LENGTH
        or not (text[:-1].isascii() and text[:-1].isdigit())
        or text[-1] not in IDENTITY_CHECKS
    ):
        return False
    total = sum(int(digit) * pow(2, LENGTH - 1 - at, 11) for at, digit in enumerate(text[:-1]))
    born = text[6:14]
    plausible = "18" <= born[:2] <= "20" and "01" <= born[4:6] <= "12" and "01" <= born[6:] <= "31"
    return plausible and text[-1] == IDENTITY_CHECKS[total % 11]
