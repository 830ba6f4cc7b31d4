"""When something happened, as people write it: a day or only a month; and the two years the law looks back."""

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date
from enum import Enum

YEARS_LOOKED_BACK = 2  # 劳动保障监察条例 art. 20: from the act, or from its end when it went on
_TYPED = re.compile(r"([0-9]{4})[-/.年 ]+([0-9]{1,2})(?:[-/.月 ]+([0-9]{1,2}) *日?| *月)?")


class Age(Enum):
    """How a matter stands to the two years: it ended before them, it began before them with no end given, or neither."""

    ENDED = "ended"
    BEGAN = "began"
    RECENT = "recent"


def age_of(began: str, ended: str, today: date) -> Age:
    """Return how old a matter is as it was typed; where no end is given it may still go on."""
    start, end = in_one_form(began), in_one_form(ended)
    if end:
        return Age.ENDED if is_long_ago(end, today) else Age.RECENT
    return Age.BEGAN if start and is_long_ago(start, today) else Age.RECENT


def in_one_form(typed: str) -> str:
    """Return a typed day or month as 2026-07-12 or 2026-07, or nothing when it is neither."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return ""
    year, month, day = found.groups()
    with suppress(ValueError):
        first = date(int(year), int(month), int(day or 1))
        return first.isoformat() if day else f"{first:%Y-%m}"
    return ""


def first_day(kept: str) -> date:
    """Return the first day that a kept day or month can mean."""
    return date.fromisoformat(kept if kept.count("-") > 1 else f"{kept}-01")


def last_day(kept: str) -> date:
    """Return the last day that a kept day or month can mean."""
    first = first_day(kept)
    return first if kept.count("-") > 1 else first.replace(day=monthrange(first.year, first.month)[1])


def is_long_ago(kept: str, today: date) -> bool:
    """Return whether even the last day meant is more than two years ago."""
    last = last_day(kept)
    end = (last.year + YEARS_LOOKED_BACK, last.month, last.day)
    return end < (today.year, today.month, today.day)
