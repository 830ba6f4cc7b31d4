"""Decisions about permits on both databases: at once by one person, or by two when it is a penalty."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.agencies.permits import queries as changes
from chengxin.agencies.permits.rules import Change, Fact
from chengxin.core import clock
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError
from chengxin.ledger import queries as ledger
from chengxin.standing.confirming.rules import Act, State
from chengxin.standing.permits import actions as decisions
from chengxin.standing.permits.models import PermitAct

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> object:
    with clock.frozen(NOON):
        yield


Entering = Callable[..., PermitAct]


@pytest.fixture
def enter(session: Session) -> Entering:
    def act(actor: str, change: Change, **values: Any) -> PermitAct:
        permit = values.pop("permit", None) or make.permit(session, make.agency(session), scope="招聘")
        given = {"on_day": TODAY, "decided_on": TODAY, "decision_no": "江人社许〔2026〕7号", **values}
        return decisions.enter(session, actor=actor, permit_id=permit.id, change=change, **given)

    return act


@pytest.mark.parametrize("change", [Change.RESCINDED, Change.WITHDRAWN, Change.DEREGISTERED])
def test_an_ending_that_is_no_penalty_holds_at_once(
    session: Session, enter: Entering, change: Change
) -> None:
    (actor,) = make.actors(session, count=1)
    made = enter(actor, change)
    assert made.state == State.IN_FORCE
    assert [each.change for each in changes.listed(session, today=TODAY)] == [change]


@pytest.mark.parametrize("change", [Change.REVOKED, Change.SUSPENDED])
def test_a_penalty_changes_nothing_before_a_second_person_confirms(
    session: Session, enter: Entering, change: Change
) -> None:
    first, second = make.actors(session)
    made = enter(first, change)
    assert (made.state, changes.listed(session, today=TODAY)) == (State.PROPOSED, [])
    assert ledger.publication_version(session) == 0
    with pytest.raises(NotAllowedError):
        decisions.step(session, actor=first, act_id=made.id, version=made.version, act=Act.CONFIRM)
    decisions.step(session, actor=second, act_id=made.id, version=made.version, act=Act.CONFIRM)
    (told,) = changes.listed(session, today=TODAY)
    assert (told.change, told.decision_no) == (change, "江人社许〔2026〕7号")
    assert ledger.publication_version(session) == 1


def test_a_declined_penalty_leaves_the_permit_alone(session: Session, enter: Entering) -> None:
    first, second = make.actors(session)
    made = enter(first, Change.REVOKED)
    decisions.step(
        session, actor=second, act_id=made.id, version=made.version, act=Act.DECLINE, reason="无决定书"
    )
    assert changes.listed(session, today=TODAY) == []
    with pytest.raises(DomainError):
        decisions.step(session, actor=second, act_id=made.id, version=made.version, act=Act.CONFIRM)


def test_a_decision_that_holds_is_not_taken_back_step_by_step(session: Session, enter: Entering) -> None:
    first, second = make.actors(session)
    made = enter(first, Change.WITHDRAWN)
    with pytest.raises(DomainError, match="another decision"):
        decisions.step(
            session,
            actor=second,
            act_id=made.id,
            version=made.version,
            act=Act.PROPOSE_REMOVAL,
            reason="x",
        )


def test_a_change_and_a_renewal_are_entered_with_their_decision(session: Session, enter: Entering) -> None:
    (actor,) = make.actors(session, count=1)
    permit = make.permit(session, make.agency(session), scope="招聘")
    enter(actor, Change.CHANGED, permit=permit, fact=Fact.SCOPE, new="职业中介活动")
    enter(actor, Change.RENEWED, permit=permit, new="2034-04-02")
    assert (permit.scope, permit.valid_to) == ("职业中介活动", date(2034, 4, 2))
    told = {(each.change, each.fact) for each in changes.listed(session, today=TODAY)}
    assert told == {(Change.CHANGED, "scope"), (Change.RENEWED, "valid_to")}


def test_what_has_ended_cannot_be_suspended(session: Session, enter: Entering) -> None:
    (actor,) = make.actors(session, count=1)
    ended = make.permit(session, make.agency(session), status="deregistered")
    with pytest.raises(DomainError, match="cannot change so"):
        enter(actor, Change.SUSPENDED, permit=ended)
    with pytest.raises(NotFoundError):
        decisions.enter(
            session,
            actor=actor,
            permit_id=999,
            change=Change.REVOKED,
            on_day=TODAY,
            decided_on=TODAY,
            decision_no="1",
        )


def test_a_decision_keeps_the_last_day_for_its_publication(enter: Entering, session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    made = enter(actor, Change.REVOKED, decided_on=date(2026, 10, 9))
    assert made.publish_by == date(2026, 11, 5)


def test_a_penalty_that_was_overtaken_is_not_confirmed(session: Session, enter: Entering) -> None:
    first, second = make.actors(session)
    permit = make.permit(session, make.agency(session))
    made = enter(first, Change.SUSPENDED, permit=permit)
    enter(first, Change.DEREGISTERED, permit=permit)
    with pytest.raises(DomainError, match="cannot change so"):
        decisions.step(session, actor=second, act_id=made.id, version=made.version, act=Act.CONFIRM)
    assert (made.state, permit.status) == (State.PROPOSED, "deregistered")
