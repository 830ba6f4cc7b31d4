"""Credit repair: asked for after the shortest term, granted by two persons, and the notice is gone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake
from tests.disputes import ASKED, repair

from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.repairs import actions, queries
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import State
from chengxin.standing.sanctions import ends
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State as NoticeState
from chengxin.standing.sanctions.rules import Tombstone

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def old_notice(session: Session) -> Sanction:
    return make.notice(session, decision_date=date(2026, 6, 1))


def seen(made: Repair) -> dict[str, Any]:
    return {"repair_id": made.id, "version": made.version}


def proposed(session: Session) -> tuple[Repair, str, str]:
    made = repair(session, old_notice(session), accepted=True)
    first, second = make.actors(session)
    actions.propose_grant(session, actor=first, reason="押金已退还，材料齐全。", **seen(made))
    return made, first, second


def test_a_request_keeps_its_promises_and_its_term(session: Session) -> None:
    made = repair(session, old_notice(session))
    assert (made.state, made.check_by, made.fulfilled) == (State.REQUESTED, date(2026, 11, 25), True)
    actions.accept(session, actor="command", **seen(made))
    assert (made.state, made.decide_by) == (State.ACCEPTED, date(2026, 12, 4))


def test_a_request_before_the_shortest_term_is_refused_with_the_day(session: Session) -> None:
    young = make.notice(session, decision_date=date(2026, 10, 28))
    with pytest.raises(DomainError, match="2027-01-28"):
        repair(session, young)


def test_a_minor_notice_can_be_repaired_at_once(session: Session) -> None:
    minor = make.notice(session, severity="minor", legal_kind="warning", decision_date=date(2026, 11, 18))
    assert repair(session, minor).state == State.REQUESTED


def test_a_second_request_waits_for_the_first(session: Session) -> None:
    notice = old_notice(session)
    repair(session, notice)
    with pytest.raises(DomainError, match="open already"):
        repair(session, notice)


def test_a_proposal_hides_nothing(session: Session) -> None:
    made, _first, _second = proposed(session)
    assert made.state == State.GRANTING
    assert [each.id for each in sanctions.published(session, today=TODAY)] == [made.sanction_id]


def test_two_persons_grant_and_the_notice_is_gone(session: Session) -> None:
    made, _first, second = proposed(session)
    actions.confirm_grant(session, actor=second, **seen(made))
    assert made.state == State.GRANTED
    left = sanctions.by_number(session, 2026, 1, today=TODAY)
    assert isinstance(left, Tombstone)
    assert left.end is NoticeState.REPAIRED
    assert sanctions.published(session, today=TODAY) == []


def test_who_proposed_cannot_grant(session: Session) -> None:
    made, first, _second = proposed(session)
    with pytest.raises(NotAllowedError):
        actions.confirm_grant(session, actor=first, **seen(made))
    assert made.state == State.GRANTING


def test_the_database_refuses_a_grant_by_one_person(session: Session) -> None:
    made, _first, _second = proposed(session)
    alone = update(Repair).where(Repair.id == made.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(alone.values(state=State.GRANTED, decided_by=Repair.proposed_by))


def test_a_declined_grant_leaves_the_notice_and_the_request_open(session: Session) -> None:
    made, _first, second = proposed(session)
    actions.decline_grant(session, actor=second, reason="凭证缺两份。", **seen(made))
    notice = session.get(Sanction, made.sanction_id)
    assert notice is not None
    assert (made.state, notice.proposed_end) == (State.ACCEPTED, "")


def test_a_refused_agency_may_ask_again(session: Session) -> None:
    notice = old_notice(session)
    made = repair(session, notice, accepted=True)
    actions.refuse(session, actor="command", reason="仍有两人未退款。", **seen(made))
    assert (made.state, made.reason) == (State.REFUSED, "仍有两人未退款。")
    assert repair(session, notice).state == State.REQUESTED


def test_an_incomplete_request_goes_back_and_may_come_again(session: Session) -> None:
    notice = old_notice(session)
    made = repair(session, notice)
    actions.return_incomplete(session, actor="command", reason="缺退款凭证。", **seen(made))
    assert made.state == State.INCOMPLETE
    assert repair(session, notice).state == State.REQUESTED


def test_a_request_can_be_taken_back(session: Session) -> None:
    made = repair(session, old_notice(session))
    actions.withdraw(session, actor="command", **seen(made))
    assert made.state == State.WITHDRAWN


def test_a_grant_confirmed_on_the_notice_itself_settles_the_request(session: Session) -> None:
    made, _first, second = proposed(session)
    notice = session.get(Sanction, made.sanction_id)
    assert notice is not None
    ends.confirm_end(session, actor=second, sanction_id=notice.id, version=notice.version)
    assert actions.settle(session, actor="worker") == 1
    assert (made.state, made.decided_by) == (State.GRANTED, notice.ended_by)


def test_a_grant_declined_on_the_notice_itself_opens_the_request_again(session: Session) -> None:
    made, _first, second = proposed(session)
    notice = session.get(Sanction, made.sanction_id)
    assert notice is not None
    ends.decline_end(session, actor=second, sanction_id=notice.id, version=notice.version, reason="再核实")
    assert actions.settle(session, actor="worker") == 1
    assert made.state == State.ACCEPTED


def test_a_request_lapses_with_its_notice(session: Session, clock: Brake) -> None:
    made = repair(session, old_notice(session))
    assert actions.settle(session, actor="worker") == 0
    with clock(datetime(2027, 6, 2, 4, 0, tzinfo=UTC)):
        assert actions.settle(session, actor="worker") == 1
    assert made.state == State.LAPSED


def test_a_request_about_nothing_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.request(session, actor="command", sanction_id=9, asked=ASKED)
    with pytest.raises(NotFoundError):
        actions.withdraw(session, actor="command", repair_id=9, version=1)


def test_the_second_of_two_officers_is_told_that_somebody_was_faster(session: Session) -> None:
    made = repair(session, old_notice(session))
    held = seen(made)
    actions.accept(session, actor="command", **held)
    with pytest.raises(StaleError):
        actions.return_incomplete(session, actor="command", reason="缺材料", **held)


def test_an_agency_sees_only_its_own_requests(session: Session) -> None:
    one, other = make.agency(session), make.agency(session, name="江州捷聘人力资源有限公司")
    notice = make.notice(session, decision_date=date(2026, 6, 1), agency_id=one.id)
    made = repair(session, notice)
    assert queries.own(session, made.id, agency_id=one.id) is made
    assert queries.own(session, made.id, agency_id=other.id) is None
    assert [each.id for each in queries.of_agency(session, one.id)] == [made.id]
    assert queries.of_agency(session, other.id) == []


def test_granting_is_one_public_step(session: Session) -> None:
    made, _first, second = proposed(session)
    before = ledger.publication_version(session)
    actions.confirm_grant(session, actor=second, **seen(made))
    assert ledger.publication_version(session) == before + 1
    events = ledger.of_subject(session, Subject("repair", made.id))
    assert [event.verb for event in events] == [
        "repair.requested",
        "repair.accepted",
        "repair.grant_proposed",
        "repair.granted",
    ]
    assert list(ledger.faults(session)) == []
