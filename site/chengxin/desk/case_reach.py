"""Which cases an officer may open, read and handle; what is not theirs looks as if it did not exist."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.models import Complaint


def existing(session: Session, case_id: int, officer: Officer) -> Complaint:
    """Return a case that is this officer's to read; any other looks as if it did not exist."""
    return _found(session, case_id, officer, is_theirs)


def in_reach(session: Session, case_id: int, officer: Officer) -> Complaint:
    """Return a case whose page this officer may open, be it without its text."""
    return _found(session, case_id, officer, is_in_reach)


def is_theirs(officer: Officer, case: Complaint) -> bool:
    """Tell whether a case is an officer's to read and to handle."""
    return officer.may(Right.READ_CASES) and officer.handles(case.region_code, given_to=case.assigned_to)


def is_in_reach(officer: Officer, case: Complaint) -> bool:
    """Tell whether a case is an officer's, or under investigation so that its extension may be theirs to decide."""
    investigated = case.state == rules.State.INVESTIGATING
    approves = investigated and officer.may(Right.APPROVE_CASES) and officer.covers(case.region_code)
    return approves or is_theirs(officer, case)


def _found(
    session: Session, case_id: int, officer: Officer, fits: Callable[[Officer, Complaint], bool]
) -> Complaint:
    case = queries.by_id(session, case_id)
    if case is None or not fits(officer, case):
        raise NotFoundError(N_("There is no such case."))
    return case
