"""The lists of notices on the desk: one a stage, and what is overdue, with the deadlines as chips."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.reach import mine
from chengxin.desk.state_list import ListRow, state_list
from chengxin.standing.rules import standing_of_notice
from chengxin.standing.sanctions import workbench
from chengxin.standing.sanctions.labels import STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.steps import course_of

PAGE = 30
OVERDUE = "overdue"
Read = Callable[..., Sequence[Sanction]]


@bp.get("/notices/")
@needs(Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES)
def notices() -> str:
    """List the notices of a stage, or those whose deadline has passed."""
    asked, officer = request.args.get("state", ""), current_account()
    view = asked if asked == OVERDUE or asked in set(State) else first_view(officer)
    with reading() as session:
        shown = _listed(session, view, clock.today())
    new_url = url_for("desk.notice_new") if officer.may(Right.DRAFT_NOTICES) else ""
    return render_template(
        "desk/list.html", heading=_("Notices"), new_url=new_url, new_label=_("Draft a notice"), **shown
    )


def first_view(officer: Officer) -> State:
    """Return the list a person begins with: what waits for them."""
    publishes = officer.may(Right.PUBLISH_NOTICES) and not officer.may(Right.REVIEW_NOTICES)
    return State.SERVED if publishes else State.LEGAL_REVIEW


def _listed(session: Session, view: str, today: date) -> dict[str, Any]:
    seen = mine(Sanction)
    overdue = workbench.count_overdue(session, today=today, seen=seen)
    counts = {OVERDUE: overdue, **workbench.counts_by_state(session, seen=seen)}
    labels: dict[str, str] = {OVERDUE: _l("Overdue"), **{str(each): words for each, words in STATE.items()}}
    where = state_list("desk.notices", labels, view, counts, size=PAGE)
    return {"where": where, "rows": [_row(each, today) for each in _read(session, view, today, where.offset)]}


def _read(session: Session, view: str, today: date, offset: int) -> Sequence[Sanction]:
    window: dict[str, Any] = {"seen": mine(Sanction), "limit": PAGE, "offset": offset}
    if view == OVERDUE:
        return workbench.overdue(session, today=today, **window)
    waiting = view == State.LEGAL_REVIEW
    read: Read = workbench.waiting_for_review if waiting else partial(workbench.in_state, state=view)
    return read(session, **window)


def _row(sanction: Sanction, today: date) -> ListRow:
    urgent, ending = course_of(sanction).awaits_review, bool(sanction.proposed_end)
    tags = {_("Urgent, not reviewed yet"): urgent, _("Early end proposed"): ending}
    return ListRow(
        title=sanction.title,
        url=url_for("desk.notice", notice_id=sanction.id),
        standing=standing_of_notice(sanction.notice_kind, sanction.legal_kind),
        text=sanction.party_name,
        text_lang="zh-Hans",
        date=sanction.decision_date if sanction.decided else None,
        meta=[sanction.decision_no],
        days=(sanction.due_on - today).days if sanction.due_on else None,
        tags=[words for words, holds in tags.items() if holds],
    )
