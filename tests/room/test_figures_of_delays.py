"""What is overdue means one thing everywhere, and a review is counted with its own time and finding."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.sealing import Keyring
from chengxin.figures import following, queries
from chengxin.figures.rules import Facet, Step
from chengxin.voices.complaints import afterwards
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, State

DESK = Keyring.generate()
TODAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
MONTH_END = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def case(session: Session, number: int = 1, **values: object) -> Complaint:
    return make.complaint(session, make.filing(DESK.recipients, nonce=f"form {number}"), **values)


@pytest.mark.parametrize(
    ("state", "accept_by", "answer_by", "late"),
    [
        (State.RECEIVED, YESTERDAY, TOMORROW, 1),
        (State.RECEIVED, TODAY, TOMORROW, 0),
        (State.ACCEPTED, YESTERDAY, TODAY, 0),
        (State.ACCEPTED, YESTERDAY, YESTERDAY, 1),
        (State.INVESTIGATING, YESTERDAY, YESTERDAY, 1),
        (State.REVIEW, YESTERDAY, YESTERDAY, 1),
        (State.REVIEW, YESTERDAY, TODAY, 0),
        (State.SUPPLEMENT, YESTERDAY, YESTERDAY, 0),
        (State.SUSPENDED, YESTERDAY, YESTERDAY, 0),
        (State.CLOSED, YESTERDAY, YESTERDAY, 0),
    ],
)
def test_a_case_is_overdue_after_the_last_day_of_the_deadline_that_binds_it(
    session: Session, state: State, accept_by: date, answer_by: date, late: int
) -> None:
    case(session, state=state, accept_by=accept_by, answer_by=answer_by)
    assert queries.overdue(session, today=TODAY) == late


@pytest.mark.parametrize(
    ("values", "late"),
    [
        ({"state": State.RECEIVED, "accept_by": MONTH_END}, 1),
        ({"state": State.RECEIVED, "accept_by": date(2026, 11, 1)}, 0),
        ({"state": State.REVIEW, "answer_by": MONTH_END}, 1),
        ({"state": State.CLOSED, "accepted_on": MONTH_END, "closed_on": date(2026, 11, 1)}, 1),
        ({"state": State.ACCEPTED, "accepted_on": date(2026, 11, 2), "accept_by": date(2026, 10, 30)}, 1),
        ({"state": State.NOT_ACCEPTED, "closed_on": date(2026, 11, 2), "accept_by": date(2026, 10, 30)}, 1),
        ({"state": State.CLOSED, "accepted_on": MONTH_END, "closed_on": MONTH_END}, 0),
    ],
)
def test_a_month_counts_what_had_missed_its_deadline_when_it_ended(
    session: Session, values: dict[str, Any], late: int
) -> None:
    kept = {"received_on": date(2026, 10, 1), "accept_by": date(2026, 10, 9), **values}
    answer_by = MONTH_END if values["state"] == State.CLOSED else TOMORROW
    case(session, **{"answer_by": answer_by, **kept})
    assert queries.overdue_at_end(session, of=MONTH_END) == late


ASKED, LATE = datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 12, 21, 4, tzinfo=UTC)
WINDOW: dict[str, Any] = {"since": date(2026, 11, 1), "until": date(2026, 12, 1)}


def reviewed(database: Database, *, at: datetime, finding: Finding | None) -> None:
    """Let a review be asked for on 20 November and answered at a moment by a second officer."""
    with database.writing() as session:
        _first, second = make.actors(session)
        held = case(session, state="closed", finding="not_upheld", closed_on=YESTERDAY, answered_by=1)
        made: dict[str, Any] = {"intake_key": DESK.recipients, "case_id": held.id}
        afterwards.ask_review(session, text="请再看一次", actor="public", version=held.version, **made)
    with frozen(at), database.writing() as session:
        made |= {"version": session.get_one(Complaint, held.id).version, "actor": second}
        afterwards.answer_review(session, reply="答复", finding=finding, **made)
    following.follow(database)


@pytest.mark.parametrize(("finding", "changed"), [(None, 0), (Finding.NOT_UPHELD, 0), (Finding.UPHELD, 1)])
def test_a_review_counts_as_changed_only_with_another_finding(
    database: Database, finding: Finding | None, changed: int
) -> None:
    reviewed(database, at=ASKED, finding=finding)
    with database.reading() as session:
        told = queries.reviews(session, **WINDOW)
    assert (told.times.answered, told.changed) == (1, changed)


@pytest.mark.parametrize(("at", "taken", "late"), [(ASKED, 2, 0), (LATE, 21, 1)])
def test_a_review_takes_the_days_since_it_was_asked_for(
    database: Database, at: datetime, taken: int, late: int
) -> None:
    reviewed(database, at=at, finding=None)
    with database.reading() as session:
        told = queries.reviews(session, **WINDOW).times
        answers = queries.times_by(session, Facet.ALL, **WINDOW)
        officers = queries.by_value(session, Facet.OFFICER, **WINDOW)
    assert (told.median, told.late) == (taken, late)
    assert answers == {}
    assert [key[0] for key in officers if key[1] == Step.REVIEWED] == ["2"]
