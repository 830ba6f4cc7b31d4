"""What the words of a penalty table (行政处罚信息公示表) say: kinds in law, conduct, amounts, and how long."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from chengxin.core.days import day_in
from chengxin.core.months import later
from chengxin.standing.sanctions.rules import Category, LegalKind, NoticeKind, Severity, usual_severity

# 行政处罚法 art. 9, in its words of 2021 and the older ones tables still use; an exact word comes first.
KIND_WORDS: tuple[tuple[str, LegalKind], ...] = (
    ("吊销", LegalKind.LICENCE_REVOCATION),
    ("取缔", LegalKind.UNLICENSED_CLOSURE),
    ("责令关闭", LegalKind.CLOSURE),
    ("责令停产停业", LegalKind.CLOSURE),
    ("限制从业", LegalKind.BARRING),
    ("限制开展生产经营活动", LegalKind.RESTRICTION),
    ("暂扣", LegalKind.LICENCE_SUSPENSION),
    ("降低资质等级", LegalKind.DOWNGRADE),
    ("没收", LegalKind.CONFISCATION),
    ("罚款", LegalKind.FINE),
    ("通报批评", LegalKind.WARNING),
    ("警告", LegalKind.WARNING),
)
PARTS = re.compile(r"[;；,，|/\n]+|、(?=警告|通报批评|罚款|没收违法|暂扣|降低|吊销|限制|责令)")
SEVERITIES = (Severity.MINOR, Severity.GENERAL, Severity.SERIOUS)
# What is said of a conduct, in the order in which a more telling word wins.
CONDUCT: tuple[tuple[Category, tuple[str, ...]], ...] = (
    (Category.LICENCE_ABUSE, ("伪造", "涂改", "出租许可证", "出借许可证", "转让许可证", "转借许可证")),
    (Category.UNLICENSED, ("未经许可", "无证", "擅自从事", "未取得")),
    (Category.FALSE_POSTING, ("虚假招聘", "虚假信息", "虚假就业", "不实信息")),
    (Category.DEPOSIT, ("押金", "保证金")),
    (Category.ID_WITHHELD, ("扣押居民身份证", "扣押身份证", "扣押证件", "扣押劳动者")),
    (Category.PRIVACY, ("泄露", "个人信息")),
    (Category.COERCION, ("欺诈", "暴力", "胁迫", "强迫")),
    (Category.DISCRIMINATION, ("歧视",)),
    (Category.MINOR_OR_BARRED_WORK, ("童工", "未成年", "未满十六周岁", "未满16周岁")),
    (Category.FAKE_SOCIAL_INSURANCE, ("骗取社会保险", "虚构劳动关系", "骗保")),
    (Category.SHAM_OUTSOURCING, ("假外包", "以外包名义")),
    (Category.JOB_FAIR, ("招聘会", "交流会")),
    (Category.UNFILED, ("未备案", "未报告", "未书面报告")),
    (Category.NO_LEDGER_REPORT, ("台账", "年度报告", "年度经营情况")),
    (Category.NO_DISPLAY, ("未明示", "未公示", "未悬挂")),
    (Category.OVERCHARGE, ("收费", "收取费用")),
)
ARREARS = ("拖欠", "克扣")
WAGES = ("工资", "劳动报酬")
HAN_DIGITS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
LASTING = re.compile(
    r"(?P<count>[0-9]{1,3}|[一二两三四五六七八九十])\s*(?:个)?\s*(?P<unit>年|月|years?|months?|yrs?|mos?)"
)


def legal_kinds_in(text: str, also: str = "") -> list[LegalKind]:
    """Return the kinds of a penalty's words; "suspended or revoked" is decided by the other words, or not at all."""
    found: list[LegalKind] = []
    for part in PARTS.split(text):
        kind = _both_licence_kinds(also) if "暂扣" in part and "吊销" in part else _kind_in(part)
        if kind is not None and kind not in found:
            found.append(kind)
    return found


def _kind_in(part: str) -> LegalKind | None:
    return next((kind for word, kind in KIND_WORDS if word in part), None)


def _both_licence_kinds(also: str) -> LegalKind | None:
    suspended, revoked = "暂扣" in also, "吊销" in also
    if suspended == revoked:
        return None
    return LegalKind.LICENCE_REVOCATION if revoked else LegalKind.LICENCE_SUSPENSION


def heaviest(kinds: list[LegalKind]) -> LegalKind:
    """Return the kind that decides the term of a decision of several: the longest term rules."""
    words = [kind for _, kind in KIND_WORDS]
    return min(kinds, key=lambda kind: (-SEVERITIES.index(usual_severity(kind)), words.index(kind)))


def notice_kind_of(legal: LegalKind) -> NoticeKind:
    """Return how the public sees a decision of a table that does not say: a licence action, or an exposure."""
    actions = {LegalKind.LICENCE_REVOCATION, LegalKind.LICENCE_SUSPENSION, LegalKind.RESCISSION}
    return NoticeKind.LICENCE_ACTION if legal in actions else NoticeKind.EXPOSURE


def category_of(*texts: str) -> Category:
    """Return the conduct that the words of a row name: the type of violation first, then the facts."""
    for text in texts:
        if text.casefold() in {each.value for each in Category}:
            return Category(text.casefold())
        if any(word in text for word in WAGES) and any(word in text for word in ARREARS):
            return Category.WAGE_ARREARS
        for category, words in CONDUCT:
            if any(word in text for word in words):
                return category
    return Category.OTHER


def money(text: str, unit: str) -> str:
    """Return an amount with its unit, nothing for a zero, and words that are no number as they stand."""
    told = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    try:
        amount = Decimal(told.removesuffix(unit))
    except InvalidOperation:
        return text
    if not amount.is_finite() or not amount:
        return ""
    places = max(2, -int(amount.as_tuple().exponent)) if unit == "万元" else 2
    written = f"{amount:,.{min(places, 6)}f}"
    return (written.rstrip("0").rstrip(".") if unit == "万元" else written.removesuffix(".00")) + unit


def lasts_until(start: date | None, duration: str, end: str) -> date | None:
    """Return the last day a list names for a decision: its own end, else start and duration; None for no end."""
    if end:
        return day_in(end)
    months = months_in(duration)
    return later(start, months) if start and months else None


def months_in(text: str) -> int:
    """Return how many months words like "1 year", "6个月" or "两年" are; nothing when they name no time."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    found = LASTING.search(plain)
    if not found:
        return 0
    told = found["count"]
    count = int(told) if told.isdigit() else HAN_DIGITS[told]
    return count * 12 if found["unit"].startswith(("年", "y")) else count
