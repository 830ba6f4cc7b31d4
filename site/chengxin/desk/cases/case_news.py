"""News of a case is news until its officer has looked at the case, or anybody who decides cases where it has none."""

from chengxin.accounts.rules import Officer, Right
from chengxin.core.web import noting
from chengxin.ledger import reads
from chengxin.voices.complaints import letters
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import State

MARK = "UPDATE complaint SET heard_at=NULL "


def note_seen(case: Complaint, officer: Officer, *, opened: bool) -> None:
    """Note that the news of a case was seen by whom it is for; that a case was taken back shows without its text."""
    for_them = officer.may(Right.DECIDE_CASES) and case.assigned_to in {None, officer.id}
    if case.heard_at is None or not for_them or not (opened or case.state == State.WITHDRAWN):
        return
    with noting(*reads.TABLES, marking=MARK) as session:
        letters.see(session, actor=officer.actor, case_id=case.id, heard_at=case.heard_at)
