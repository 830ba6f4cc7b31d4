"""The queue: everything that waits, nearest deadline first."""

import math
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core import clock
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import installation, reading
from chengxin.desk import rows, waiting
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.waiting import PAGE, Place, View
from chengxin.standing.exemplars import selection_queries as rounds
from chengxin.standing.sanctions import workbench
from chengxin.standing.sanctions.rules import State
from chengxin.voices.complaints import queries as complaints

VIEWS = {
    View.ALL: _l("Everything waiting"),
    View.OVERDUE: _l("Overdue"),
    View.TODAY: _l("Due today"),
    View.MINE: _l("Mine"),
    View.UNASSIGNED: _l("Without an officer"),
    View.PAUSED: _l("Waiting for the complainant"),
    View.RATINGS: _l("Ratings to check"),
    View.DISPUTES: _l("Objections and repairs"),
    View.NOTICES: _l("Notices with a deadline"),
}
KEYS = {View.OVERDUE: "go", View.TODAY: "gt", View.MINE: "gm"}


@bp.get("/")
@needs()
def home() -> ResponseReturnValue:
    """Show what waits, in the view asked for; an agency is led to its own file."""
    if current_account().is_guest:
        return redirect(url_for("desk.agency_home"))
    view = asked_view()
    with reading() as session:
        shown = _shown(session, view, request.args.get("page", 1, int))
    return render_template("desk/queue.html", title=VIEWS[view], link=partial(_link, view), **shown)


def asked_view() -> View:
    """Return the view the address or the form names, or everything."""
    name = request.values.get("view", "")
    return View(name) if name in set(View) else View.ALL


def next_after(here: Place | None) -> str:
    """Return the address of what comes after a place in the view, or of the queue when it was the last."""
    if here is None:
        return url_for("desk.home")
    view, officer = asked_view(), current_account()
    with reading() as session:
        following = waiting.after(session, here, view=view, officer=officer, today=clock.today())
    return rows.address(following, view) if following else url_for("desk.home")


def _shown(session: Session, view: View, asked: int) -> dict[str, Any]:
    officer, today = current_account(), clock.today()
    counts = waiting.counts(session, officer=officer, today=today)
    pages = max(1, math.ceil(counts[view] / PAGE))
    page = min(max(1, asked), pages)
    places = waiting.page_of(session, view=view, officer=officer, today=today, page=page)
    settings = installation().settings
    return {
        "rows": rows.filled(session, places, settings=settings, view=view, today=today),
        "views": [*_views(view, counts), *_reviews(session, officer), *_rounds(session, officer, today)],
        "done": complaints.ended_on(session, today),
        "left": counts[View.ALL],
        "page": page,
        "pages": pages,
    }


def _views(view: View, counts: Mapping[View, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": _link(each),
            "count": counts[each],
            "current": each is view,
            "key": KEYS.get(each, ""),
        }
        for each, label in VIEWS.items()
    ]


def _reviews(session: Session, officer: Officer) -> list[dict[str, Any]]:
    """Return the entries that lead to the notices that wait for a second person."""
    if "desk.notices" not in current_app.view_functions:
        return []
    wanted = (
        (Right.REVIEW_NOTICES, State.LEGAL_REVIEW, _l("Notices to review")),
        (Right.PUBLISH_NOTICES, State.SERVED, _l("Notices to publish")),
    )
    counts = workbench.counts_by_state(session) if officer.may(*(right for right, _, _ in wanted)) else {}
    return [
        {
            "label": label,
            "url": url_for("desk.notices", state=state),
            "count": counts[state],
            "current": False,
            "key": "",
        }
        for right, state, label in wanted
        if officer.may(right)
    ]


def _rounds(session: Session, officer: Officer, today: date) -> list[dict[str, Any]]:
    """Return the entry that leads to the rounds of selection that wait for their next step."""
    if not officer.may(Right.NAME_EXEMPLARS):
        return []
    count, link = len(rounds.due(session, today=today)), url_for("desk.exemplars")
    return [{"label": _l("Rounds to go on with"), "url": link, "count": count, "current": False, "key": ""}]


def _link(view: View, page: int = 1) -> str:
    return url_for("desk.home", view=view.in_address, page=page if page > 1 else None)
