"""Extensions (延期): an officer asks, a leader decides, whoever filed the case is told the new day."""

from typing import Unpack

from sqlalchemy.orm import Session

from chengxin.core.errors import N_, DomainError
from chengxin.core.sealing import Recipients
from chengxin.ledger.rules import account_of
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.clocks import TERMS, Clock, Phase
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import (
    MessageKind,
    Seen,
    answer_deadline,
    answer_within,
    current,
    move_case,
    need_letter,
    tell_complainant,
)
from chengxin.voices.complaints.rules import Move


def ask_extension(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Ask a leader for the one extension the law allows; the reason says what is still to be found out."""
    case = current(session, seen["case_id"], seen["version"])
    if case.extended or case.extension_asked_by is not None:
        raise DomainError(N_("The term of this case was extended already, or somebody has asked for it."))
    changes: dict[str, object] = {"extension_asked_by": account_of(seen["actor"])}
    return move_case(session, Move.ASK_EXTENSION, changes=changes, **seen)


def extend(session: Session, *, note: str, intake_key: Recipients, **seen: Unpack[Seen]) -> Complaint:
    """Approve an extension (劳动保障监察条例 art. 17: 30 working days) and tell the complainant."""
    case = _asked(session, seen)
    message = N_("Write to the complainant why the investigation takes longer and until when.")
    need_letter([case], MessageKind.EXTENDED, note, message)
    term = TERMS[Clock(case.clock)][Phase.EXTENSION]
    changes = answer_within(answer_deadline(case).later(term.days))
    changes |= {"extended": True, "extension_asked_by": None}
    case = move_case(session, Move.EXTEND, changes=changes, **seen)
    tell_complainant(session, case, MessageKind.EXTENDED, note, intake_key)
    return case


def deny_extension(session: Session, **seen: Unpack[Seen]) -> Complaint:
    """Decline an extension: the term stays as it is."""
    _asked(session, seen)
    return move_case(session, Move.DENY_EXTENSION, changes={"extension_asked_by": None}, **seen)


def _asked(session: Session, seen: Seen) -> Complaint:
    """Return a case whose extension somebody else has asked for."""
    case = current(session, seen["case_id"], seen["version"])
    if case.extension_asked_by is None:
        raise DomainError(N_("Nobody has asked for an extension of this case."))
    refusal = N_("You asked for this yourself: somebody else has to decide it.")
    rules.check_second_person(case.extension_asked_by, account_of(seen["actor"]), refusal)
    return case
