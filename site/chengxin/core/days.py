"""Read a day as registers write it."""

import re
import unicodedata
from datetime import date, timedelta

WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})\s*(?:[-/.年]\s*(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})日?"
    r"|(?P<month8>[0-9]{2})(?P<day8>[0-9]{2}))(?:[T\s].*)?",
    re.ASCII,
)
FOREVER = frozenset({"长期", "长期有效", "永久", "无固定期限", "permanent", "indefinite"})
# Registers write the last day of 2099, or a later one, for a term without end.
FIRST_YEAR, ENDLESS_FROM = 1949, 2099
# A day as a spreadsheet counts it, when a date column was saved as plain numbers.
COUNTED = re.compile(r"[3-7][0-9]{4}", re.ASCII)
COUNTED_FROM = date(1899, 12, 30)


def day_in(text: str) -> date | None:
    """Return the day of a text, or nothing for a term without end; raise ValueError when it names no day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or plain.casefold() in FOREVER:
        return None
    day = COUNTED_FROM + timedelta(int(plain)) if COUNTED.fullmatch(plain) else _written(plain, text)
    if day.year >= ENDLESS_FROM:
        return None
    if day.year < FIRST_YEAR:
        raise ValueError(f"{text!r} stands for no day")
    return day


def _written(plain: str, text: str) -> date:
    match = WRITTEN.fullmatch(plain)
    if not match:
        raise ValueError(f"{text!r} is not a day; write it as 2026-01-31")
    return date(
        int(match["year"]), int(match["month"] or match["month8"]), int(match["day"] or match["day8"])
    )
