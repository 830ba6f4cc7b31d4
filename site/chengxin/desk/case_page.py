"""Everything a case page shows, gathered in one snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.sealing import Keyring, SealError
from chengxin.desk import history, waiting
from chengxin.desk.history import Happening
from chengxin.desk.waiting import NEVER, Kind, Place, View
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import workbench
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Opened, open_as_desk, open_filed

ALIKE = 5


@dataclass(frozen=True)
class Letter:
    """A message of a case, opened."""

    sent_on: date
    text: str | None
    from_staff: bool


@dataclass(frozen=True)
class CasePage:
    """A case with its text opened, its history and its neighbours."""

    case: Complaint
    opened: Opened | None
    agency: Agency | None
    owner: str
    letters: Sequence[Letter]
    history: Sequence[Happening]
    alike: Sequence[Complaint]
    notices: Sequence[Sanction]
    following: Place | None
    days_left: int | None

    @property
    def is_open(self) -> bool:
        """Return whether the case still waits for somebody."""
        return self.case.state in rules.OPEN

    @property
    def is_paused(self) -> bool:
        """Return whether the clock stands still until the complainant answers."""
        return self.is_open and self.days_left is None


def read(
    session: Session, *, case_id: int, key: Keyring, officer: Officer, view: View, today: date
) -> CasePage:
    """Return the page of a case."""
    case = existing(session, case_id)
    due_on = rules.due_on(case.state, case.accept_by, case.answer_by)
    here = Place(due_on or NEVER, Kind.COMPLAINT, case.id)
    return CasePage(
        case=case,
        opened=_opened(case, key),
        agency=agencies.by_id(session, case.agency_id) if case.agency_id else None,
        owner=accounts.names(session, [case.assigned_to]).get(case.assigned_to or 0, ""),
        letters=_letters(session, case, key),
        history=history.of_record(session, Subject("complaint", case.id)),
        alike=_alike(session, case),
        notices=workbench.by_complaint(session, case.id),
        following=waiting.after(session, here, view=view, officer=officer, today=today),
        days_left=(due_on - today).days if due_on else None,
    )


def existing(session: Session, case_id: int) -> Complaint:
    """Return a case, or say that there is none."""
    case = queries.by_id(session, case_id)
    if case is None:
        raise NotFoundError(N_("There is no such case."))
    return case


def _opened(case: Complaint, key: Keyring) -> Opened | None:
    try:
        return open_filed(case, key)
    except SealError:
        return None


def _letters(session: Session, case: Complaint, key: Keyring) -> list[Letter]:
    found = []
    for message in queries.messages_of(session, case.id):
        try:
            text = open_as_desk(case, message, key)
        except SealError:
            text = None
        found.append(Letter(message.sent_on, text, message.from_staff))
    return found


def _alike(session: Session, case: Complaint) -> Sequence[Complaint]:
    """Return the newest other cases against the same respondent."""
    same = (
        Complaint.agency_id == case.agency_id if case.agency_id else Complaint.respondent == case.respondent
    )
    rows = select(Complaint).where(same, Complaint.id != case.id)
    return session.scalars(rows.order_by(Complaint.id.desc()).limit(ALIKE)).all()
