"""The cases around a case: against the same respondent, handled together with it, and those it can be merged into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.accounts.scope import handled
from chengxin.voices.complaints import alike
from chengxin.voices.complaints.alike import Alike
from chengxin.voices.complaints.labels import STATE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import LEADING, State

SHOWN = 8


class Near(NamedTuple):
    """What a list tells of a case; what is sealed in it stays where it is."""

    id: int
    case_no: str
    received_on: date
    state: str


COLUMNS = (Complaint.id, Complaint.case_no, Complaint.received_on, Complaint.state)


@dataclass(frozen=True)
class Neighbours:
    """The cases an officer should look at before deciding one; of those merged into it, the first and their number."""

    alike: Sequence[Alike]
    same: Sequence[Near]
    merged: Sequence[Near]
    merged_count: int
    main: Near | None

    @property
    def merged_more(self) -> int:
        """Return how many merged cases stand in no list."""
        return self.merged_count - len(self.merged)

    def mains(self, case: Complaint) -> Mapping[str, str]:
        """Return the cases this one can be merged into, by their numbers."""
        near = [*(_near(each.case) for each in self.alike), *self.same]
        fitting = [each for each in near if each.state in LEADING and each.id != case.id]
        return {each.case_no: f"{each.case_no} {STATE[State(each.state)]}" for each in fitting}


def of_case(session: Session, case: Complaint, officer: Officer) -> Neighbours:
    """Return the neighbours of a case that the officer may see, the newest first."""
    respondent = (
        Complaint.agency_id == case.agency_id if case.agency_id else Complaint.respondent == case.respondent
    )
    seen = handled(Complaint.region_code, Complaint.assigned_to, officer)
    same = select(*COLUMNS).where(respondent, Complaint.id != case.id, seen).order_by(Complaint.id.desc())
    merged = (Complaint.merged_into == case.id) & (Complaint.state == State.MERGED)
    like = alike.alike_cases(session, case.id)
    first = select(*COLUMNS).where(merged).order_by(Complaint.id)
    return Neighbours(
        alike=[each for each in like if _is_seen(each.case, officer)],
        same=_some(session, same),
        merged=_some(session, first),
        merged_count=session.scalar(select(func.count()).where(merged)) or 0,
        main=next(iter(_some(session, select(*COLUMNS).where(Complaint.id == case.merged_into))), None),
    )


def _some(session: Session, rows: Select[int, str, date, str]) -> list[Near]:
    return [
        Near(row.id, row.case_no, row.received_on, row.state) for row in session.execute(rows.limit(SHOWN))
    ]


def _near(case: Complaint) -> Near:
    return Near(case.id, case.case_no, case.received_on, case.state)


def numbered(session: Session, case_no: str, officer: Officer) -> Complaint | None:
    """Return the case of a number as somebody types it, if the officer may see it."""
    wanted = case_no.strip().upper()
    found = session.scalar(select(Complaint).where(Complaint.case_no == wanted))
    return found if found and _is_seen(found, officer) else None


def _is_seen(case: Complaint, officer: Officer) -> bool:
    return officer.handles(case.region_code, given_to=case.assigned_to)
