"""Cases as an officer's browser handles them: their page, their moves, their events."""

from typing import Any

from sqlalchemy import select

from chengxin.ledger.models import Event
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import open_as_desk
from tests.desk import Officer, Workbench
from tests.pages import Page


def address(case: Complaint) -> str:
    """Return the page of a case."""
    return f"/complaints/{case.id}/"


def give_purpose(officer: Officer, case: Complaint) -> None:
    """Say why a closed case is opened once more, so that its text and its draft can be read."""
    form = officer.page(f"/complaints/{case.id}/draft").form()
    if "purpose" in form:
        officer.post(f"/reads/complaint/{case.id}", form | {"purpose": "handling"})


def decide(officer: Officer, case: Complaint, *, status: int = 303, **chosen: str) -> Page | str:
    """Fill in the decision form of a case and send it."""
    form = officer.page(address(case)).form() | chosen
    return officer.post(f"/complaints/{case.id}/decide", form, status=status)


def moves(officer: Officer, case: Complaint) -> list[str]:
    """Return the acts the page of a case offers."""
    return [str(value) for value in officer.page(address(case)).tree.xpath("//input[@name='move']/@value")]


def events(desk: Workbench) -> list[Event]:
    """Return what was done to cases; that they were read is left out."""
    wanted = select(Event).where(Event.subject_kind == "complaint", Event.verb != "read")
    with desk.installed.database.reading() as session:
        return list(session.scalars(wanted.order_by(Event.id)))


def letters(desk: Workbench, case: Complaint) -> list[str]:
    """Return the letters of a case, opened by the desk."""
    with desk.installed.database.reading() as session:
        kept = queries.messages_of(session, case.id)
    return [open_as_desk(desk.stored(case), each, desk.private_key()) for each in kept]


def change(desk: Workbench, case: Complaint, **values: Any) -> Complaint:
    """Set columns of a case as a test needs them."""
    with desk.installed.database.writing() as session:
        held = session.get(Complaint, case.id)
        assert held is not None
        for name, value in values.items():
            setattr(held, name, value)
    return case
