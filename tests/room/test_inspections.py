"""Random inspections on both databases: drawn once, entered whole, published by another person."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.core import clock
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.inspections import actions, queries
from chengxin.standing.inspections.models import InspectionBatch
from chengxin.standing.inspections.rules import Act, Result, State, draw, inspectors_for, pool_hash

TODAY = date(2026, 11, 20)
NAMES = ["周宁", "吴桐", "郑和"]


@pytest.fixture(autouse=True)
def _noon() -> object:
    with clock.frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def drawn(session: Session, actor: str, *, wanted: int = 2, agencies: int = 5) -> InspectionBatch:
    for _ in range(agencies):
        make.agency(session)
    return actions.draw_batch(session, actor=actor, title="秋季抽查", wanted=wanted, inspectors=NAMES)


def entered(session: Session, batch: InspectionBatch, actor: str, result: Result = Result.ORDERED) -> None:
    for each in queries.of_batch(session, batch.id):
        actions.record_result(
            session,
            actor=actor,
            inspection_id=each.id,
            version=each.version,
            result=result,
            inspected_on=TODAY,
        )


def stepped(session: Session, batch: InspectionBatch, actor: str, act: Act) -> InspectionBatch:
    return actions.step(
        session, actor=actor, batch_id=batch.id, version=batch.version, act=act, reason="说明"
    )


def published(session: Session) -> InspectionBatch:
    first, second = make.actors(session)
    batch = drawn(session, first)
    entered(session, batch, first)
    stepped(session, batch, first, Act.HAND_IN)
    return stepped(session, batch, second, Act.PUBLISH)


def test_whoever_has_the_seed_draws_the_same_agencies(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    batch = drawn(session, actor, wanted=3, agencies=9)
    pool = queries.frame(session)
    again = [pool[uid] for uid in draw(batch.seed, pool, 3)]
    assert [each.agency_id for each in queries.of_batch(session, batch.id)] == again
    assert (batch.pool_size, batch.pool_hash) == (9, pool_hash(pool))


def test_two_inspectors_are_drawn_for_each_agency(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    batch = drawn(session, actor)
    by_id = {agency_id: uid for uid, agency_id in queries.frame(session).items()}
    for each in queries.of_batch(session, batch.id):
        wanted = inspectors_for(batch.seed, by_id[each.agency_id], NAMES)
        assert each.inspectors.split("\n") == wanted


def test_the_frame_leaves_out_what_has_closed_and_what_lies_elsewhere(session: Session) -> None:
    make.region(session, code="990102", name="江北区")
    inside = make.agency(session, region_code="990102")
    make.agency(session, region_code="990102", status="closed")
    make.agency(session)
    assert queries.frame(session, "990000") == {inside.uid: inside.id}
    assert len(queries.frame(session)) == 2


def test_a_batch_is_public_from_the_second_person_on(session: Session) -> None:
    first, second = make.actors(session)
    batch = drawn(session, first)
    entered(session, batch, first)
    stepped(session, batch, first, Act.HAND_IN)
    assert (queries.count_published(session), queries.published_numbered(session, 2026, 1)) == (0, None)
    stepped(session, batch, second, Act.PUBLISH)
    assert queries.published(session) == [batch]
    assert queries.published_numbered(session, 2026, 1) == batch
    assert queries.results_of(session, [batch.id]) == {batch.id: {"ordered": 2}}
    (agency_id, *_) = (each.agency_id for each in queries.of_batch(session, batch.id))
    assert [held for _, held in queries.of_agency(session, agency_id)] == [batch]
    told = [each.verb for each in ledger.of_subject(session, Subject("inspection_batch", batch.id))]
    assert told == [
        f"inspection_batch.{verb}" for verb in ("drawn", "result", "result", "handed_in", "published")
    ]
    assert ledger.publication_version(session) == 1


def test_the_ledger_learns_no_inspector(session: Session) -> None:
    batch = published(session)
    events = ledger.of_subject(session, Subject("inspection_batch", batch.id))
    assert not any(name in (each.new or "") for each in events for name in NAMES)


def test_who_drew_handed_in_or_entered_a_result_does_not_publish(session: Session) -> None:
    drawer, writer, last = make.actors(session, count=3)
    batch = drawn(session, drawer)
    entered(session, batch, writer)
    stepped(session, batch, last, Act.HAND_IN)
    for actor in (drawer, writer, last):
        with pytest.raises(NotAllowedError):
            stepped(session, batch, actor, Act.PUBLISH)


def test_a_batch_without_all_results_is_not_handed_in(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    batch = drawn(session, actor)
    with pytest.raises(DomainError, match="missing: 2"):
        stepped(session, batch, actor, Act.HAND_IN)


def test_a_batch_that_is_handed_in_takes_no_more_results_until_it_is_returned(session: Session) -> None:
    first, second = make.actors(session)
    batch = drawn(session, first)
    entered(session, batch, first)
    stepped(session, batch, first, Act.HAND_IN)
    with pytest.raises(DomainError, match="no more results"):
        entered(session, batch, first)
    stepped(session, batch, second, Act.RETURN)
    entered(session, batch, first, Result.NO_PROBLEM)
    assert stepped(session, batch, first, Act.HAND_IN).state == State.HANDED_IN


def test_a_discarded_batch_is_never_public(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    batch = stepped(session, drawn(session, actor), actor, Act.DISCARD)
    assert batch.state == State.DISCARDED
    assert queries.count_published(session) == 0
    assert drawn(session, actor).number == 2


def test_the_slower_of_two_officers_is_told(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    batch = drawn(session, actor)
    held = queries.of_batch(session, batch.id)[0]
    entered(session, batch, actor)
    with pytest.raises(StaleError):
        actions.record_result(
            session,
            actor=actor,
            inspection_id=held.id,
            version=1,
            result=Result.REFUSED,
            inspected_on=TODAY,
        )


def test_what_is_not_there_is_told(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    with pytest.raises(NotFoundError):
        actions.step(session, actor=actor, batch_id=1, version=1, act=Act.HAND_IN)
    with pytest.raises(NotFoundError):
        actions.record_result(
            session, actor=actor, inspection_id=1, version=1, result=Result.ORDERED, inspected_on=TODAY
        )


def test_a_frame_that_is_too_small_is_told(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    with pytest.raises(DomainError, match="only 1 agencies"):
        drawn(session, actor, agencies=1)
    assert queries.counts_by_state(session)[State.DRAWN] == 0
