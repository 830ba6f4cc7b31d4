"""Take a case in: store it, count it, and link it to its like, all in its own transaction.

Too many cases are never a reason to lose one: beyond the usual number a case is marked as part of a surge.
"""

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.folding import fold_name
from chengxin.intake.counting import Door, Guard
from chengxin.intake.resends import sent_before
from chengxin.ledger.actions import wait_for_the_end
from chengxin.voices.complaints import actions, alike, queries
from chengxin.voices.complaints.alike import Sketch
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Filing


def receive(
    session: Session, *, actor: str, filing: Filing, sketch: Sketch | None, guard: Guard, tell: str = ""
) -> Complaint:
    """Store a case once, however often its form is sent; the same form is counted once too."""
    wait_for_the_end(session)  # so that two of one form, or two alike texts, see each other
    known = sent_before(queries.by_code_hash(session, filing.code_hash), filing)
    if known is not None:
        return known
    in_surge = guard.let_in(session, Door.CASES, subject_of(filing))
    case = actions.file(session, actor=actor, filing=filing, tell=tell)
    case.in_surge = in_surge
    if sketch is not None:
        alike.link(session, case, sketch, today=clock.today())
    return case


def subject_of(filing: Filing) -> str:
    """Return whom a case is about, however they are spelled."""
    return f"agency {filing.agency_id}" if filing.agency_id else fold_name(filing.respondent)
