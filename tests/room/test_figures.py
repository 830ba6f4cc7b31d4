"""The counts follow the ledger, reconcile with the cases themselves, and are published once for each month."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.sealing import Keyring
from chengxin.figures import actions, following, queries
from chengxin.figures.models import CaseCount, MonthReport
from chengxin.figures.rules import Facet, Step, Track
from chengxin.ledger.models import Event
from chengxin.voices.complaints import rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import move_case
from chengxin.voices.complaints.rules import Move

START = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)
OFFICER = "account:1"
DESK = Keyring.generate()
CHANGES: dict[Move, dict[str, object]] = {
    Move.REFUSE: {"refusal": "too_old"},
    Move.LAPSE: {"refusal": "not_supplemented"},
    Move.DECIDE: {"finding": "upheld"},
    Move.FOLLOW: {"finding": "upheld"},
    Move.GO_ON: {"track": "report"},
}
Clock = Callable[[datetime], AbstractContextManager[None]]


def file(session: Session, number: int, **changes: str) -> Complaint:
    return make.complaint(session, make.filing(DESK.recipients, nonce=f"form {number}", **changes))


def move(session: Session, case: Complaint, act: Move) -> None:
    remembered = {"state_before": case.state} if act in {Move.MERGE, Move.ASK_REVIEW} else {}
    changes = {**remembered, **CHANGES.get(act, {})}
    move_case(
        session, act, changes=changes, actor=OFFICER, case_id=case.id, version=case.version, reason="因为"
    )


def waiting(session: Session) -> dict[str, int]:
    sums = queries.by_track(session, since=None, until=date(2030, 1, 1))
    return {
        track: sums.get((track, Step.RECEIVED), 0)
        + sums.get((track, Step.TAKEN_UP), 0)
        - sums.get((track, Step.ENDED), 0)
        for track in Track
    }


def moments() -> Iterator[datetime]:
    moment = START
    while True:
        yield moment
        moment += timedelta(hours=30)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_cases_received_is_ended_or_waiting(
    database: Database, clock: Clock, seed: int
) -> None:
    """Every move the rules allow, in any order: the counts and the rows tell the same, so no case can vanish."""
    dice, when, cases = random.Random(seed), moments(), list[Complaint]()
    for number in range(40):
        with clock(next(when)), database.writing() as session:
            if number % 4 == 0:
                track = dice.choice(["complaint", "report"])
                cases.append(file(session, number, track=track))
            case = session.get_one(Complaint, dice.choice(cases).id)
            possible = rules.moves_from(case.state)
            if possible:
                move(session, case, dice.choice(possible))
        if number % 7 == 0:
            following.follow(database)
    following.follow(database)
    with database.reading() as session:
        assert waiting(session) == queries.waiting_now(session)
        counts = queries.by_track(session, since=None, until=date(2030, 1, 1))
        assert sum(count for (_track, step), count in counts.items() if step == Step.RECEIVED) == 10


def test_counting_again_from_the_beginning_gives_the_same(database: Database) -> None:
    with database.writing() as session:
        case = file(session, 1)
        move(session, case, Move.ACCEPT)
        move(session, case, Move.DECIDE)
        move(session, case, Move.CLOSE)
    assert following.follow(database) == 4
    assert following.follow(database) == 0
    with database.reading() as session:
        before = sorted(vars(each)["count"] for each in session.query(CaseCount))
    assert following.recount(database) == 4
    with database.reading() as session:
        assert sorted(vars(each)["count"] for each in session.query(CaseCount)) == before
        assert len(before) > 10


def test_every_side_counts_the_same_events(database: Database) -> None:
    with database.writing() as session:
        for number in range(3):
            move(session, file(session, number), Move.ACCEPT)
    following.follow(database)
    month = first_month(database)
    with database.reading() as session:
        for facet, value in (
            (Facet.ALL, ""),
            (Facet.CATEGORY, "fees"),
            (Facet.REGION, ""),
            (Facet.OFFICER, "1"),
        ):
            counts = queries.by_value(session, facet, since=month, until=month)
            assert counts[value, Step.ACCEPTED, ""] == 3
        by_officer = queries.by_value(session, Facet.OFFICER, since=month, until=month)
        assert all(step != Step.RECEIVED for _value, step, _detail in by_officer)


def first_month(database: Database) -> date:
    with database.reading() as session:
        month = queries.first_month(session)
    assert month is not None
    return month


def test_the_time_of_an_answer_is_counted_in_working_days(database: Database, clock: Clock) -> None:
    with clock(datetime(2026, 9, 7, 2, 0, tzinfo=UTC)), database.writing() as session:
        case = file(session, 1)
        move(session, case, Move.ACCEPT)
    with clock(datetime(2026, 9, 14, 2, 0, tzinfo=UTC)), database.writing() as session:
        move(session, session.get_one(Complaint, case.id), Move.DECIDE)
    following.follow(database)
    with database.reading() as session:
        times = queries.times_by_month(session, since=SEPTEMBER, until=SEPTEMBER)[SEPTEMBER]
    assert (times.answered, times.late, times.median, times.most) == (1, 0, 5, 5)


def published(database: Database, clock: Clock, *, cases: int = 7) -> MonthReport:
    with clock(datetime(2026, 9, 7, 2, 0, tzinfo=UTC)), database.writing() as session:
        for number in range(cases):
            file(session, number)
    following.follow(database)
    with clock(datetime(2026, 10, 1, 2, 0, tzinfo=UTC)), database.writing() as session:
        assert actions.unpublished(session, today=date(2026, 10, 1)) == [SEPTEMBER]
        return actions.publish(session, SEPTEMBER, actor="worker")


def test_a_month_is_published_once_and_the_ledger_holds_its_hash(database: Database, clock: Clock) -> None:
    report = published(database, clock)
    told = json.loads(report.content)
    assert told["flow"]["complaint"] == {
        "waiting_before": 0,
        "received": 7,
        "taken_up": 0,
        "ended": 0,
        "waiting": 7,
    }
    assert told["overdue"] == 7
    assert set(told["refused_by_ground"]["cells"]) == set(rules.Refusal)
    assert set(told["decided_by_finding"]["cells"]) == set(rules.Finding)
    assert told["received_by_category"]["cells"]["fees"] == 7
    with clock(datetime(2026, 10, 2, 2, 0, tzinfo=UTC)), database.writing() as session:
        assert actions.unpublished(session, today=date(2026, 10, 2)) == []
        assert actions.publish(session, SEPTEMBER, actor="worker").id == report.id
        (event,) = session.query(Event).filter(Event.verb == "figures.published")
    assert event.public_version is not None
    assert json.loads(event.new or "")["revision"] == 1


def test_a_published_month_stays_as_it_was(database: Database, clock: Clock) -> None:
    report = published(database, clock)
    with database.writing() as session:
        session.execute(delete(CaseCount))
    with database.reading() as session:
        (kept,) = queries.reports(session)
    assert kept.content == report.content


def test_a_correction_stands_beside_what_it_corrects_with_its_reason(
    database: Database, clock: Clock
) -> None:
    published(database, clock)
    with clock(datetime(2026, 10, 9, 2, 0, tzinfo=UTC)):
        with database.writing() as session, pytest.raises(DomainError, match="already says"):
            actions.correct(session, SEPTEMBER, actor="command", reason="核对")
        with clock(datetime(2026, 9, 20, 2, 0, tzinfo=UTC)), database.writing() as session:
            file(session, 99)
        following.follow(database)
        with database.writing() as session, pytest.raises(DomainError, match="why"):
            actions.correct(session, SEPTEMBER, actor="command", reason=" ")
        with database.writing() as session:
            actions.correct(session, SEPTEMBER, actor="command", reason="补录一件")
    with database.reading() as session:
        second, first = queries.revisions(session, SEPTEMBER)
    assert (second.revision, second.reason, first.revision) == (2, "补录一件", 1)
    assert json.loads(second.content)["flow"]["complaint"]["received"] == 8
    assert json.loads(second.content)["overdue"] == json.loads(first.content)["overdue"]


def test_a_correction_does_not_tell_what_the_first_wording_hid(database: Database, clock: Clock) -> None:
    """A table that hid a cell, before or after, comes back without any cell."""
    published(database, clock, cases=3)
    with clock(datetime(2026, 9, 20, 2, 0, tzinfo=UTC)), database.writing() as session:
        for number in range(20, 30):
            file(session, number)
    following.follow(database)
    with database.writing() as session:
        report = actions.correct(session, SEPTEMBER, actor="command", reason="补录")
    assert set(json.loads(report.content)["received_by_category"]["cells"].values()) == {None}


def test_the_running_month_is_not_published(database: Database, clock: Clock) -> None:
    with clock(datetime(2026, 9, 7, 2, 0, tzinfo=UTC)), database.writing() as session:
        file(session, 1)
        with pytest.raises(DomainError, match="not over"):
            actions.publish(session, SEPTEMBER, actor="worker")
