"""What must be so before each stage of a notice, from the prior notice (事先告知) to its publication."""

from dataclasses import dataclass
from datetime import date

from chengxin.core.errors import N_, DomainError
from chengxin.core.workdays import add_workdays
from chengxin.standing.sanctions.kinds import MEASURES, LegalKind, Severity
from chengxin.standing.sanctions.rules import State

# 行政处罚法 art. 64 (1) with art. 85: a hearing is asked for within five working days of being told.
HEARING_DAYS = 5
# The law names no days for statement and defence (art. 45); five working days are this platform's assumption.
REPLY_DAYS = 5
# 信用修复管理办法 in force since this day: the notice on credit repair goes with the decision (两书同达).
REPAIR_NOTICE_SINCE = date(2026, 4, 1)
NOT_PENALTIES = MEASURES | {LegalKind.RESCISSION, LegalKind.DEREGISTRATION, LegalKind.LISTING}
# 行政处罚法 art. 63: what may always be heard; a fine or a confiscation when it is large, here: not minor.
HEARD = frozenset(
    {
        LegalKind.DOWNGRADE,
        LegalKind.LICENCE_REVOCATION,
        LegalKind.RESTRICTION,
        LegalKind.CLOSURE,
        LegalKind.BARRING,
        LegalKind.UNLICENSED_CLOSURE,
    }
)
HEARD_WHEN_LARGE = frozenset({LegalKind.FINE, LegalKind.CONFISCATION})


@dataclass(frozen=True, kw_only=True)
class Course:
    """What is known of the proceedings of a notice; its days are None until they have come."""

    state: str
    legal_kind: str
    severity: str
    decision_date: date
    decided: bool = True
    filed_on: date | None = None
    told_on: date | None = None
    replied_on: date | None = None
    hearing_requested_on: date | None = None
    heard_on: date | None = None
    served_on: date | None = None
    published_on: date | None = None
    repair_notice: bool = False
    publication_basis: str = ""
    urgent_reason: str = ""
    reviewed_by: int | None = None
    proposed_end: str = ""
    proposed_end_on: date | None = None
    quashed_on: date | None = None

    @property
    def awaits_review(self) -> bool:
        """Return whether it is public by the urgent path and nobody has reviewed it yet."""
        return self.state == State.PUBLISHED and bool(self.urgent_reason) and self.reviewed_by is None


def may_be_heard(legal_kind: str, severity: str) -> bool:
    """Tell whether the party may ask for a hearing (听证)."""
    return legal_kind in HEARD or (legal_kind in HEARD_WHEN_LARGE and severity != Severity.MINOR)


def needs_repair_notice(legal_kind: str, served_on: date) -> bool:
    """Tell whether the notice on credit repair had to go with the decision."""
    return legal_kind not in NOT_PENALTIES and served_on >= REPAIR_NOTICE_SINCE


def is_internal(legal_kind: str, severity: str) -> bool:
    """Tell whether a decision stays internal unless a rule of law asks to publish it."""
    return severity == Severity.MINOR or legal_kind in MEASURES


def reply_until(told_on: date, days: int = REPLY_DAYS) -> date:
    """Return the last day on which the agency may state its view."""
    return add_workdays(told_on, days).date


def after_review(course: Course) -> State:
    """Return where an approved notice goes on: a decision taken elsewhere enters where its stated days put it.

    Nothing skips the legal review. Without a decision the agency is told first.
    """
    if not course.decided:
        return State.PRIOR_NOTICE
    return State.SERVED if course.served_on else State.DECIDED


def check_stated(course: Course, today: date) -> None:
    """Refuse a decision taken elsewhere that does not state its days, or states them in no possible order."""
    if not course.decided:
        return
    if course.told_on is None:
        raise DomainError(N_("State when the agency was told of the decision beforehand."))
    days = [course.told_on, course.decision_date, course.served_on or today]
    if days != sorted(days) or days[-1] > today:
        raise DomainError(
            N_("The agency is told first, then it is decided, then it is served, none of it after today.")
        )
    if course.served_on is not None:
        check_served(course, course.served_on, with_repair_notice=course.repair_notice, today=today)


def check_told(course: Course, told_on: date, today: date) -> None:
    """Refuse to tell the agency twice, or on a day that has not come."""
    if course.told_on is not None:
        raise DomainError(N_("The agency has been told already."))
    check_day(told_on, today)


def check_reply(course: Course, replied_on: date, today: date) -> None:
    """Refuse a reply to what the agency was not told."""
    check_day(replied_on, today, _told(course))


def check_hearing_request(course: Course, requested_on: date, today: date) -> None:
    """Refuse a hearing where the law knows none, or a request after its term."""
    if not may_be_heard(course.legal_kind, course.severity):
        raise DomainError(N_("The law knows no hearing for this kind of decision."))
    told_on = _told(course)
    check_day(requested_on, today, told_on)
    last = reply_until(told_on, HEARING_DAYS)
    if requested_on > last:
        raise DomainError(N_("A hearing had to be asked for by %(day)s."), day=last)


def check_hearing(course: Course, heard_on: date, today: date) -> None:
    """Refuse a hearing before it was asked for."""
    check_day(heard_on, today, course.hearing_requested_on)


def check_decision(course: Course, decided_on: date, today: date) -> None:
    """Refuse a decision before the agency was told and had its say."""
    told_on = _told(course)
    check_day(decided_on, today, told_on)
    if course.hearing_requested_on is not None:
        if course.heard_on is None or decided_on < course.heard_on:
            raise DomainError(N_("A hearing was asked for: hold it before you decide."))
        return
    heard = course.replied_on is not None and not may_be_heard(course.legal_kind, course.severity)
    if not heard and decided_on <= reply_until(told_on):
        raise DomainError(
            N_("The agency may still speak until %(day)s: decide after that day."), day=reply_until(told_on)
        )


def check_not_ending(course: Course, quashed_on: date, today: date) -> None:
    """Refuse to note that a decision was quashed while the end of its notice is proposed already."""
    check_day(quashed_on, today, course.decision_date)
    if course.proposed_end:
        raise DomainError(N_("An end is proposed already: a second person decides on it first."))


def check_served(course: Course, served_on: date, *, with_repair_notice: bool, today: date) -> None:
    """Refuse a service before the decision, or without the notice on credit repair."""
    check_day(served_on, today, course.decision_date)
    if needs_repair_notice(course.legal_kind, served_on) and not with_repair_notice:
        raise DomainError(
            N_("Serve the notice on credit repair together with the decision, and say so here.")
        )


def check_publishable(course: Course, *, minor_allowed: bool = True) -> None:
    """Refuse to publish a minor decision or a measure without a stated legal basis for publishing it."""
    if not is_internal(course.legal_kind, course.severity):
        return
    if not minor_allowed:
        raise DomainError(N_("This installation publishes no minor decisions and no measures."))
    if not course.publication_basis.strip():
        raise DomainError(
            N_(
                "A minor decision or a measure is not published unless the draft states the law that asks for it."
            )
        )


def check_day(day: date, today: date, earliest: date | None = None) -> None:
    """Refuse a day that has not come, or lies before what had to come first."""
    if day > today:
        raise DomainError(N_("This day has not come yet."))
    if earliest is not None and day < earliest:
        raise DomainError(N_("This cannot be earlier than %(day)s."), day=earliest)


def _told(course: Course) -> date:
    if course.told_on is None:
        raise DomainError(N_("Tell the agency first: facts, basis, and its right to be heard."))
    return course.told_on
