"""Find the data of persons in a text: identity numbers, mobile phones and landlines, bank cards, e-mail, WeChat and QQ.

What names a firm or a document stays: credit codes, licence and decision numbers, orders, days and amounts.
The text is read through a veil that turns every digit into a plain one without moving a place: full width,
circled, 一三八 or 壹叁捌. So what is found has its place in the text as it was written.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """What kind of data of a person was found."""

    IDENTITY = "identity"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    EMAIL = "email"
    WECHAT = "wechat"
    QQ = "qq"


@dataclass(frozen=True, order=True)
class Found:
    """A stretch of a text that tells of a person."""

    start: int
    end: int
    kind: Personal


_SPOKEN = dict(zip("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891", strict=True))
_GAP = r"[ \-.·_,，、\t/—–]{0,3}"

_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_IS = r"(?:号码|号|账号|ID|id)?[是为:： ]{0,3}"
_ACCOUNT = r"(?P<what>[A-Za-z][A-Za-z0-9_-]{5,19}|[0-9]{6,19})"
_WECHAT = re.compile(
    rf"(?:微信|威信|薇信|卫信|卫星号|绿泡泡|wechat|weixin|[vV][xX信]|[wW][xX]){_IS}{_ACCOUNT}", re.IGNORECASE
)
# Half a word for it: only after a word that asks to get in touch, or before what is written like an account.
_HALF_WECHAT = (
    re.compile(
        rf"(?:加|联系|私聊?|\+|找)[我他她]?的? ?(?:(?:微|薇|威|卫星){_IS}|[vV]{_IS}(?=[A-Za-z_-]*[0-9_])){_ACCOUNT}"
    ),
    re.compile(rf"(?<![A-Za-z0-9])(?:[vV]|微|薇) ?: ?(?=[A-Za-z_-]*[0-9_]){_ACCOUNT}"),
)
_BARE_WECHAT = re.compile(r"(?<![A-Za-z0-9_])(?P<what>wx(?:id)?_[A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_QQ = re.compile(
    rf"(?:QQ|扣扣|抠抠|球球|企鹅|(?<![A-Za-z])Q(?=号|:))(?:号码|号|群|群号)?[是为:： ]{{0,3}}"
    rf"(?P<what>[1-9](?:{_GAP}[0-9]){{4,10}})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}(?![0-9A-Za-z])"
)
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LOCAL = r"[2-8][0-9]{2,3}[ \-]?[0-9]{4}(?: ?(?:转|-) ?[0-9]{1,5})?"
_LANDLINE = (
    re.compile(rf"(?<![0-9A-Za-z.])(?:\({_AREA}\) ?|{_AREA}[ \-—–]{{1,2}}){_LOCAL}(?![0-9A-Za-z])"),
    # In one piece it could as well be the number of a paper.
    re.compile(rf"(?<![0-9A-Za-z.第号№]){_AREA}[2-8][0-9]{{7}}(?![0-9A-Za-z]| ?号)"),
    re.compile(rf"(?:座机|固话|电话|手机|致电|来电|拨打){_IS}(?P<what>(?:{_AREA})?{_LOCAL})(?![0-9A-Za-z])"),
)
_LONG = re.compile(rf"(?<![0-9A-Za-z])[0-9](?:{_GAP}[0-9]){{13,18}}(?:{_GAP}[Xx])?(?![0-9A-Za-z])")

# Numbers of firms and documents: what stands inside such a stretch is never of a person.
_OF_RECORDS = (
    re.compile(
        r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}(?=[0-9]*[A-HJ-NPQRTUWXY])[0-9A-Z]{10}(?![0-9A-Za-z])"
    ),
    re.compile(r"[〔\[(（【]\s*[0-9]{4}\s*[〕\])）】]\s*(?:第\s*)?[0-9-]+\s*号"),
    re.compile(
        r"(?:订单|单号|编号|合同|流水|运单|快递|案号|信用代码|许可证|发票)[^0-9。；\n]{0,6}[0-9A-Za-z][0-9A-Za-z \-]{4,40}"
    ),
)

_IDENTITY_LENGTH, _OLD_IDENTITY_LENGTH = 18, 15
_NUMBERS = frozenset({Personal.IDENTITY, Personal.PHONE, Personal.BANK_CARD})
_CARD_LENGTHS = range(16, 20)
_UNION_PAY = "62"


def find_personal(text: str) -> list[Found]:
    """Return every stretch of a text that tells of a person, in order and without overlaps.

    It is read twice: 一 is a digit in 一三八 and a word in 13800000000一直, where it must not hide the number.
    """
    found: list[Found] = []
    for each in sorted([*_found_in(plain_digits(text)), *_found_in(_folded_all(text))]):
        if found and each.start < found[-1].end:
            found[-1] = Found(found[-1].start, max(found[-1].end, each.end), found[-1].kind)
        else:
            found.append(each)
    return found


def _found_in(veiled: str) -> list[Found]:
    kept = [
        match.span()
        for pattern in _OF_RECORDS
        for match in pattern.finditer(veiled)
        if not is_identity_number(match[0])
    ]
    found: list[Found] = []
    for each in _candidates(veiled):
        inside = any(start <= each.start and each.end <= end for start, end in kept)
        taken = any(each.start < other.end and other.start < each.end for other in found)
        if not taken and not (inside and each.kind in _NUMBERS):
            found.append(each)
    return found


def _candidates(veiled: str) -> Iterator[Found]:
    """Yield what might be data of a person, the surest first."""
    yield from _named(_EMAIL, Personal.EMAIL, veiled, group=0)
    yield from _named(_WECHAT, Personal.WECHAT, veiled)
    for pattern in (*_HALF_WECHAT, _BARE_WECHAT):
        yield from _named(pattern, Personal.WECHAT, veiled)
    yield from _named(_QQ, Personal.QQ, veiled)
    for match in _LONG.finditer(veiled):
        kind = _kind_of(re.sub(r"[^0-9Xx]", "", match[0]).upper())
        if kind:
            yield Found(match.start(), match.end(), kind)
    yield from _named(_PHONE, Personal.PHONE, veiled, group=0)
    for pattern in _LANDLINE:
        yield from _named(pattern, Personal.PHONE, veiled, group="what" if pattern.groups else 0)


def _named(
    pattern: re.Pattern[str], kind: Personal, veiled: str, *, group: int | str = "what"
) -> Iterator[Found]:
    return (Found(match.start(group), match.end(group), kind) for match in pattern.finditer(veiled))


def _kind_of(digits: str) -> Personal | None:
    """Return what a long row of digits is: an identity number, a bank card, or nothing of a person."""
    if is_identity_number(digits):
        return Personal.IDENTITY
    if len(digits) in _CARD_LENGTHS and digits.isdigit() and (_luhn(digits) or digits.startswith(_UNION_PAY)):
        return Personal.BANK_CARD
    return None


def is_identity_number(digits: str) -> bool:
    """Tell whether digits have the shape of an identity number of a citizen (GB 11643), old or new.

    A wrong check character is no excuse: a number mistyped by one digit still tells who somebody is.
    """
    if len(digits) == _OLD_IDENTITY_LENGTH:
        return digits.isdigit() and digits[0] in "123456" and _is_day(f"19{digits[6:12]}")
    whole = len(digits) == _IDENTITY_LENGTH and digits[:-1].isdigit()
    return whole and digits[0] in "12345678" and _is_day(digits[6:14])


def _is_day(written: str) -> bool:
    year, month, day = int(written[:4]), int(written[4:6]), int(written[6:])
    return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 (a calendar)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004 (the digits of a two-digit number, added)
    return total % 10 == 0


def plain_digits(text: str) -> str:
    """Return the text with every way to write a digit made plain, each character in its own place."""
    return "".join(map(_plain, text))


def _folded_all(text: str) -> str:
    """Return the text with the shapes of digits made plain, but with every Chinese numeral as it is."""
    return "".join(map(_folded, text))


def _plain(character: str) -> str:
    return _SPOKEN.get(character) or _folded(character)


def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
