"""Batches of notices: checked together, approved once by a second person, each notice its own record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.batches import Office
from tests.conftest import NOON

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, NotAllowedError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.standing.batches import actions, queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import Check, State
from chengxin.standing.sanctions import actions as sanctions
from chengxin.standing.sanctions import queries as notices
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.queries import Filters


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def test_one_approval_publishes_each_notice_as_its_own_record(session: Session, office: Office) -> None:
    late, early = (
        office.served(decision_date=date(2026, 10, 28)),
        office.served(decision_date=date(2026, 10, 9)),
    )
    office.add(late, early)
    office.hand_in()
    before = ledger.publication_version(session)
    office.publish()
    assert [(each.state, each.number, each.period) for each in (early, late)] == [
        ("published", 1, "2026Q4"),
        ("published", 2, "2026Q4"),
    ]
    assert ledger.publication_version(session) == before + 2
    events = session.scalars(
        select(Event.verb).where(Event.public_version.is_not(None)).order_by(Event.id)
    ).all()
    assert events == ["sanction.published", "sanction.published"]
    assert session.scalar(select(func.count()).select_from(SanctionRevision)) == 2
    assert (office.batch.state, office.batch.published_count) == (State.PUBLISHED, 2)


def test_the_list_is_narrowed_by_the_batch(session: Session, office: Office) -> None:
    office.add(office.served())
    office.hand_in()
    office.publish()
    make.notice(session)
    found = notices.published(session, Filters(period="2026Q4"), today=clock.today())
    assert [each.period for each in found] == ["2026Q4"]
    assert notices.counts_by(session, "period", today=clock.today()) == {"2026Q4": 1}


@pytest.mark.parametrize("person", ["author", "assembler"])
def test_no_first_person_approves(office: Office, person: str) -> None:
    office.add(office.served())
    office.hand_in()
    with pytest.raises(NotAllowedError):
        office.publish(actor=getattr(office, person))
    assert office.batch.state == State.HANDED_IN


def test_the_database_itself_refuses_one_person_for_both(session: Session, office: Office) -> None:
    both = update(NoticeBatch).values(approved_by=NoticeBatch.assembled_by)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(both)


def test_a_batch_is_not_published_before_it_is_handed_in(office: Office) -> None:
    office.add(office.served())
    with pytest.raises(DomainError, match="cannot take this step"):
        office.publish()


def test_a_draft_stops_its_batch(session: Session, office: Office) -> None:
    draft = sanctions.draft(
        session,
        actor=office.author,
        wording=make.wording(agency_id=office.owner.id, region_code="990000"),
    )
    office.add(draft)
    assert office.checks() == [Check.NOT_SERVED]
    with pytest.raises(DomainError, match="stop this batch"):
        office.hand_in()


def test_a_fault_that_came_after_handing_in_stops_the_approval(session: Session, office: Office) -> None:
    notice = office.served()
    office.add(notice)
    office.hand_in()
    notice.region_code = None
    session.flush()
    with pytest.raises(DomainError, match="stop this batch"):
        office.publish()
    assert notice.state == "served"


def test_a_party_outside_the_register_is_a_warning(office: Office) -> None:
    office.add(office.served(agency_id=None))
    assert office.checks() == [Check.PARTY_UNRESOLVED]
    office.hand_in()
    office.publish()


def test_a_decision_number_that_is_public_already_stops(session: Session, office: Office) -> None:
    known = make.notice(session, decision_no="江人社罚〔2026〕7号", agency_id=office.owner.id)
    office.add(office.served(decision_no=known.decision_no))
    assert office.checks() == [Check.DUPLICATE]


def test_a_refused_notice_goes_back_with_its_reason_and_the_rest_goes_on(
    session: Session, office: Office
) -> None:
    good, bad = office.served(), office.served()
    office.add(good, bad)
    office.hand_in()
    office.refuse(bad)
    assert (bad.state, bad.batch_id, bad.state_reason) == ("draft", None, "事实部分要写明时间")
    office.publish()
    assert (good.state, bad.number) == ("published", None)
    told = session.scalar(select(Event.reason).where(Event.verb == "batch.refused"))
    assert told == "事实部分要写明时间"


def test_a_batch_without_notices_cannot_be_approved(office: Office) -> None:
    only = office.served()
    office.add(only)
    office.hand_in()
    office.refuse(only)
    with pytest.raises(DomainError, match="stop this batch"):
        office.publish()


def test_a_notice_stands_in_one_batch_only(office: Office) -> None:
    notice, other = office.served(), office.open("2026Q3")
    office.add(notice)
    with pytest.raises(DomainError, match="cannot be put"):
        office.add(notice, batch=other)


def test_a_public_notice_is_put_into_no_batch(session: Session, office: Office) -> None:
    with pytest.raises(DomainError, match="cannot be put"):
        office.add(make.notice(session))


def test_a_dissolved_batch_frees_its_notices(session: Session, office: Office) -> None:
    notice = office.served()
    office.add(notice)
    actions.dissolve(
        session,
        actor=office.assembler,
        batch_id=office.batch.id,
        version=office.batch.version,
        reason="并入下一季度",
    )
    assert (notice.batch_id, notice.state) == (None, "served")
    assert [each.id for each in queries.free_notices(session)] == [notice.id]


def test_a_returned_batch_is_handed_in_anew(session: Session, office: Office) -> None:
    office.add(office.served())
    office.hand_in()
    actions.give_back(
        session,
        actor=office.approver,
        batch_id=office.batch.id,
        version=office.batch.version,
        reason="先补齐区划",
    )
    assert (office.batch.state, office.batch.handed_in_by) == (State.ASSEMBLING, None)
    office.hand_in()
    office.publish()


def test_an_authority_has_one_batch_of_a_label(office: Office) -> None:
    with pytest.raises(DomainError, match="already"):
        office.open("2026Q4")


def test_who_saw_an_older_batch_changes_nothing(office: Office) -> None:
    office.add(office.served())
    office.hand_in()
    with pytest.raises(StaleError):
        office.publish(version=office.batch.version - 1)


def test_a_large_change_against_the_last_batch_is_told(session: Session, office: Office) -> None:
    office.add(*(office.served() for _ in range(8)))
    office.hand_in()
    office.publish()
    office.batch = office.open("2027Q1")
    office.add(office.served())
    change = queries.change_of(session, office.batch)
    assert change is not None
    assert (change.label, change.before, change.now) == ("2026Q4", 8, 1)
    assert Check.COUNT_CHANGED in office.checks()


def test_no_event_of_a_batch_holds_the_words_of_a_notice(session: Session, office: Office) -> None:
    office.add(office.served(facts="一段不该进台账的事实。"))
    office.hand_in()
    office.publish()
    told = " ".join(f"{each.old} {each.new}" for each in session.scalars(select(Event)))
    assert "一段不该进台账的事实" not in told
    assert "江州捷聘" not in told


def test_a_fault_in_the_middle_publishes_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writing() as session:
        office = Office(session)
        office.add(office.served(), office.served())
        office.hand_in()
    publish, calls = sanctions.publish, list[int]()

    def breaks_off(opened: Session, **given: Any) -> Sanction:
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError("the machine went out")
        return publish(opened, **given)

    monkeypatch.setattr(sanctions, "publish", breaks_off)
    with pytest.raises(RuntimeError, match="went out"), database.writing() as session:
        office.session = session
        office.publish()
    with database.reading() as session:
        assert len(calls) == 2
        assert notices.count_published(session, today=clock.today()) == 0
        assert ledger.publication_version(session) == 0
        assert [each.state for each in queries.listed(session)] == [State.HANDED_IN]
