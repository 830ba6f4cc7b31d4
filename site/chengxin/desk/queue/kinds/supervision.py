"""Records of two persons in the queue: abnormal marks, links of organisations, decisions about permits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.filtering import Waits
from chengxin.desk.queue.glimpses import first_words
from chengxin.desk.queue.kinds.kind import NOBODY, Line, Lines, Opener, WaitingKind
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.confirming.labels import STATE
from chengxin.standing.confirming.rules import State
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.permits.models import PermitAct

RIGHTS = (Right.SUPERVISE, Right.CONFIRM_SUPERVISION)
Able = Callable[[Officer], ColumnElement[bool]]


def _lines(model: Any, agency: Any, code: Callable[[int], str], told: Callable[[Any], str]) -> Lines:
    def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
        rows = select(model, Agency.name, Account.name).join(Agency, Agency.id == agency)
        joined = rows.outerjoin(Account, Account.id == model.proposed_by).where(model.id.in_(ids))
        return {
            held.id: Line(
                code=code(held.id),
                title=name,
                text=first_words(told(held)),
                cells=(_("Supervision"), _state(held), who or _("Nobody")),
            )
            for held, name, who in session.execute(joined)
        }

    return lines


def _state(held: Any) -> str:
    return str(STATE[State.PROPOSED]) if held.state == State.PROPOSED else _("Removal proposed")


def _removable(model: Any) -> Any:
    return or_(
        model.state == State.PROPOSED, (model.state == State.IN_FORCE) & model.end_proposed_by.is_not(None)
    )


def _able(model: Any) -> Able:
    """Return which records of a kind an officer can confirm: a second person, with the right to it."""

    def able(officer: Officer) -> ColumnElement[bool]:
        if not officer.may(Right.CONFIRM_SUPERVISION):
            return false()
        entered: ColumnElement[bool] = (model.state == State.PROPOSED) & (
            func.coalesce(model.proposed_by, NOBODY) != officer.id
        )
        if not hasattr(model, "end_proposed_by"):
            return entered
        removed: ColumnElement[bool] = func.coalesce(model.end_proposed_by, officer.id) != officer.id
        return or_(entered, (model.state == State.IN_FORCE) & removed)

    return able


def _mark(number: int) -> str:
    return _("Abnormal mark %(n)s", n=number)


def _link(number: int) -> str:
    return _("Link %(n)s", n=number)


def _decision(number: int) -> str:
    return _("Permit decision %(n)s", n=number)


MARKS = WaitingKind(
    name="abnormal_mark",
    label=_l("Abnormal marks"),
    rights=RIGHTS,
    id=AbnormalMark.id,
    waiting=(_removable(AbnormalMark),),
    lines=_lines(AbnormalMark, AbnormalMark.agency_id, _mark, lambda held: str(CAUSE[Cause(held.cause)])),
    endpoint="desk.abnormal_mark",
    parameter="mark_id",
    agency=AbnormalMark.agency_id,
    owner=AbnormalMark.proposed_by,
    waits=Waits.SECOND.value,
    able=_able(AbnormalMark),
    called=_mark,
)
LINKS = WaitingKind(
    name="lineage_link",
    label=_l("Tied organisations"),
    rights=RIGHTS,
    id=LineageLink.id,
    waiting=(_removable(LineageLink),),
    lines=_lines(LineageLink, LineageLink.later_id, _link, lambda held: held.document),
    endpoint="desk.lineage_link",
    parameter="link_id",
    agency=LineageLink.later_id,
    owner=LineageLink.proposed_by,
    waits=Waits.SECOND.value,
    able=_able(LineageLink),
    called=_link,
)
PERMITS = WaitingKind(
    name="permit_act",
    label=_l("Permit decisions"),
    rights=RIGHTS,
    id=PermitAct.id,
    due_on=PermitAct.publish_by,
    waiting=(PermitAct.state == State.PROPOSED,),
    lines=_lines(PermitAct, PermitAct.agency_id, _decision, lambda held: held.decision_no),
    endpoint="desk.permit_act",
    parameter="act_id",
    agency=PermitAct.agency_id,
    owner=PermitAct.proposed_by,
    waits=Waits.SECOND.value,
    able=_able(PermitAct),
    called=_decision,
)
