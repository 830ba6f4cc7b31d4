"""Where somebody goes on to from a record: the next one of the view of the queue they came from."""

from flask import url_for

from chengxin.core import clock
from chengxin.core.web import reading
from chengxin.desk.guard import current_account
from chengxin.desk.queue import rows, waiting
from chengxin.desk.queue.queue import asked_view, back_url, next_after
from chengxin.desk.queue.waiting import Place


def in_view(endpoint: str, **values: object) -> str:
    """Return the address of a record's page that keeps the view of the queue somebody came from."""
    return url_for(endpoint, **values, view=asked_view().in_address)  # type: ignore[arg-type]


def place(kind: str, record_id: int) -> Place | None:
    """Return where a record stands in the queue of whoever is signed in, or None when it does not wait there."""
    with reading() as session:
        return waiting.place_of(session, kind=kind, record_id=record_id, officer=current_account())


def onward(here: Place | None, own_url: str) -> str:
    """Return what comes after a record that stood in the queue; any other stays where it is."""
    return next_after(here) if here else own_url


def links_from(kind: str, record_id: int) -> dict[str, object]:
    """Return what the page of a record says of the queue it waits in: the way back, the next record, a step's way on."""
    here, view = place(kind, record_id), asked_view()
    if here is None:
        return {"queue_url": "", "next_url": "", "goes_on": False}
    with reading() as session:
        following = waiting.after(session, here, view=view, officer=current_account(), today=clock.today())
    next_url = rows.address(following, view) if following else ""
    return {"queue_url": back_url(kind, record_id), "next_url": next_url, "goes_on": True}
