"""From a filled decision form to the one act it asks for."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError
from chengxin.voices.complaints import actions
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, Move, Refusal


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer chose on a case page and said for it."""

    move: Move
    version: int
    refusal: str
    finding: str
    message: str
    reason: str


def decide(
    session: Session, *, actor: str, case_id: int, decision: Decision, intake_key: X25519PublicKey
) -> Complaint:
    """Do what was decided, if the case is still the version the officer saw."""
    seen, message, reason = decision.version, decision.message, decision.reason
    if decision.move is Move.ACCEPT:
        return actions.accept(
            session,
            actor=actor,
            case_id=case_id,
            version=seen,
            note=message,
            intake_key=intake_key,
            reason=reason,
        )
    if decision.move is Move.REFUSE:
        return actions.refuse(
            session,
            actor=actor,
            case_id=case_id,
            version=seen,
            refusal=Refusal(decision.refusal),
            note=message,
            intake_key=intake_key,
            reason=reason,
        )
    if decision.move is Move.INVESTIGATE:
        return actions.investigate(session, actor=actor, case_id=case_id, version=seen, reason=reason)
    if decision.move is Move.DECIDE:
        return actions.decide(
            session,
            actor=actor,
            case_id=case_id,
            version=seen,
            finding=Finding(decision.finding),
            reply=message,
            intake_key=intake_key,
            reason=reason,
        )
    if decision.move is Move.DISCARD:
        return actions.discard(session, actor=actor, case_id=case_id, version=seen, reason=reason)
    raise DomainError(f"Nobody does {decision.move} by hand.")
