"""The cases around a case: against the same respondent, handled together with it, and those it can be merged into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.accounts.scope import handled
from chengxin.voices.complaints import alike, queries
from chengxin.voices.complaints.alike import Alike
from chengxin.voices.complaints.labels import STATE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import LEADING, State

SHOWN = 8


@dataclass(frozen=True)
class Neighbours:
    """The cases an officer should look at before deciding one."""

    alike: Sequence[Alike]
    same: Sequence[Complaint]
    merged: Sequence[Complaint]
    main: Complaint | None

    def mains(self, case: Complaint) -> Mapping[str, str]:
        """Return the cases this one can be merged into, by their numbers."""
        near = [*(each.case for each in self.alike), *self.same]
        fitting = [each for each in near if each.state in LEADING and each.id != case.id]
        return {each.case_no: f"{each.case_no} {STATE[State(each.state)]}" for each in fitting}


def of_case(session: Session, case: Complaint, officer: Officer) -> Neighbours:
    """Return the neighbours of a case that the officer may see, the newest first."""
    respondent = (
        Complaint.agency_id == case.agency_id if case.agency_id else Complaint.respondent == case.respondent
    )
    seen = handled(Complaint.region_code, Complaint.assigned_to, officer)
    rows = select(Complaint).where(respondent, Complaint.id != case.id, seen)
    like = alike.alike_cases(session, case.id)
    return Neighbours(
        alike=[each for each in like if _is_seen(each.case, officer)],
        same=session.scalars(rows.order_by(Complaint.id.desc()).limit(SHOWN)).all(),
        merged=queries.of_main(session, case.id),
        main=session.get(Complaint, case.merged_into) if case.merged_into else None,
    )


def numbered(session: Session, case_no: str, officer: Officer) -> Complaint | None:
    """Return the case of a number as somebody types it, if the officer may see it."""
    wanted = case_no.strip().upper()
    found = session.scalar(select(Complaint).where(Complaint.case_no == wanted))
    return found if found and _is_seen(found, officer) else None


def _is_seen(case: Complaint, officer: Officer) -> bool:
    return officer.handles(case.region_code, given_to=case.assigned_to)
