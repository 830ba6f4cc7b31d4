"""The steps of a notice on the desk: which are offered to whom, and what each one does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.errors import DomainError
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.stepping import StepForm
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.sanctions import actions, ends, urgent
from chengxin.standing.sanctions.deadlines import Practice
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import MOVES, Act, Part, State
from chengxin.standing.sanctions.stages import Course, check_publishable
from chengxin.standing.sanctions.steps import course_of


class Step(StrEnum):
    """What an officer can do to a notice with a reason alone."""

    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    PUBLISH_URGENTLY = "publish_urgently"
    CONFIRM_URGENT = "confirm_urgent"
    REFUSE_URGENT = "refuse_urgent"
    CONFIRM = "confirm"
    KEEP = "keep"
    WITHDRAW = "withdraw"
    REPAIR = "repair"
    ARCHIVE = "archive"
    RETURN = "return"
    REJECT = "reject"


WORDS: Mapping[Step, str] = {
    Step.SUBMIT: _l("Hand in for legal review"),
    Step.APPROVE: _l("Pass in legal review"),
    Step.PUBLISH: _l("Publish"),
    Step.PUBLISH_URGENTLY: _l("Publish urgently, before the review"),
    Step.CONFIRM_URGENT: _l("Pass the urgent publication"),
    Step.REFUSE_URGENT: _l("Refuse it and take it down"),
    Step.CONFIRM: _l("Confirm the end"),
    Step.KEEP: _l("Keep it public"),
    Step.WITHDRAW: _l("Propose to withdraw it"),
    Step.REPAIR: _l("Propose to end it after credit repair"),
    Step.ARCHIVE: _l("File it away"),
    Step.RETURN: _l("Return to the author"),
    Step.REJECT: _l("Discard"),
}
HINTS: Mapping[Step, str] = {
    Step.SUBMIT: _l("A legal reviewer reads it; you cannot review or publish it yourself."),
    Step.APPROVE: _l(
        "Give your opinion as the reason. Then the agency is told, or a decision taken goes on."
    ),
    Step.PUBLISH: _l("It is public at once and gets its number."),
    Step.PUBLISH_URGENTLY: _l(
        "It is marked as urgent in public. Without a legal review by the next working day it comes down by itself."
    ),
    Step.CONFIRM_URGENT: _l("The mark goes, and its whole term begins to count."),
    Step.REFUSE_URGENT: _l("It is withdrawn at once; the public reads your reason."),
    Step.CONFIRM: _l("Its text is public no more from this moment."),
    Step.WITHDRAW: _l("The decision was changed or quashed. A second person confirms."),
    Step.REPAIR: _l("What was wrong has been put right. A second person confirms."),
    Step.ARCHIVE: _l("Nothing more is done to it. A decision that was never public stays internal."),
    Step.RETURN: _l("With your reason, to be changed and reviewed again."),
    Step.REJECT: _l("It will never be published. The record of it stays."),
}
DONE: Mapping[Step, str] = {
    Step.SUBMIT: _l("Handed in. A legal reviewer reads it next."),
    Step.APPROVE: _l("Passed in legal review."),
    Step.PUBLISH: _l("Published."),
    Step.PUBLISH_URGENTLY: _l("Published urgently. The legal review is due by the next working day."),
    Step.CONFIRM_URGENT: _l("Passed. The notice stands for its whole term."),
    Step.REFUSE_URGENT: _l("The notice is public no more."),
    Step.CONFIRM: _l("The notice is public no more."),
    Step.KEEP: _l("The notice stays public."),
    Step.WITHDRAW: _l("Proposed. It stays public until a second person confirms."),
    Step.REPAIR: _l("Proposed. It stays public until a second person confirms."),
    Step.ARCHIVE: _l("Filed away."),
    Step.RETURN: _l("Returned to the author."),
    Step.REJECT: _l("Discarded."),
}
# Every act carries a reason; the confirmation of an end carries that of its proposal.
WITH_REASON = frozenset(Step) - {Step.CONFIRM}
ENDS = {Step.WITHDRAW: State.WITHDRAWN, Step.REPAIR: State.REPAIRED}


@dataclass(frozen=True)
class Offer:
    """Which act a step is, who may take it, and on which side of the four eyes that person then stands."""

    act: Act
    rights: tuple[Right, ...]
    part: Part | None = None


_STAFF = (Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES)
OFFERS: Mapping[Step, Offer] = {
    Step.SUBMIT: Offer(Act.SUBMIT, (Right.DRAFT_NOTICES,), Part.AUTHOR),
    Step.APPROVE: Offer(Act.APPROVE, (Right.REVIEW_NOTICES,), Part.SECOND),
    Step.PUBLISH: Offer(Act.PUBLISH, (Right.PUBLISH_NOTICES,), Part.SECOND),
    Step.PUBLISH_URGENTLY: Offer(Act.PUBLISH_URGENTLY, (Right.PUBLISH_NOTICES,), Part.SECOND),
    Step.CONFIRM_URGENT: Offer(Act.CONFIRM_URGENT, (Right.REVIEW_NOTICES,), Part.SECOND),
    Step.REFUSE_URGENT: Offer(Act.REFUSE_URGENT, (Right.REVIEW_NOTICES,), Part.SECOND),
    Step.CONFIRM: Offer(Act.WITHDRAW, (Right.PUBLISH_NOTICES,)),
    Step.KEEP: Offer(Act.DECLINE_END, (Right.PUBLISH_NOTICES,)),
    Step.WITHDRAW: Offer(Act.PROPOSE_END, (Right.PUBLISH_NOTICES,)),
    Step.REPAIR: Offer(Act.PROPOSE_END, (Right.PUBLISH_NOTICES,)),
    Step.ARCHIVE: Offer(Act.ARCHIVE, (Right.PUBLISH_NOTICES, Right.REVIEW_NOTICES)),
    Step.RETURN: Offer(Act.RETURN, _STAFF),
    Step.REJECT: Offer(Act.REJECT, _STAFF),
}
_ACTS: Mapping[Step, Callable[..., Sanction]] = {
    Step.SUBMIT: actions.submit,
    Step.APPROVE: actions.approve,
    Step.PUBLISH: actions.publish,
    Step.PUBLISH_URGENTLY: urgent.publish_urgently,
    Step.CONFIRM_URGENT: urgent.confirm_urgent,
    Step.REFUSE_URGENT: urgent.refuse_urgent,
    Step.ARCHIVE: actions.archive,
    Step.RETURN: actions.return_for_changes,
    Step.REJECT: actions.reject,
}


def offered(
    sanction: Sanction, *, officer: Officer, hands: Mapping[int, Part], today: date
) -> dict[Step, str]:
    """Return the steps a notice allows this officer now, in words."""
    allowed = (step for step in Step if _may(step, sanction, officer, hands))
    return {step: WORDS[step] for step in allowed if _fits(step, sanction, officer, today)}


def may_take(offer: Offer, sanction: Sanction, *, officer: Officer, hands: Mapping[int, Part]) -> bool:
    """Tell whether the state, the person's rights and the four eyes allow an act."""
    other_side = offer.part is not None and hands.get(officer.id, offer.part) is not offer.part
    return sanction.state in MOVES[offer.act].sources and officer.may(*offer.rights) and not other_side


def waits_for_another(sanction: Sanction, *, officer: Officer, hands: Mapping[int, Part]) -> bool:
    """Tell whether only a second person can do what comes next."""
    if sanction.proposed_end:
        return sanction.proposed_end_by == officer.id
    seconds = {State.LEGAL_REVIEW, State.SERVED}
    return sanction.state in seconds and hands.get(officer.id) is Part.AUTHOR


def take(session: Session, form: StepForm, *, notice_id: int, actor: str, practice: Practice) -> None:
    """Do the step the form asks for."""
    step, reason = Step(form.step.data), form.reason.data or ""
    held: dict[str, Any] = {"actor": actor, "sanction_id": notice_id, "version": form.version.data or 0}
    if step in ENDS:
        ends.propose_end(session, **held, end=ENDS[step], reason=reason)
    elif step is Step.CONFIRM:
        ends.confirm_end(session, **held)
    elif step is Step.KEEP:
        ends.decline_end(session, **held, reason=reason)
    else:
        _ACTS[step](session, **held, reason=reason, practice=practice)
    repairs.settle(session, actor=actor)


def _may(step: Step, sanction: Sanction, officer: Officer, hands: Mapping[int, Part]) -> bool:
    return may_take(OFFERS[step], sanction, officer=officer, hands=hands)


def _fits(step: Step, sanction: Sanction, officer: Officer, today: date) -> bool:
    """Tell whether what is known of the notice allows a step its state allows."""
    course, proposed = course_of(sanction), bool(sanction.proposed_end)
    reviewing = course.awaits_review
    in_time = sanction.published_by != officer.id and today <= sanction.max_until
    fits = {
        Step.CONFIRM: proposed and sanction.proposed_end_by != officer.id,
        Step.KEEP: proposed,
        Step.WITHDRAW: not proposed and not reviewing,
        Step.REPAIR: not proposed and not reviewing,
        Step.CONFIRM_URGENT: reviewing and in_time,
        Step.REFUSE_URGENT: reviewing and in_time,
        Step.PUBLISH_URGENTLY: sanction.decided and _is_publishable(course),
        Step.PUBLISH: _is_publishable(course),
    }
    return fits.get(step, True)


def _is_publishable(course: Course) -> bool:
    try:
        check_publishable(course)
    except DomainError:
        return False
    return True
