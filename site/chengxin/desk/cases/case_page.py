"""Everything a case page shows, gathered in one snapshot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.core.sealing import Keyring, SealError
from chengxin.desk import history
from chengxin.desk.case_reach import in_reach
from chengxin.desk.cases import case_file
from chengxin.desk.cases.case_file import AgencyFile
from chengxin.desk.handling import case_neighbours, deciding
from chengxin.desk.handling.case_act import Act
from chengxin.desk.handling.case_neighbours import Neighbours
from chengxin.desk.history import Happening
from chengxin.desk.queue import waiting
from chengxin.desk.queue.filtering import Filter
from chengxin.desk.queue.kinds.kind import NEVER
from chengxin.desk.queue.waiting import Place
from chengxin.evidence import queries as evidence
from chengxin.evidence.models import Evidence
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import workbench
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries, rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Opened, open_as_desk, open_filed, open_note

KIND = "complaint"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Letter:
    """A letter of a case, opened, or without its text when this officer may not open it now."""

    sent_on: date
    kind: str
    text: str | None
    from_staff: bool


@dataclass(frozen=True)
class Note:
    """A note of the staff, opened."""

    written_at: datetime
    who: str
    text: str | None


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A case with its text opened, its history and its neighbours."""

    case: Complaint
    is_opened: bool
    opened: Opened | None
    owner: str
    asked_by: str
    reviewed_for: str
    letters: Sequence[Letter]
    files: Sequence[Evidence]
    notes: Sequence[Note]
    history: Sequence[Happening]
    file: AgencyFile | None
    neighbours: Neighbours
    drafts: Sequence[Sanction]
    following: Place | None
    days_left: int | None
    acts: Mapping[str, Act]
    today: date

    @property
    def is_open(self) -> bool:
        """Return whether the case still waits for somebody."""
        return self.case.state in rules.OPEN

    @property
    def is_paused(self) -> bool:
        """Return whether the clock stands still."""
        return self.case.state in rules.PAUSED

    @property
    def is_found(self) -> bool:
        """Return whether something was found that a notice can grow out of."""
        return self.case.finding in queries.UPHELD


def read(
    session: Session, *, case_id: int, key: Keyring | None, officer: Officer, view: Filter, today: date
) -> CasePage:
    """Return the page of a case; without a key nothing that is sealed is opened."""
    case, subject = in_reach(session, case_id, officer), Subject(KIND, case_id)
    due_on = rules.due_on(case.state, case.accept_by, case.answer_by)
    here = Place(due_on or NEVER, KIND, case.id)
    names = accounts.names(session, [case.assigned_to, case.extension_asked_by, case.answered_by])
    return CasePage(
        case=case,
        is_opened=key is not None,
        opened=_opened_or_none(key, open_filed, case),
        owner=names.get(case.assigned_to or 0, ""),
        asked_by=names.get(case.extension_asked_by or 0, "")
        if case.state == rules.State.INVESTIGATING
        else "",
        reviewed_for=names.get(case.answered_by or 0, "") if case.state == rules.State.REVIEW else "",
        letters=_letters(session, case, key),
        files=evidence.of_subject(session, subject),
        notes=_notes(session, case, key),
        history=history.of_record(session, subject),
        file=case_file.of_agency(session, case.agency_id, today=today),
        neighbours=case_neighbours.of_case(session, case, officer),
        drafts=workbench.by_complaint(session, case.id),
        following=waiting.after(session, here, view=view, officer=officer, today=today),
        days_left=(due_on - today).days if due_on else None,
        acts=deciding.offered(case, officer),
        today=today,
    )


def _letters(session: Session, case: Complaint, key: Keyring | None) -> list[Letter]:
    return [
        Letter(each.sent_on, each.kind, _opened_or_none(key, open_as_desk, case, each), each.from_staff)
        for each in queries.messages_of(session, case.id)
    ]


def _notes(session: Session, case: Complaint, key: Keyring | None) -> list[Note]:
    kept = queries.notes_of(session, case.id)
    names = accounts.names(session, [note.account_id for note in kept])
    return [
        Note(
            each.written_at, names.get(each.account_id or 0, ""), _opened_or_none(key, open_note, case, each)
        )
        for each in kept
    ]


def _opened_or_none(key: Keyring | None, unsealed: Callable[..., Found], *sealed: object) -> Found | None:
    """Return what a key opens; nothing without a key, or where it was sealed to another."""
    try:
        return unsealed(*sealed, key) if key else None
    except SealError:
        return None
