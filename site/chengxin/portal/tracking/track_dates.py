"""When what comes next is due on a case's own page: a real date, which day of the term it is, and what is paused."""

from dataclasses import dataclass
from datetime import date

from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import term
from chengxin.core.workdays import workdays_between
from chengxin.voices.complaints.clocks import Unit
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import accept_deadline, answer_deadline, supplement_deadline
from chengxin.voices.complaints.rules import PAUSED, State, due_on


@dataclass(frozen=True)
class Term:
    """A term that runs: its last day, which day of it today is, out of how many."""

    due: date
    day: int
    days: int
    in_workdays: bool
    provisional: bool = False

    @property
    def is_late(self) -> bool:
        """Tell whether its last day is over."""
        return self.day > self.days

    @property
    def place(self) -> str:
        """Return which day of the term today is: 第3个工作日，共5个工作日."""
        if self.is_late or self.day < 1:
            return ""
        if self.in_workdays:
            return _("Today is working day %(n)s of %(all)s.", n=self.day, all=self.days)
        return _("Today is day %(n)s of %(all)s.", n=self.day, all=self.days)


def running(case: Complaint, today: date) -> Term | None:
    """Return the term of the office that runs now, or None while the clock stands still or all is done."""
    due = due_on(case.state, case.accept_by, case.answer_by)
    if due is None:
        return None
    deadline = accept_deadline(case) if case.state == State.RECEIVED else answer_deadline(case)
    in_workdays = deadline.unit is Unit.WORKDAY
    day = workdays_between(deadline.start, today) if in_workdays else (today - deadline.start).days
    if today <= due:
        day = min(day, deadline.days)
    return Term(due, day, deadline.days, in_workdays, case.provisional)


def asked_of_complainant(case: Complaint, today: date) -> Term | None:
    """Return the term in which the complainant should send what was asked for."""
    deadline = supplement_deadline(case)
    if deadline is None or case.supplement_by is None:
        return None
    day = workdays_between(deadline.start, today)
    provisional = deadline.due().provisional
    return Term(case.supplement_by, day, deadline.days, in_workdays=True, provisional=provisional)


def paused_since(case: Complaint) -> date | None:
    """Return since when the clock stands still."""
    return case.paused_on if case.state in PAUSED else None


def told(found: Term | None) -> str:
    """Return a term in words: its last day, or that it is over and what to do."""
    if found is None:
        return ""
    if found.is_late:
        return _("This was due by %(day)s; we are late.", day=term(found.due))
    return _("This is due by %(day)s.", day=term(found.due))
