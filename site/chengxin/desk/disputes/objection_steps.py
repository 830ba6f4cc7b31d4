"""The steps of an objection on the desk: which are offered to whom, and what each one does."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.stepping import StepForm
from chengxin.standing.objections import actions
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Act, Outcome, Target, acts_from
from chengxin.standing.sanctions import workbench


class Step(StrEnum):
    """What an officer can do to an objection."""

    MARK = "mark"
    REFUSE = "refuse"
    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    ASK_REVIEW = "ask_review"
    WITHDRAW = "withdraw"


WORDS: Mapping[Step, str] = {
    Step.MARK: _l("Mark the record as disputed"),
    Step.REFUSE: _l("Do not take it up"),
    Step.UPHELD: _l("Uphold the objection"),
    Step.PARTLY: _l("Uphold it in part"),
    Step.NOT_UPHELD: _l("Do not uphold it"),
    Step.ASK_REVIEW: _l("Pass it on for review at the upper level"),
    Step.WITHDRAW: _l("Taken back by the applicant"),
}
HINTS: Mapping[Step, str] = {
    Step.MARK: _l("What you write below stands beside the record: what is objected to, in neutral words."),
    Step.REFUSE: _l("It is no objection to a record. The applicant reads your reason."),
    Step.UPHELD: _l("Readers see the result. Then correct or withdraw the record."),
    Step.PARTLY: _l("Readers see the result. Then correct the record."),
    Step.NOT_UPHELD: _l("Readers see the result and your reason."),
    Step.ASK_REVIEW: _l("The mark comes back. Another person decides."),
    Step.WITHDRAW: _l("The mark goes. The record stays as it is."),
}
WITH_REASON = frozenset(Step) - {Step.WITHDRAW}
_OUTCOMES = (Step.UPHELD, Step.PARTLY, Step.NOT_UPHELD)
_STEPS: Mapping[Act, tuple[Step, ...]] = {
    Act.MARK: (Step.MARK,),
    Act.REFUSE: (Step.REFUSE,),
    Act.DECIDE: _OUTCOMES,
    Act.ASK_REVIEW: (Step.ASK_REVIEW,),
    Act.REVIEW: _OUTCOMES,
    Act.WITHDRAW: (Step.WITHDRAW,),
}


def offered(session: Session, objection: Objection, *, officer: Officer) -> dict[Step, str]:
    """Return the steps an objection allows this officer now, in words."""
    alone = waits_for_another(session, objection, officer=officer)
    acts = [act for act in acts_from(objection.state) if not (alone and act in {Act.DECIDE, Act.REVIEW})]
    return {step: WORDS[step] for act in acts for step in _STEPS[act]}


def waits_for_another(session: Session, objection: Objection, *, officer: Officer) -> bool:
    """Tell whether what comes next is not for this officer, whose own work is disputed."""
    acts = acts_from(objection.state)
    if Act.REVIEW in acts:
        return objection.decided_by == officer.id
    return Act.DECIDE in acts and officer.actor in first_persons(session, objection)


def first_persons(session: Session, objection: Objection) -> set[str]:
    """Return who wrote or published what is disputed."""
    if objection.target_kind != Target.SANCTION or objection.target_id is None:
        return set()
    sanction = workbench.by_id(session, objection.target_id)
    if sanction is None:
        return set()
    return {*workbench.authors_of(session, sanction), f"account:{sanction.published_by}"}


def take(session: Session, form: StepForm, *, objection: Objection, actor: str) -> None:
    """Do the step the form asks for."""
    step, reason = Step(form.step.data), form.reason.data or ""
    objection_id, version = objection.id, form.version.data or 0
    if step is Step.MARK:
        actions.mark(session, actor=actor, objection_id=objection_id, version=version, words=reason)
    elif step in _OUTCOMES:
        _decide(session, objection, actor=actor, version=version, outcome=Outcome(step), reason=reason)
    else:
        act = _ACTS[step]
        act(session, actor=actor, objection_id=objection_id, version=version, reason=reason)


def _decide(
    session: Session, objection: Objection, *, actor: str, version: int, outcome: Outcome, reason: str
) -> None:
    if Act.REVIEW in acts_from(objection.state):
        actions.review(
            session, actor=actor, objection_id=objection.id, version=version, outcome=outcome, reason=reason
        )
        return
    actions.decide(
        session,
        actor=actor,
        objection_id=objection.id,
        version=version,
        outcome=outcome,
        reason=reason,
        first_persons=first_persons(session, objection),
    )


_ACTS: Mapping[Step, Callable[..., Objection]] = {
    Step.REFUSE: actions.refuse,
    Step.ASK_REVIEW: actions.ask_review,
    Step.WITHDRAW: actions.withdraw,
}
