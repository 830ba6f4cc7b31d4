"""Read complaints: by receipt, the deadline that runs, the counts of an integrity file, the public figures."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, null, select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.folding import fold_name
from chengxin.core.proofs import Proof
from chengxin.core.workdays import workdays_between
from chengxin.voices.complaints.models import Complaint, ComplaintMessage, ComplaintNote
from chengxin.voices.complaints.rules import OPEN, PAUSED, Finding, Outcome, State, outcome

MONTHS_IN_QUARTER = 3
UPHELD = (Finding.UPHELD, Finding.PARTLY)
ANSWERED = (State.DECIDED, State.CLOSED, State.REVIEW)


@dataclass(frozen=True)
class Quarter:
    """The complaints against one agency that came in within a quarter, by outcome."""

    year: int
    number: int
    outcomes: Counter[Outcome]


@dataclass(frozen=True)
class Figures:
    """What the home page says about complaints of this year."""

    accepted: int
    upheld: int
    closed: int
    mean_workdays: float | None


# The deadline that runs now; a case that waits for the complainant has none.
deadline = case(
    (Complaint.state == State.RECEIVED, Complaint.accept_by),
    (Complaint.state.in_(sorted(PAUSED)), null()),
    else_=Complaint.answer_by,
)


def by_id(session: Session, case_id: int) -> Complaint | None:
    """Return the case of an internal id."""
    return session.get(Complaint, case_id)


def by_code_hash(session: Session, code_hash: str) -> Complaint | None:
    """Return the case whose receipt code has this hash."""
    return session.scalar(select(Complaint).where(Complaint.code_hash == code_hash))


def by_receipt(session: Session, proof: Proof) -> Complaint | None:
    """Return the case that a code and a phrase open; a wrong phrase looks like no case."""
    found = by_code_hash(session, proof.code_hash)
    return found if proof.fits(found.reply_key if found else None) else None


def respondent_of(session: Session, *, uid: str, name: str) -> Agency | None:
    """Return the agency a complaint is about: the one it was filed from, or the only one of that very name."""
    folded = fold_name(name)
    filed_from = agencies.by_uid(session, uid) if uid else None
    if filed_from is not None and fold_name(filed_from.name) == folded:
        return filed_from
    namesakes = session.scalars(select(Agency).where(Agency.folded_name == folded).limit(2)).all()
    return namesakes[0] if len(namesakes) == 1 else None


def open_against(session: Session, respondent: str) -> Sequence[Complaint]:
    """Return the open cases against a respondent of this very name, oldest first."""
    rows = select(Complaint).where(Complaint.respondent == respondent, Complaint.state.in_(sorted(OPEN)))
    return session.scalars(rows.order_by(Complaint.id)).all()


def of_main(session: Session, case_id: int) -> Sequence[Complaint]:
    """Return the cases that are handled together with a case, in the order they came."""
    rows = select(Complaint).where(Complaint.merged_into == case_id, Complaint.state == State.MERGED)
    return session.scalars(rows.order_by(Complaint.id), execution_options={"populate_existing": True}).all()


def notes_of(session: Session, case_id: int) -> Sequence[ComplaintNote]:
    """Return the staff's notes on a case, oldest first."""
    rows = select(ComplaintNote).where(ComplaintNote.complaint_id == case_id)
    return session.scalars(rows.order_by(ComplaintNote.id)).all()


def messages_of(session: Session, case_id: int) -> Sequence[ComplaintMessage]:
    """Return the letters of a case, oldest first."""
    rows = select(ComplaintMessage).where(ComplaintMessage.complaint_id == case_id)
    return session.scalars(rows.order_by(ComplaintMessage.id)).all()


def quarters(session: Session, agency_id: int, *, today: date, count: int = 8) -> list[Quarter]:
    """Return the last quarters of complaints against an agency, newest first; only accepted ones count."""
    wanted = _last_quarters(today, count)
    start = date(wanted[-1][0], (wanted[-1][1] - 1) * MONTHS_IN_QUARTER + 1, 1)
    rows = session.execute(
        select(Complaint.received_on, Complaint.state, Complaint.finding)
        .where(
            Complaint.agency_id == agency_id, Complaint.received_on >= start, Complaint.merged_into.is_(None)
        )
        .order_by(Complaint.id)
    )
    outcomes: dict[tuple[int, int], Counter[Outcome]] = {quarter: Counter() for quarter in wanted}
    for received_on, state, finding in rows:
        counted = outcome(state, finding)
        if counted is not None and _quarter(received_on) in outcomes:
            outcomes[_quarter(received_on)][counted] += 1
    return [Quarter(year, number, outcomes[year, number]) for year, number in wanted]


def outcomes_since(session: Session, agency_id: int, *, since: date) -> Counter[Outcome]:
    """Return the accepted complaints against an agency since a day, by outcome."""
    rows = session.execute(
        select(Complaint.state, Complaint.finding, func.count())
        .where(
            Complaint.agency_id == agency_id, Complaint.received_on >= since, Complaint.merged_into.is_(None)
        )
        .group_by(Complaint.state, Complaint.finding)
    )
    found: Counter[Outcome] = Counter()
    for state, finding, number in rows:
        counted = outcome(state, finding)
        if counted is not None:
            found[counted] += number
    return found


def upheld_by_agency(session: Session, agency_ids: Collection[int], *, since: date) -> dict[int, int]:
    """Return how many complaints were upheld against each of some agencies since a day."""
    rows = session.execute(
        select(Complaint.agency_id, func.count())
        .where(Complaint.agency_id.in_(agency_ids), Complaint.received_on >= since)
        .where(Complaint.state.in_(ANSWERED), Complaint.finding.in_(UPHELD), Complaint.merged_into.is_(None))
        .group_by(Complaint.agency_id)
    )
    return {agency_id: number for agency_id, number in rows if agency_id is not None}


def figures(session: Session, *, today: date) -> Figures:
    """Return this year's complaints: accepted, upheld, closed, and the working days an answer took."""
    year = date(today.year, 1, 1)
    accepted = session.scalar(
        select(func.count()).select_from(Complaint).where(Complaint.accepted_on >= year)
    )
    rows = session.execute(
        select(Complaint.received_on, Complaint.closed_on, Complaint.finding, func.count())
        .where(Complaint.closed_on >= year, Complaint.state == State.CLOSED)
        .group_by(Complaint.received_on, Complaint.closed_on, Complaint.finding)
    )
    closed = upheld = days = 0
    for received_on, closed_on, finding, number in rows:
        closed += number
        upheld += number * (finding in UPHELD)
        days += number * workdays_between(received_on, closed_on or today)
    return Figures(accepted or 0, upheld, closed, round(days / closed, 1) if closed else None)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1


def _last_quarters(today: date, count: int) -> list[tuple[int, int]]:
    year, number = _quarter(today)
    found = []
    for _ in range(count):
        found.append((year, number))
        year, number = (year - 1, 4) if number == 1 else (year, number - 1)
    return found
