"""The steps of a notice on the desk: which are offered to whom, and what each one does."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.stepping import StepForm
from chengxin.standing.sanctions import actions, ends
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State


class Step(StrEnum):
    """What an officer can do to a notice."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REPAIR = "repair"
    CONFIRM = "confirm"
    KEEP = "keep"


WORDS: Mapping[Step, str] = {
    Step.SUBMIT: _l("Hand in for review"),
    Step.PUBLISH: _l("Publish"),
    Step.RETURN: _l("Return to the author"),
    Step.REJECT: _l("Discard"),
    Step.WITHDRAW: _l("Propose to withdraw it"),
    Step.REPAIR: _l("Propose to end it after credit repair"),
    Step.CONFIRM: _l("Confirm the end"),
    Step.KEEP: _l("Keep it public"),
}
HINTS: Mapping[Step, str] = {
    Step.SUBMIT: _l("A second person reads it and publishes it."),
    Step.PUBLISH: _l("It is public at once and gets its number."),
    Step.RETURN: _l("With your reason, to be changed."),
    Step.REJECT: _l("It will never be published. The record of it stays."),
    Step.WITHDRAW: _l("The decision was changed or quashed. A second person confirms."),
    Step.REPAIR: _l("What was wrong has been put right. A second person confirms."),
    Step.CONFIRM: _l("Its text is public no more from this moment."),
}
DONE: Mapping[Step, str] = {
    Step.SUBMIT: _l("Handed in. A second person reads it and publishes it."),
    Step.PUBLISH: _l("Published."),
    Step.RETURN: _l("Returned to the author."),
    Step.REJECT: _l("Discarded."),
    Step.WITHDRAW: _l("Proposed. It stays public until a second person confirms."),
    Step.REPAIR: _l("Proposed. It stays public until a second person confirms."),
    Step.CONFIRM: _l("The notice is public no more."),
    Step.KEEP: _l("The notice stays public."),
}
WITH_REASON = frozenset({Step.RETURN, Step.REJECT, Step.WITHDRAW, Step.REPAIR, Step.KEEP})
ENDS = {Step.WITHDRAW: State.WITHDRAWN, Step.REPAIR: State.REPAIRED}


def offered(sanction: Sanction, *, officer: Officer, authors: Collection[str]) -> dict[Step, str]:
    """Return the steps a notice allows this officer now, in words."""
    return {step: WORDS[step] for step in _steps(sanction, officer, authors)}


def waits_for_another(sanction: Sanction, *, officer: Officer, authors: Collection[str]) -> bool:
    """Tell whether only a second person can do what comes next."""
    if sanction.state == State.LEGAL_REVIEW:
        return officer.actor in authors
    return bool(sanction.proposed_end) and sanction.proposed_end_by == officer.id


def take(session: Session, form: StepForm, *, notice_id: int, actor: str) -> None:
    """Do the step the form asks for."""
    step, reason = Step(form.step.data), form.reason.data or ""
    version = form.version.data or 0
    if step in ENDS:
        end = ENDS[step]
        ends.propose_end(session, actor=actor, sanction_id=notice_id, version=version, end=end, reason=reason)
    elif step is Step.CONFIRM:
        ends.confirm_end(session, actor=actor, sanction_id=notice_id, version=version)
    else:
        act = _ACTS[step]
        act(session, actor=actor, sanction_id=notice_id, version=version, reason=reason)


_ACTS = {
    Step.SUBMIT: actions.submit,
    Step.PUBLISH: actions.publish,
    Step.RETURN: actions.return_for_changes,
    Step.REJECT: actions.reject,
    Step.KEEP: ends.decline_end,
}


def _steps(sanction: Sanction, officer: Officer, authors: Collection[str]) -> list[Step]:
    alone = waits_for_another(sanction, officer=officer, authors=authors)
    publishes = officer.may(Right.PUBLISH_NOTICES)
    match State(sanction.state):
        case State.DRAFT if officer.may(Right.DRAFT_NOTICES):
            return [Step.SUBMIT, Step.REJECT]
        case State.LEGAL_REVIEW if alone:
            return [Step.RETURN, Step.REJECT]
        case State.LEGAL_REVIEW if publishes:
            return [Step.PUBLISH, Step.RETURN, Step.REJECT]
        case State.PUBLISHED if publishes:
            return _ends(sanction, alone=alone)
        case _:
            return []


def _ends(sanction: Sanction, *, alone: bool) -> list[Step]:
    if not sanction.proposed_end:
        return [Step.WITHDRAW, Step.REPAIR]
    return [Step.KEEP] if alone else [Step.CONFIRM, Step.KEEP]
