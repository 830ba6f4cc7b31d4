"""The desk's queue of complaints and what the public counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.voices.complaints import actions, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.queries import View
from chengxin.voices.complaints.rules import Finding, Outcome, State

DESK = X25519PrivateKey.generate()
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def filed(session: Session, nonce: str = "one form", **values: object) -> Complaint:
    return make.complaint(session, make.filing(DESK.public_key(), nonce=nonce), **values)


def test_the_queue_puts_the_nearest_deadline_first_and_the_paused_last(session: Session) -> None:
    late = filed(session, "late", accept_by=date(2026, 11, 18))
    paused = filed(session, "paused", state=State.SUPPLEMENT)
    due = filed(session, "due", state=State.ACCEPTED, answer_by=TODAY)
    done = filed(session, "done", state=State.CLOSED)
    found = queries.waiting(session, view=View.ALL, officer_id=1, today=TODAY)
    assert [case.id for case in found.cases] == [late.id, due.id, paused.id]
    assert found.total == 3
    assert done.id not in {case.id for case in found.cases}


def test_each_view_counts_what_it_lists(session: Session) -> None:
    officer = make.account(session)
    filed(session, "late", accept_by=date(2026, 11, 18))
    filed(session, "due", state=State.ACCEPTED, answer_by=TODAY, assigned_to=officer.id)
    filed(session, "later")
    counted = queries.counts(session, officer_id=officer.id, today=TODAY)
    assert counted == {View.ALL: 3, View.OVERDUE: 1, View.TODAY: 1, View.MINE: 1, View.UNASSIGNED: 2}
    for view, number in counted.items():
        assert queries.waiting(session, view=view, officer_id=officer.id, today=TODAY).total == number


def test_pages_of_the_queue_follow_each_other(session: Session) -> None:
    cases = [filed(session, f"form {number}").id for number in range(5)]
    pages = [
        queries.waiting(session, view=View.ALL, officer_id=None, today=TODAY, page=page, size=2).cases
        for page in (1, 2, 3)
    ]
    assert [[case.id for case in page] for page in pages] == [cases[:2], cases[2:4], cases[4:]]


def test_a_case_given_to_an_officer_is_theirs(session: Session) -> None:
    officer = make.account(session)
    case = filed(session)
    given = actions.assign(session, actor="account:1", case_id=case.id, version=1, officer_id=officer.id)
    assert (given.assigned_to, given.version) == (officer.id, 2)


def test_the_next_case_is_not_somebody_elses(session: Session) -> None:
    officer, colleague = make.account(session), make.account(session, username="wangqiang")
    done = filed(session, "done")
    filed(session, "theirs", assigned_to=colleague.id)
    mine = filed(session, "mine", assigned_to=officer.id)
    following = queries.next_waiting(session, after=done, officer_id=officer.id)
    assert following is not None
    assert following.id == mine.id


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
