"""Mark an agency as operating abnormally, and remove the mark: two persons each time."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause, check_day, check_facts, check_free
from chengxin.standing.confirming import actions as confirming
from chengxin.standing.confirming.rules import Act, State


def propose(
    session: Session,
    *,
    actor: str,
    agency_id: int,
    cause: Cause,
    set_on: date,
    facts: str = "",
    decision_no: str = "",
    authority: str = "",
) -> AbnormalMark:
    """Propose a mark; nothing is public before a second person confirms it."""
    check_day(set_on, clock.today())
    check_facts(cause, facts)
    same = (AbnormalMark.agency_id == agency_id, AbnormalMark.cause == cause)
    open_now = AbnormalMark.state.in_([State.PROPOSED, State.IN_FORCE])
    held = session.scalar(select(AbnormalMark.id).where(*same, open_now).limit(1))
    check_free(waiting=held is not None)
    mark = AbnormalMark(
        agency_id=agency_id,
        cause=cause,
        set_on=set_on,
        facts=facts.strip(),
        decision_no=decision_no,
        authority=authority,
    )
    return confirming.add(session, mark, actor=actor, tells=_tells)


def step(
    session: Session, *, actor: str, mark_id: int, version: int, act: Act, reason: str = ""
) -> AbnormalMark:
    """Confirm, decline, or end a mark step by step."""
    mark = confirming.existing(session, AbnormalMark, mark_id)
    return confirming.step(session, mark, act, actor=actor, version=version, tells=_tells, reason=reason)


def _tells(mark: AbnormalMark) -> dict[str, Any]:
    return {"agency_id": mark.agency_id, "cause": mark.cause}
