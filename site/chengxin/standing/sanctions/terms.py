"""How long a notice is public: the terms of each class, counted from the date of the decision."""

from datetime import date
from typing import NamedTuple

from chengxin.core.months import later
from chengxin.standing.sanctions.kinds import MEASURES, NoticeKind, Severity

# 信用修复管理办法: months from the date of the decision document.
MONTHS: dict[Severity, tuple[int, int]] = {
    Severity.MINOR: (0, 3),
    Severity.GENERAL: (3, 12),
    Severity.SERIOUS: (12, 36),
}
LISTING_MONTHS = (6, 36)


class Term(NamedTuple):
    """The first day a notice may end early and the last day it may be public."""

    min_until: date
    max_until: date

    def capped(self, listed_until: date | None) -> "Term":
        """Return a term that also ends with the day its own list names; the law's longest term stays the most."""
        if listed_until is None or listed_until >= self.max_until:
            return self
        return Term(min(self.min_until, listed_until), listed_until)


def term(decision_date: date, *, severity: str, legal_kind: str, notice_kind: str) -> Term:
    """Return how long a notice is public at least and at most, counted from the decision."""
    if notice_kind == NoticeKind.SERIOUS_LISTING:
        least, most = LISTING_MONTHS
    elif legal_kind in MEASURES:
        least, most = MONTHS[Severity.MINOR]
    else:
        least, most = MONTHS[Severity(severity)]
    return Term(later(decision_date, least), later(decision_date, most))
