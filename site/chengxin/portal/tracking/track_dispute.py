"""Follow an objection with the code and phrase of its receipt."""

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.proofs import Proof
from chengxin.core.web import reading
from chengxin.standing import disputed
from chengxin.standing.objections import labels, queries
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Ground, Outcome, State, Target, due_on


def objection_of(proof: Proof) -> Objection | None:
    """Return the objection a receipt opens."""
    with reading() as session:
        objection = queries.by_code_hash(session, proof.code_hash)
    return objection if proof.fits(objection.reply_key if objection else None) else None


def shown(objection: Objection) -> ResponseReturnValue:
    """Show an objection to the one who filed it."""
    with reading() as session:
        record = disputed.named(session, objection.target_kind, objection.target_id)
    state = State(objection.state)
    due = due_on(
        state, mark_by=objection.mark_by, answer_by=objection.answer_by, review_by=objection.review_by
    )
    return render_template(
        "portal/track_dispute.html",
        objection=objection,
        record=record,
        target=labels.TARGET[Target(objection.target_kind)],
        ground=labels.GROUND[Ground(objection.ground)],
        state=labels.STATE[state],
        told=labels.TOLD[state],
        due=due,
        outcome=_outcome(objection.outcome),
        review=_outcome(objection.review_outcome),
    )


def _outcome(code: str) -> str:
    return str(labels.OUTCOME[Outcome(code)]) if code else ""
