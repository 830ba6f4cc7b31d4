"""Read a day as registers write it."""

import re
import unicodedata
from datetime import date

WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})\s*(?:[-/.年]\s*(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})日?"
    r"|(?P<month8>[0-9]{2})(?P<day8>[0-9]{2}))(?:[T\s].*)?",
    re.ASCII,
)
FOREVER = frozenset({"长期", "长期有效", "永久", "无固定期限", "permanent", "indefinite"})
FIRST_YEAR, LAST_YEAR = 1949, 2100


def day_in(text: str) -> date | None:
    """Return the day of a text, or nothing for a term without end; raise ValueError when it names no day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or plain.casefold() in FOREVER:
        return None
    match = WRITTEN.fullmatch(plain)
    if not match:
        raise ValueError(f"{text!r} is not a day; write it as 2026-01-31")
    day = date(int(match["year"]), int(match["month"] or match["month8"]), int(match["day"] or match["day8"]))
    if day.year > LAST_YEAR:
        return None
    if day.year < FIRST_YEAR:
        raise ValueError(f"{text!r} stands for no day")
    return day
