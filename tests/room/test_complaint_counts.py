"""The deadline of a complaint and what the public counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.sealing import Keyring
from chengxin.ledger.queries import publication_version
from chengxin.voices.complaints import actions, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, Outcome, State

DESK = Keyring.generate()
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def filed(session: Session, nonce: str = "one form", **values: object) -> Complaint:
    return make.complaint(session, make.filing(DESK.recipients, nonce=nonce), **values)


def test_the_deadline_that_runs_is_that_of_the_state(session: Session) -> None:
    received = filed(session, "received")
    accepted = filed(session, "accepted", state=State.ACCEPTED)
    paused = filed(session, "paused", state=State.SUPPLEMENT)
    rows = session.execute(select(Complaint.id, queries.deadline))
    running: dict[int, date | None] = {case_id: due for case_id, due in rows}  # noqa: C416 (rows are not pairs to mypy)
    assert running == {received.id: received.accept_by, accepted.id: accepted.answer_by, paused.id: None}


def test_an_integrity_file_counts_only_accepted_complaints(session: Session) -> None:
    agency = make.agency(session)
    filed(session, "not yet accepted", agency_id=agency.id)
    filed(session, "open", agency_id=agency.id, state=State.INVESTIGATING)
    filed(
        session,
        "upheld",
        agency_id=agency.id,
        state=State.CLOSED,
        finding=Finding.UPHELD,
        received_on=date(2026, 8, 3),
    )
    filed(session, "refused", agency_id=agency.id, state=State.NOT_ACCEPTED)
    filed(
        session,
        "long ago",
        agency_id=agency.id,
        state=State.CLOSED,
        finding=Finding.UPHELD,
        received_on=date(2020, 1, 1),
    )
    quarters = queries.quarters(session, agency.id, today=TODAY)
    assert [(quarter.year, quarter.number) for quarter in quarters][:3] == [(2026, 4), (2026, 3), (2026, 2)]
    assert len(quarters) == 8
    assert quarters[0].outcomes == {Outcome.OPEN: 1}
    assert quarters[1].outcomes == {Outcome.UPHELD: 1}


def test_the_counts_of_a_year_and_of_many_agencies_agree(session: Session) -> None:
    agency = make.agency(session)
    filed(session, "upheld", agency_id=agency.id, state=State.CLOSED, finding=Finding.UPHELD)
    filed(session, "partly", agency_id=agency.id, state=State.DECIDED, finding=Finding.PARTLY)
    filed(session, "not", agency_id=agency.id, state=State.CLOSED, finding=Finding.NOT_UPHELD)
    since = date(2025, 11, 20)
    assert queries.outcomes_since(session, agency.id, since=since) == {
        Outcome.UPHELD: 2,
        Outcome.NOT_UPHELD: 1,
    }
    assert queries.upheld_by_agency(session, [agency.id], since=since) == {agency.id: 2}


def test_the_public_figures_are_of_this_year(session: Session) -> None:
    day = date(2026, 11, 9)
    filed(
        session,
        "a",
        state=State.CLOSED,
        finding=Finding.UPHELD,
        received_on=day,
        accepted_on=day,
        closed_on=TODAY,
    )
    filed(session, "b", state=State.ACCEPTED, accepted_on=day)
    filed(session, "c", state=State.CLOSED, accepted_on=date(2025, 1, 6), closed_on=date(2025, 2, 6))
    figures = queries.figures(session, today=TODAY)
    assert (figures.accepted, figures.upheld, figures.closed, figures.mean_workdays) == (2, 1, 1, 9.0)


def test_only_a_move_that_changes_public_counts_makes_a_new_edition(session: Session) -> None:
    case = filed(session)
    before = publication_version(session)
    actions.accept(
        session,
        actor="account:1",
        case_id=case.id,
        version=case.version,
        note="",
        intake_key=DESK.recipients,
    )
    assert (before, publication_version(session)) == (0, 1)
