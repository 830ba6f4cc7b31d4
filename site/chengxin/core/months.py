"""Calendar months: how legal terms of months and years are counted."""

import calendar
from datetime import date


def later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))
