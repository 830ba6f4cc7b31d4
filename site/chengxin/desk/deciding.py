"""From a filled decision form to the one act it asks for."""

from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError
from chengxin.core.sealing import Recipients
from chengxin.voices.complaints import actions, pauses
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, Move, Refusal

LETTERS = {Move.ASK: pauses.ask, Move.ACCEPT: actions.accept, Move.TRANSFER: actions.transfer}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer chose on a case page and said for it."""

    move: Move
    version: int
    refusal: str
    finding: str
    message: str
    reason: str


class Held(TypedDict):
    """What every move needs: who, which case as it was seen, and why."""

    actor: str
    case_id: int
    version: int
    reason: str


def decide(
    session: Session, *, actor: str, case_id: int, decision: Decision, intake_key: Recipients
) -> Complaint:
    """Do what was decided, if the case is still the version the officer saw."""
    held: Held = {
        "actor": actor,
        "case_id": case_id,
        "version": decision.version,
        "reason": decision.reason,
    }
    match decision.move:
        case Move.ASK | Move.ACCEPT | Move.TRANSFER:
            act = LETTERS[decision.move]
            return act(session, **held, note=decision.message, intake_key=intake_key)
        case Move.REFUSE:
            refusal = Refusal(decision.refusal)
            return actions.refuse(
                session, **held, refusal=refusal, note=decision.message, intake_key=intake_key
            )
        case Move.INVESTIGATE:
            return actions.investigate(session, **held)
        case Move.DECIDE:
            finding = Finding(decision.finding)
            return actions.decide(
                session, **held, finding=finding, reply=decision.message, intake_key=intake_key
            )
        case Move.DISCARD:
            return actions.discard(session, **held)
    raise DomainError(f"Nobody does {decision.move} by hand.")
