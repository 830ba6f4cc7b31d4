"""The queue: everything that waits, nearest deadline first, in views and filters; and what ended, newest first."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from chengxin.core import clock
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import filtering, numbers, queue_page, rows, text_search, waiting
from chengxin.desk.queue.bulk_table import ACTS
from chengxin.desk.queue.filtering import Filter, Stage
from chengxin.desk.queue.saved_views import ViewForm
from chengxin.desk.queue.waiting import Place

MOST_MARK = 80


@bp.get("/")
@needs()
def home() -> ResponseReturnValue:
    """Show a part of the queue, or the record whose whole number was typed; an agency is led to its own file."""
    officer, view = current_account(), asked_view()
    if officer.is_guest:
        return redirect(url_for("desk.agency_home"))
    if view.words and (found := numbers.address(view.words, officer)):
        return redirect(found)
    texts = None
    if request.args.get("texts") and view.stage != Stage.ENDED:
        texts = text_search.search(view, officer, clock.today(), behind=request.args.get("behind", ""))
    shown = queue_page.shown(officer, view, page=asked_page(), at=request.args.get("at", ""), texts=texts)
    acts = [] if view.stage == Stage.ENDED else [act for act in ACTS.values() if officer.may(act.right)]
    form = ViewForm(formdata=None, data={"view": str(view)})
    return render_template("desk/queue.html", view=view, acts=acts, form=form, **shown)


def asked_view() -> Filter:
    """Return the part of the queue that the address or the form names, or everything."""
    if any(name in request.args for name in filtering.FIELDS):
        return filtering.chosen(request.args)
    return filtering.named(request.values.get("view", ""))


def asked_page() -> str:
    """Return which page of the queue the address names: a number, or the place before which ended records stand."""
    return request.args.get("page", "")[:MOST_MARK]


def back_url(kind: str, record_id: int) -> str:
    """Return the address of the queue where a record stands: its part, its page and its row."""
    row = rows.anchor(kind, record_id)
    view, page = asked_view().in_address, asked_page() or None
    return url_for("desk.home", view=view, page=page, at=row, _anchor=row)


def linked(message: str, *, code: str, url: str) -> Markup:
    """Return a message that names a record by its code, with the code as a link to the record."""
    link = Markup('<a href="{}">{}</a>').format(url, code)
    return Markup(escape(message)) % {"code": link}  # noqa: S704 (escaped)


def next_after(here: Place | None) -> str:
    """Return the address of what comes after a place in the view, or of the queue when it was the last."""
    view, officer = asked_view(), current_account()
    if here is None:
        return url_for("desk.home", view=view.in_address)
    with reading() as session:
        following = waiting.after(session, here, view=view, officer=officer, today=clock.today())
    return rows.address(following, view) if following else url_for("desk.home", view=view.in_address)
