"""The lists of notices on the desk: one a stage, and what is overdue, with the deadlines as chips."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core import clock
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.reach import mine
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
        return render_template(
            "desk/notices.html",
            **_listed(session, view, clock.today()),
            may_draft=officer.may(Right.DRAFT_NOTICES),
        )


def first_view(officer: Officer) -> State:
    """Return the list a person begins with: what waits for them."""
    publishes = officer.may(Right.PUBLISH_NOTICES) and not officer.may(Right.REVIEW_NOTICES)
    return State.SERVED if publishes else State.LEGAL_REVIEW


def _listed(session: Session, view: str, today: date) -> dict[str, Any]:
    seen = mine(Sanction)
    overdue = workbench.count_overdue(session, today=today, seen=seen)
    counts = {OVERDUE: overdue, **workbench.counts_by_state(session, seen=seen)}
    pages = max(1, math.ceil(counts[view] / PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    labels: dict[str, str] = {OVERDUE: _l("Overdue"), **{str(each): words for each, words in STATE.items()}}
    return {
        "state": view,
        "title": labels[view],
        "views": [
            {
                "label": label,
                "url": url_for("desk.notices", state=each),
                "count": counts[each],
                "current": each == view,
            }
            for each, label in labels.items()
        ],
        "rows": [_row(each, today) for each in _read(session, view, today, page)],
        "page": page,
        "pages": pages,
    }


def _read(session: Session, view: str, today: date, page: int) -> Sequence[Sanction]:
    window: dict[str, Any] = {"seen": mine(Sanction), "limit": PAGE, "offset": (page - 1) * PAGE}
    if view == OVERDUE:
        return workbench.overdue(session, today=today, **window)
    waiting = view == State.LEGAL_REVIEW
    read: Read = workbench.waiting_for_review if waiting else partial(workbench.in_state, state=view)
    return read(session, **window)


def _row(sanction: Sanction, today: date) -> dict[str, Any]:
    return {
        "title": sanction.title,
        "url": url_for("desk.notice", notice_id=sanction.id),
        "standing": standing_of_notice(sanction.notice_kind, sanction.legal_kind),
        "party": sanction.party_name,
        "decision_no": sanction.decision_no,
        "decision_date": sanction.decision_date if sanction.decided else None,
        "ending": bool(sanction.proposed_end),
        "urgent": course_of(sanction).awaits_review,
        "days": (sanction.due_on - today).days if sanction.due_on else None,
    }
