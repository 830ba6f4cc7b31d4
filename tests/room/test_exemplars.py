"""A title is nominated by one person, awarded by a second, and blocked by a sanction in force."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.errors import DomainError, NotAllowedError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.standing.exemplars import actions, queries
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import State

Brake = Callable[[datetime], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


def nominated(session: Session, actor: str) -> Honour:
    owner = make.agency(session)
    return actions.nominate(session, actor=actor, agency_id=owner.id, level="city", year=2026)


def test_a_nomination_is_seen_by_nobody_outside(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    made = nominated(session, first)
    assert queries.by_year(session, 2026) == []
    assert queries.by_agency(session, made.agency_id) == []
    assert ledger.publication_version(session) == 0


def test_an_award_is_public(session: Session) -> None:
    owner = make.agency(session)
    made = make.honour(session, owner)
    assert queries.by_year(session, 2026) == [made]
    assert queries.years(session) == {2026: 1}
    assert queries.latest(session, today=date(2026, 11, 20)) == [made]
    assert queries.by_agencies(session, [owner.id], today=date(2026, 11, 20)) == {owner.id: [made]}
    assert ledger.publication_version(session) == 1


def test_nobody_awards_their_own_nomination(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    made = nominated(session, first)
    with pytest.raises(NotAllowedError):
        actions.award(session, actor=first, honour_id=made.id, version=made.version)


def test_a_sanction_in_force_blocks_an_award(session: Session) -> None:
    first, second = make.actors(session)
    made = nominated(session, first)
    make.notice(session, agency_id=made.agency_id)
    with pytest.raises(DomainError, match="in force"):
        actions.award(session, actor=second, honour_id=made.id, version=made.version)


def test_a_title_is_taken_back_with_a_reason(session: Session) -> None:
    owner = make.agency(session)
    made = make.honour(session, owner)
    (third,) = make.actors(session, count=1)
    actions.withdraw(session, actor=third, honour_id=made.id, version=made.version, reason="提供虚假材料")
    assert made.state == State.WITHDRAWN
    assert queries.by_year(session, 2026) == []
    assert queries.count_in_force(session, today=date(2026, 11, 20)) == 0
    assert ledger.publication_version(session) == 2


def test_a_declined_nomination_is_not_awarded_later(session: Session) -> None:
    first, second = make.actors(session)
    made = nominated(session, first)
    actions.decline(session, actor=second, honour_id=made.id, version=made.version, reason="名额已满")
    with pytest.raises(DomainError):
        actions.award(session, actor=second, honour_id=made.id, version=made.version)


def test_a_lost_race_writes_nothing(session: Session) -> None:
    first, second = make.actors(session)
    made = nominated(session, first)
    seen = made.version
    actions.award(session, actor=second, honour_id=made.id, version=seen)
    with pytest.raises(StaleError):
        actions.decline(session, actor=first, honour_id=made.id, version=seen, reason="迟到")


def test_a_title_past_its_last_day_stays_on_its_year_but_counts_no_more(session: Session) -> None:
    owner = make.agency(session)
    made = make.honour(session, owner, year=2024)
    later = date(2026, 11, 20)
    assert queries.by_year(session, 2024) == [made]
    assert queries.by_agency(session, owner.id) == [made]
    assert queries.by_agencies(session, [owner.id], today=later) == {owner.id: []}
