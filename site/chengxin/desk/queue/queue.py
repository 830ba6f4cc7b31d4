"""The queue: everything that waits, nearest deadline first, in views and filters."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.i18n import locale
from chengxin.core.web import installation, reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import bulk, filtering, queue_filters, queue_views, rows, text_search, waiting
from chengxin.desk.queue.bulk_table import ACTS
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.saved_views import ViewForm
from chengxin.desk.queue.shelf import shelf
from chengxin.desk.queue.text_search import Found
from chengxin.desk.queue.waiting import Place
from chengxin.ledger import queries as ledger
from chengxin.voices.complaints import queries as complaints


@bp.get("/")
@needs()
def home() -> ResponseReturnValue:
    """Show what waits, in the view asked for; an agency is led to its own file."""
    if current_account().is_guest:
        return redirect(url_for("desk.agency_home"))
    view = asked_view()
    texts = text_search.search(view, current_account(), clock.today()) if request.args.get("texts") else None
    with reading() as session:
        shown = _shown(session, view, request.args.get("page", 1, int), texts)
    acts = [act for act in ACTS.values() if current_account().may(act.right)]
    form = ViewForm(formdata=None, data={"view": str(view)})
    link = partial(_link, view)
    return render_template("desk/queue.html", link=link, view=view, acts=acts, form=form, **shown)


def asked_view() -> Filter:
    """Return the part of the queue that the address or the form names, or everything."""
    if any(name in request.args for name in filtering.FIELDS):
        return filtering.chosen(request.args)
    return filtering.named(request.values.get("view", ""))


def next_after(here: Place | None) -> str:
    """Return the address of what comes after a place in the view, or of the queue when it was the last."""
    if here is None:
        return url_for("desk.home")
    view, officer = asked_view(), current_account()
    with reading() as session:
        following = waiting.after(session, here, view=view, officer=officer, today=clock.today())
    return rows.address(following, view) if following else url_for("desk.home")


def _shown(session: Session, view: Filter, asked: int, texts: Found | None) -> dict[str, Any]:
    officer, today, newest = current_account(), clock.today(), ledger.last_id(session)
    offered = queue_views.offered(session, officer)
    parts = (view, *(each.part for each in offered))
    counts = shelf().kept(
        (newest, today, officer, parts),
        lambda: waiting.counts(session, parts=parts, officer=officer, today=today),
    )
    pages = 1 if texts else waiting.pages_of(counts.of_part[0])
    page = min(max(1, asked), pages)
    places = texts.places if texts else _places(session, newest, view, page)
    views = queue_views.entries(view, offered, counts, _link)
    return {
        "title": next((each["label"] for each in views if each["current"]), queue_views.NARROWED),
        "rows": rows.filled(session, places, settings=installation().settings, view=view, today=today),
        "views": views,
        "own": next((each.own for each in offered if each.own and each.part == view), 0),
        "filters": shelf().kept(
            (newest, officer, view, locale()), lambda: queue_filters.selects(session, view, officer)
        ),
        "texts": texts,
        "done": complaints.ended_on(session, today),
        "left": counts.all,
        "recent": bulk.recent(session),
        "page": page,
        "pages": pages,
    }


def _places(session: Session, newest: int, view: Filter, page: int) -> Sequence[Place]:
    officer, today = current_account(), clock.today()
    return shelf().kept(
        (newest, today, officer, view, page),
        lambda: waiting.page_of(session, view=view, officer=officer, today=today, page=page),
    )


def _link(view: Filter, page: int = 1) -> str:
    return url_for("desk.home", view=view.in_address, page=page if page > 1 else None)
