"""A notice goes within three working days after its decision was quashed, by two persons, with a public reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.sanctions import ends, queries, workbench
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State, Tombstone

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
WHY = "处罚决定已被行政复议机关撤销。"


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def held(notice: Sanction) -> dict[str, Any]:
    return {"sanction_id": notice.id, "version": notice.version}


def quashed(session: Session, *, day: date = TODAY) -> tuple[Sanction, str, str]:
    notice, (first, second) = make.notice(session), make.actors(session)
    ends.quashed(session, actor=first, day=day, reason=WHY, **held(notice))
    return notice, first, second


def test_the_three_working_days_run_from_the_day_of_quashing(session: Session) -> None:
    notice, _first, _second = quashed(session, day=date(2026, 11, 18))
    assert (notice.quashed_on, notice.due_on) == (date(2026, 11, 18), date(2026, 11, 23))
    assert [each.id for each in queries.published(session, today=TODAY)] == [notice.id]


def test_a_withdrawal_that_is_late_shows_as_overdue(session: Session) -> None:
    notice, _first, _second = quashed(session, day=date(2026, 11, 16))
    assert list(workbench.overdue(session, today=TODAY)) == [notice]
    assert list(workbench.overdue(session, today=date(2026, 11, 19))) == []


def test_a_second_person_withdraws_and_the_public_reads_why(session: Session) -> None:
    notice, first, second = quashed(session)
    with pytest.raises(NotAllowedError):
        ends.confirm_end(session, actor=first, **held(notice))
    ends.confirm_end(session, actor=second, **held(notice))
    left = queries.by_number(session, 2026, 1, today=TODAY)
    assert left == Tombstone(2026, 1, State.WITHDRAWN, TODAY, WHY)
    assert notice.due_on is None
    assert list(workbench.overdue(session, today=date(2027, 1, 4))) == []


def test_a_declined_withdrawal_forgets_the_day(session: Session) -> None:
    notice, _first, second = quashed(session)
    ends.decline_end(session, actor=second, reason="撤销的是另一份决定。", **held(notice))
    assert (notice.quashed_on, notice.due_on) == (None, None)


@pytest.mark.parametrize("day", [date(2026, 10, 27), date(2026, 11, 21)])
def test_a_decision_is_quashed_after_its_own_date_and_not_after_today(session: Session, day: date) -> None:
    with pytest.raises(DomainError, match="quashed after its own date"):
        quashed(session, day=day)


def test_only_a_withdrawal_follows_from_quashing(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    with pytest.raises(DomainError, match="Only a withdrawal"):
        ends.propose_end(
            session, actor=first, end=State.REPAIRED, reason="已整改", quashed_on=TODAY, **held(notice)
        )
