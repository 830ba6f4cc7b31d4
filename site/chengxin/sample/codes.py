"""Codes and numbers that are right in form and belong to nobody."""

from chengxin.agencies import uscc
from chengxin.agencies.rules import PermitKind

ENTERPRISE, SOLE_TRADER, PUBLIC_BODY = "91", "92", "12"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LEADS = {ENTERPRISE: "MA", SOLE_TRADER: "MB", PUBLIC_BODY: "MJ"}


def credit_code(number: int, *, region: str, holder: str = ENTERPRISE) -> str:
    """Return the credit code (统一社会信用代码) of the n-th agency; codes 99xxxx are no place's."""
    serial = number * 7919 % 31**5
    digits = ""
    for _ in range(5):
        serial, value = divmod(serial, uscc.BASE)
        digits = uscc.ALPHABET[value] + digits
    organisation = f"{LEADS[holder]}0{digits}"
    body = f"{holder}{region}{organisation}{_organisation_check(organisation)}"
    return f"{body}{uscc.check_character(body)}"


def permit_number(kind: PermitKind, *, year: int, serial: int) -> str:
    """Return a permit's number in the city's own form."""
    return {
        PermitKind.LICENCE: f"（江）人服证字〔{year}〕第{serial:04d}号",
        PermitKind.FILING: f"江人服备〔{year}〕{serial:04d}号",
        PermitKind.BRANCH_REPORT: f"江人服分报〔{year}〕{serial:04d}号",
        PermitKind.DISPATCH_LICENCE: f"江劳派许字〔{year}〕第{serial:04d}号",
    }[kind]


def phone(number: int) -> str:
    """Return a telephone number that cannot be: no local number starts with 0."""
    return f"0990-0{(number * 37_591 + 204_117) % 1_000_000:06d}"


def mobile(number: int) -> str:
    """Return a mobile number that cannot be: none starts with 100."""
    return f"100{(number * 76_543 + 12_345_678) % 100_000_000:08d}"


def _organisation_check(body: str) -> str:
    """Return the check character of an organisation code (GB 11714)."""
    values = (int(each, 36) for each in body)
    total = sum(value * weight for value, weight in zip(values, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
