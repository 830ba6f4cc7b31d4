"""The schedule: what is erased, how long after what, and who says so; a change of this table changes what happens."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chengxin.core.months import later
from chengxin.voices.complaints.keeping import (
    ASKED_DAYS,
    CONTACT_MONTHS,
    COPY_DAYS,
    RECEIPT_DAYS,
    UNHANDLED_MONTHS,
    WORDS_YEARS,
)

MONTHS_OF_YEAR = 12
SKETCH_DAYS = 365
COUNT_DAYS = 30
MAIL_DAYS = 30
SESSION_DAYS = 90


class What(StrEnum):
    """What a rule erases."""

    COPY = "complaint.copy"
    CONTACT = "complaint.contact"
    ASKED = "complaint.asked"
    UNHANDLED = "complaint.unhandled"
    WORDS = "complaint.words"
    RECEIPT = "complaint.receipt"
    SKETCH = "complaint.sketch"
    SUGGESTION_CONTACT = "suggestion.contact"
    SUGGESTION_WORDS = "suggestion.words"
    OBJECTION_CONTACT = "objection.contact"
    OBJECTION_WORDS = "objection.words"
    COUNT = "intake_count.day"
    MAIL = "outbox.delivered"
    SESSION = "staff_session.ended"


class Basis(StrEnum):
    """Who says how long: the site promises it, or it is assumed, since no law we know names the term."""

    PROMISE = "promise"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Term:
    """How long something is kept: whole months, or days."""

    months: int = 0
    days: int = 0

    def ends(self, since: date) -> date:
        """Return the day on which it goes."""
        return later(since, self.months) + timedelta(self.days)

    def cutoff(self, today: date) -> date:
        """Return the last day whose records go today: the exact other side of `ends`, also at ends of months."""
        day = later(today - timedelta(self.days), -self.months)
        while self.ends(day + timedelta(1)) <= today:
            day += timedelta(1)
        return day


@dataclass(frozen=True)
class Rule:
    """One line of the schedule; `source` names the articles it rests on."""

    what: What
    term: Term
    basis: Basis
    source: str = ""


_CONTACT = Term(months=CONTACT_MONTHS)
_WORDS = Term(months=WORDS_YEARS * MONTHS_OF_YEAR)
_PROMISED = (Basis.PROMISE, "个人信息保护法 19, 47")
_TWO_YEARS = (Basis.ASSUMED, "劳动保障监察条例 20; 个人信息保护法 19")
SCHEDULE = (
    Rule(What.COPY, Term(days=COPY_DAYS), Basis.PROMISE, "个人信息保护法 45"),
    Rule(What.CONTACT, _CONTACT, *_PROMISED),
    Rule(What.ASKED, Term(days=ASKED_DAYS), Basis.ASSUMED, "个人信息保护法 47; 行政复议法 20"),
    Rule(What.UNHANDLED, Term(months=UNHANDLED_MONTHS), Basis.ASSUMED, "个人信息保护法 19"),
    Rule(What.WORDS, _WORDS, *_TWO_YEARS),
    Rule(What.RECEIPT, Term(days=RECEIPT_DAYS), Basis.ASSUMED),
    Rule(What.SKETCH, Term(days=SKETCH_DAYS), Basis.ASSUMED, "个人信息保护法 19"),
    Rule(What.SUGGESTION_CONTACT, _CONTACT, *_PROMISED),
    Rule(What.SUGGESTION_WORDS, _WORDS, *_TWO_YEARS),
    Rule(What.OBJECTION_CONTACT, _CONTACT, *_PROMISED),
    Rule(What.OBJECTION_WORDS, _WORDS, *_TWO_YEARS),
    Rule(What.COUNT, Term(days=COUNT_DAYS), Basis.ASSUMED),
    Rule(What.MAIL, Term(days=MAIL_DAYS), Basis.ASSUMED),
    Rule(What.SESSION, Term(days=SESSION_DAYS), Basis.ASSUMED),
)
