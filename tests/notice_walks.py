"""Take any act on a notice, whoever does it and whenever, as a walk or a table of transitions needs it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.standing.sanctions import actions, ends, proceedings, urgent
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Act, State
from chengxin.standing.sanctions.wording import Wording
from tests import make

Taken = Callable[..., object]


def take(session: Session, sanction: Sanction, act: Act, actor: str, words: Wording | None = None) -> object:
    """Do one act of a person today, or let the worker look at the calendar."""
    held: dict[str, Any] = {"actor": actor, "sanction_id": sanction.id, "version": sanction.version}
    plain: dict[Act, Taken] = {
        Act.SUBMIT: actions.submit,
        Act.RETURN: actions.return_for_changes,
        Act.REJECT: actions.reject,
        Act.APPROVE: actions.approve,
        Act.PUBLISH: actions.publish,
        Act.PUBLISH_URGENTLY: urgent.publish_urgently,
        Act.CONFIRM_URGENT: urgent.confirm_urgent,
        Act.REFUSE_URGENT: urgent.refuse_urgent,
        Act.DECLINE_END: ends.decline_end,
        Act.ARCHIVE: actions.archive,
    }
    if act in plain:
        return plain[act](session, **held, reason="理由")
    facts: dict[Act, Taken] = {
        Act.TELL: proceedings.tell,
        Act.REPLY: partial(proceedings.note_reply, statement="我们已经退款。"),
        Act.REQUEST_HEARING: proceedings.request_hearing,
        Act.HOLD_HEARING: partial(proceedings.hold_hearing, outcome="部分采纳"),
        Act.DECIDE: partial(proceedings.decide, decision_no="江人社罚〔2026〕8号", measures="罚款"),
        Act.SERVE: partial(proceedings.serve, with_repair_notice=True),
    }
    if act in facts:
        return facts[act](session, **held, reason="理由", day=clock.today())
    match act:
        case Act.REVISE:
            return actions.revise(session, **held, wording=words or make.wording())
        case Act.PROPOSE_END | Act.REPAIR:
            end = State.REPAIRED if act is Act.REPAIR else State.WITHDRAWN
            return ends.propose_end(session, **held, end=end, reason="止")
        case Act.WITHDRAW:
            return ends.confirm_end(session, **held)
        case _:
            lapsed = urgent.lapse_due(session, today=clock.today())
            return lapsed + ends.end_due(session, today=clock.today())
