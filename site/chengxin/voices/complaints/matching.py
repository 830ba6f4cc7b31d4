"""Whom a case is about and of what kind it is, as the officer knows it: who filed it could only guess."""

from dataclasses import asdict, dataclass
from typing import Unpack

from sqlalchemy.orm import Session

from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen, current, need
from chengxin.voices.complaints.rules import is_counted


@dataclass(frozen=True)
class Match:
    """The agency of the register a case is about, if it has one, the category, and the region that handles it."""

    agency_id: int | None
    category: str
    region_code: str | None


def match(session: Session, *, to: Match, **seen: Unpack[Seen]) -> Complaint:
    """Set whom a case is about and of what kind it is; what the public counts moves with it, so it needs a reason."""
    case = current(session, seen["case_id"], seen["version"])
    before, reason = match_of(case), seen.get("reason", "")
    if to == before:
        raise DomainError(N_("Nothing was changed: the case stands like this already."))
    moves_counts = to.agency_id != before.agency_id and is_counted(case.state, case.finding)
    if moves_counts:
        need(reason, N_("The case is counted in a public integrity file: write the reason."))
    change(session, case, version=seen["version"], **asdict(to))
    record(
        session,
        actor=seen["actor"],
        verb="match",
        subject=Subject("complaint", case.id),
        old={"state": case.state, **asdict(before)},
        new=asdict(to),
        reason=reason,
        public=moves_counts,
    )
    return case


def match_of(case: Complaint) -> Match:
    """Return how a case is matched now."""
    return Match(case.agency_id, case.category, case.region_code)
