"""The steps of a batch on the desk: which are offered to whom, and what each one does."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.desk.drafts import practice
from chengxin.desk.notices.batch_forms import WORDS, BatchStepForm, Step
from chengxin.standing.batches import actions
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import State


def offered(batch: NoticeBatch, *, officer: Officer, authors: Collection[str]) -> Mapping[Step, str]:
    """Return the steps a batch allows this officer now, in words."""
    return {step: WORDS[step] for step in _steps(batch, officer, authors)}


def waits_for_another(batch: NoticeBatch, *, officer: Officer, authors: Collection[str]) -> bool:
    """Tell whether only a second person can do what comes next."""
    return batch.state == State.HANDED_IN and officer.actor in authors


def take(session: Session, form: BatchStepForm, *, batch_id: int, actor: str) -> None:
    """Do the step the form asks for."""
    step, reason, version = Step(form.step.data), form.reason.data or "", form.version.data or 0
    if step is Step.HAND_IN:
        actions.hand_in(session, actor=actor, batch_id=batch_id, version=version, reason=reason)
    elif step is Step.PUBLISH:
        actions.publish(
            session, actor=actor, batch_id=batch_id, version=version, reason=reason, practice=practice()
        )
    elif step is Step.REFUSE:
        actions.refuse(
            session,
            actor=actor,
            batch_id=batch_id,
            version=version,
            sanction_id=int(form.notice.data),
            reason=reason,
            practice=practice(),
        )
    else:
        act = actions.give_back if step is Step.RETURN else actions.dissolve
        act(session, actor=actor, batch_id=batch_id, version=version, reason=reason)


def _steps(batch: NoticeBatch, officer: Officer, authors: Collection[str]) -> list[Step]:
    publishes = officer.may(Right.PUBLISH_NOTICES) and officer.actor not in authors
    match State(batch.state):
        case State.ASSEMBLING if officer.may(Right.DRAFT_NOTICES):
            return [Step.HAND_IN, Step.REFUSE, Step.DISSOLVE]
        case State.HANDED_IN if publishes:
            return [Step.PUBLISH, Step.REFUSE, Step.RETURN]
        case State.HANDED_IN if officer.may(Right.DRAFT_NOTICES):
            return [Step.RETURN]
        case _:
            return []
