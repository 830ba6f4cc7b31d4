"""Why an agency may be marked, and which day the mark may begin."""

from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError


class Cause(StrEnum):
    """Why an agency is marked.

    广东省人力资源市场条例 art. 43 names the first two; the others are those of 企业信息公示暂行条例 and are
    assumed to hold for agencies alike: each bureau decides by its own rules.
    """

    UNREACHABLE = "unreachable"
    IDLE = "idle"
    NO_ANNUAL_REPORT = "no_annual_report"
    FALSE_FILING = "false_filing"
    OTHER = "other"


def check_day(set_on: date, today: date) -> None:
    """Refuse a mark of a day that has not come."""
    if set_on > today:
        raise DomainError(N_("The mark cannot begin after today."))


def check_facts(cause: str, facts: str) -> None:
    """Refuse a mark for another cause that nobody describes."""
    if Cause(cause) is Cause.OTHER and not facts.strip():
        raise DomainError(N_("Say what happened: the cause is not one of the list."))


def check_free(*, waiting: bool) -> None:
    """Refuse a second mark for the same cause while one is proposed or in force."""
    if waiting:
        raise DomainError(N_("The agency has a mark for this cause already, in force or proposed."))
