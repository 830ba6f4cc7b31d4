"""The steps of a request for credit repair on the desk: which are offered to whom, and what each one does."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.stepping import StepForm
from chengxin.standing.repairs import actions
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import MOVES, Act, acts_from

WORDS: Mapping[Act, str] = {
    Act.ACCEPT: _l("Accept the request"),
    Act.RETURN: _l("Return it: something is missing"),
    Act.PROPOSE: _l("Propose to grant it"),
    Act.CONFIRM: _l("Grant it"),
    Act.DECLINE: _l("Do not follow the proposal"),
    Act.REFUSE: _l("Refuse it"),
    Act.WITHDRAW: _l("Taken back by the applicant"),
}
HINTS: Mapping[Act, str] = {
    Act.ACCEPT: _l("It is complete. The term of the decision begins."),
    Act.RETURN: _l("The agency reads your reason and may ask again at once."),
    Act.PROPOSE: _l("A second person confirms. Until then the notice stays public."),
    Act.CONFIRM: _l("Publication, sharing and use of the notice end at this moment."),
    Act.DECLINE: _l("The request is open again."),
    Act.REFUSE: _l("The notice stays. The agency reads your reason and may ask again."),
}
WITH_REASON = frozenset(act for act, move in MOVES.items() if move.reason)
PUBLISHING = frozenset({Act.PROPOSE, Act.CONFIRM, Act.DECLINE})


def offered(repair: Repair, *, officer: Officer) -> dict[Act, str]:
    """Return the steps a request allows this officer now, in words."""
    alone = waits_for_another(repair, officer=officer)
    return {
        act: WORDS[act]
        for act in acts_from(repair.state)
        if (officer.may(Right.PUBLISH_NOTICES) or act not in PUBLISHING)
        and not (alone and act is Act.CONFIRM)
    }


def waits_for_another(repair: Repair, *, officer: Officer) -> bool:
    """Tell whether only a second person can grant."""
    return Act.CONFIRM in acts_from(repair.state) and repair.proposed_by == officer.id


def take(session: Session, form: StepForm, *, repair_id: int, actor: str, decide_days: int) -> None:
    """Do the step the form asks for."""
    act, reason, version = Act(form.step.data), form.reason.data or "", form.version.data or 0
    if act is Act.ACCEPT:
        actions.accept(
            session,
            actor=actor,
            repair_id=repair_id,
            version=version,
            reason=reason,
            decide_days=decide_days,
        )
    elif act is Act.CONFIRM:
        actions.confirm_grant(session, actor=actor, repair_id=repair_id, version=version)
    else:
        do = _ACTS[act]
        do(session, actor=actor, repair_id=repair_id, version=version, reason=reason)


_ACTS: Mapping[Act, Callable[..., Repair]] = {
    Act.RETURN: actions.return_incomplete,
    Act.PROPOSE: actions.propose_grant,
    Act.DECLINE: actions.decline_grant,
    Act.REFUSE: actions.refuse,
    Act.WITHDRAW: actions.withdraw,
}
