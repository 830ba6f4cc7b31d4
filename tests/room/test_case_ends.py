"""However a case ends, nobody is left behind: those merged into it go on, and who was set aside may ask again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make
from tests.case_walks import DESK, START, TO, Walk

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Parcel
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions, afterwards, merging, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import LEADING, Dismissal, Finding, Move, State, Track

ENDS: dict[str, list[tuple[Move, int]]] = {
    "withdrawn": [(Move.WITHDRAW, 2)],
    "refused": [(Move.REFUSE, 0)],
    "transferred": [(Move.TRANSFER, 0)],
    "discarded": [(Move.DISCARD, 0)],
    "withdrawn while handled": [(Move.ACCEPT, 0), (Move.INVESTIGATE, 0), (Move.WITHDRAW, 2)],
}


@pytest.fixture
def walk(session: Session) -> Iterator[Walk]:
    with clock.frozen(START):
        yield Walk(session)


def verbs(walk: Walk, number: int) -> list[str]:
    walk.session.flush()
    return [each.verb for each in ledger.of_subject(walk.session, Subject("complaint", walk.cases[number]))]


@pytest.mark.parametrize("end", ENDS)
def test_a_merged_case_goes_on_where_it_was_when_the_other_ends_without_an_answer(
    walk: Walk, end: str
) -> None:
    before = walk.live(1, (Move.ACCEPT, 0), (Move.INVESTIGATE, 0))
    answer_by = before.answer_by
    walk.live(1, (Move.MERGE, 0))
    walk.live(0, *ENDS[end])
    released = walk.case(1)
    assert (released.state, released.merged_into, released.closed_on) == (State.INVESTIGATING, None, None)
    assert released.answer_by == answer_by
    assert verbs(walk, 1)[-1] == Move.RELEASE


def test_a_merged_case_goes_on_when_nobody_sent_what_the_other_needed(walk: Walk) -> None:
    walk.live(1, (Move.MERGE, 0))
    walk.live(0, (Move.ASK, 0))
    with clock.frozen(START + timedelta(days=60)):
        walk.step(Move.LAPSE, 0, 0)
    assert (walk.case(0).state, walk.case(1).state) == (State.NOT_ACCEPTED, State.RECEIVED)


def test_whoever_is_released_is_told_by_mail_though_the_other_was_taken_back(session: Session) -> None:
    with clock.frozen(START):
        main = make.complaint(session, make.filing(DESK.recipients, nonce="1"))
        made = make.filing(DESK.recipients, nonce="2", email="jinsique@example.invalid")
        other = make.complaint(session, made)
        seen: Any = {"actor": "account:1", "case_id": other.id, "version": 1}
        merging.merge(session, into=main.id, note="并案办理。", **TO, **seen)
        for parcel in session.scalars(select(Parcel)):
            parcel.done_at = clock.now()
        actions.withdraw(session, actor="public", case_id=main.id, version=main.version)
        session.flush()
        waiting = session.scalars(select(Parcel.payload).where(Parcel.done_at.is_(None))).all()
        assert waiting == [f'{{"case":{other.id}}}']


def test_an_answer_still_goes_to_all_whose_cases_were_merged(walk: Walk) -> None:
    walk.live(1, (Move.MERGE, 0))
    walk.live(0, (Move.ACCEPT, 0), (Move.DECIDE, 0))
    assert walk.case(1).state == State.CLOSED
    assert Move.RELEASE not in verbs(walk, 1)


@pytest.mark.parametrize("state", sorted(set(State) - LEADING))
def test_nothing_is_merged_into_a_case_whose_own_answer_will_not_come(walk: Walk, state: State) -> None:
    main, other = walk.case(0), walk.case(1)
    main.state = state
    walk.session.flush()
    with pytest.raises(DomainError, match="still to be answered"):
        seen: Any = {"actor": "account:1", "case_id": other.id, "version": other.version}
        merging.merge(walk.session, into=main.id, note="并案办理。", **TO, **seen)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CLOSED, State.NOT_ACCEPTED])
def test_the_worker_lets_cases_go_on_that_an_older_release_left_behind(walk: Walk, state: State) -> None:
    walk.live(1, (Move.MERGE, 0))
    assert not merging.has_left_behind(walk.session)
    walk.case(0).state = state
    walk.session.flush()
    assert merging.has_left_behind(walk.session)
    assert merging.release_left_behind(walk.session) == 1
    assert walk.case(1).state == State.RECEIVED
    assert not merging.has_left_behind(walk.session)


@pytest.mark.parametrize("ending", [Move.WITHDRAW, Move.DECIDE])
def test_of_a_merger_and_an_end_at_once_nobody_is_left_behind(database: Database, ending: Move) -> None:
    with database.writing() as session:
        officer = make.actors(session, count=1)[0]
    for attempt in range(4):
        with database.writing() as session:
            made = [make.filing(DESK.recipients, nonce=f"{attempt} {n}") for n in "12"]
            main, other = (make.complaint(session, each, state=State.ACCEPTED).id for each in made)

        def act(move: Move, case_id: int, into: int, start: Barrier) -> None:
            start.wait()
            with suppress(DomainError), database.writing() as session:
                seen: Any = {"actor": officer, "case_id": case_id, "version": 1}
                if move is Move.MERGE:
                    merging.merge(session, into=into, note="并案办理。", **TO, **seen)
                elif move is Move.WITHDRAW:
                    actions.withdraw(session, **seen)
                else:
                    actions.decide(session, finding=Finding.UPHELD, reply="已责令退还。", **TO, **seen)

        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(act, *each, start) for each in ((Move.MERGE, other, main), (ending, main, 0))]
            assert [each.result() for each in done] == [None, None]
        with database.reading() as session:
            assert not merging.has_left_behind(session)
            assert session.get_one(Complaint, other).state != State.MERGED


def test_a_case_that_was_answered_with_another_stands_alone_once_it_is_taken_up_again(walk: Walk) -> None:
    agency = make.agency(walk.session)
    walk.case(1).agency_id = agency.id
    walk.live(1, (Move.MERGE, 0))
    walk.live(0, (Move.ACCEPT, 0), (Move.DECIDE, 0))
    walk.live(1, (Move.ASK_REVIEW, 2), (Move.REOPEN, 1), (Move.DECIDE, 1))
    assert walk.case(1).merged_into is None
    counted = queries.upheld_by_agency(walk.session, [agency.id], since=date(2026, 1, 1))
    assert counted == {agency.id: 1}


def test_who_was_set_aside_is_told_the_ground_and_it_stands_in_the_ledger(walk: Walk) -> None:
    case = walk.live(0, (Move.DISCARD, 0))
    assert case.dismissal == Dismissal.ABUSE
    (event,) = [
        each
        for each in ledger.of_subject(walk.session, Subject("complaint", case.id))
        if each.verb == Move.DISCARD
    ]
    assert '"dismissal":"abuse"' in (event.new or "")


@pytest.mark.parametrize(("days", "may"), [(30, True), (31, False)])
def test_the_review_of_what_was_set_aside_is_asked_for_within_thirty_days(
    walk: Walk, days: int, *, may: bool
) -> None:
    walk.live(0, (Move.DISCARD, 0))
    with clock.frozen(START + timedelta(days=days)):
        assert afterwards.may_review(walk.case(0), clock.today()) == may
        walk.step(Move.ASK_REVIEW, 0, 2)
        assert (walk.case(0).state == State.REVIEW) == may


def test_somebody_else_reviews_what_was_set_aside(walk: Walk) -> None:
    walk.live(0, (Move.DISCARD, 0), (Move.ASK_REVIEW, 2))
    for move in (Move.ANSWER_REVIEW, Move.REOPEN):
        walk.step(move, 0, 0)
        assert walk.case(0).state == State.REVIEW
    assert walk.live(0, (Move.REOPEN, 1)).dismissal == ""


def test_a_review_that_changes_nothing_leaves_the_case_set_aside(walk: Walk) -> None:
    case = walk.live(0, (Move.DISCARD, 0), (Move.ASK_REVIEW, 2))
    seen: Any = {"actor": walk.officers[1], "case_id": case.id, "version": case.version}
    afterwards.answer_review(walk.session, reply="维持原处理。", **TO, **seen)
    assert (walk.case(0).state, walk.case(0).dismissal) == (State.DISCARDED, Dismissal.ABUSE)


@pytest.mark.parametrize("end", [Move.DISCARD, Move.REFUSE])
def test_a_review_finds_nothing_out_about_a_case_that_was_never_handled(walk: Walk, end: Move) -> None:
    case = walk.live(0, (end, 0), (Move.ASK_REVIEW, 2))
    seen: Any = {"actor": walk.officers[1], "case_id": case.id, "version": case.version}
    with pytest.raises(DomainError, match="take it up again"):
        afterwards.answer_review(walk.session, finding=Finding.UPHELD, reply="查实。", **TO, **seen)


def test_what_was_set_aside_is_not_rated(walk: Walk) -> None:
    assert not afterwards.may_rate(walk.live(0, (Move.DISCARD, 0)), clock.today())


def test_a_reporter_asks_for_no_review(session: Session) -> None:
    with clock.frozen(datetime(2026, 1, 30, 4, tzinfo=UTC)):
        made = make.filing(DESK.recipients, track=Track.REPORT)
        case: Complaint = make.complaint(session, made)
        seen: Any = {"actor": "account:1", "case_id": case.id, "version": 1, "reason": "广告"}
        case = actions.discard(session, dismissal=Dismissal.ADVERTISING, **seen)
        assert afterwards.open_until(case) is None


def test_a_finding_stays_with_the_case_it_was_made_for(walk: Walk) -> None:
    walk.live(1, (Move.MERGE, 0))
    walk.live(0, (Move.REFUSE, 0))
    walk.live(1, (Move.ACCEPT, 0), (Move.DECIDE, 0))
    assert (walk.case(0).finding, walk.case(1).finding) == ("", Finding.UPHELD)
