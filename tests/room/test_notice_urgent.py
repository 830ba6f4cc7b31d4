"""The urgent path: public first, marked, reviewed within one working day, or gone by itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core import clock as clocks
from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, ends, queries, revisions, urgent, workbench
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LAPSED, State, Tombstone

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
REASON = "侵害仍在继续，先行公开"


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Urgent:
    """A notice published urgently on a Friday, and who did what."""

    def __init__(self, session: Session, **values: object) -> None:
        """Publish it before its review."""
        self.session = session
        self.author, self.publisher, self.reviewer = make.actors(session, count=3)
        made = actions.draft(session, actor=self.author, wording=make.wording(**values))
        actions.submit(session, actor=self.author, reason="齐全", sanction_id=made.id, version=made.version)
        self.notice = made
        self.take(urgent.publish_urgently, self.publisher, reason=REASON)

    def take(self, act: Callable[..., Sanction], actor: str, *, reason: str = "合法") -> Sanction:
        """Take an act on it."""
        return act(
            self.session,
            actor=actor,
            sanction_id=self.notice.id,
            version=self.notice.version,
            reason=reason,
        )


@pytest.fixture
def case(session: Session) -> Urgent:
    return Urgent(session)


def test_it_is_public_at_once_and_known_as_urgent(case: Urgent) -> None:
    assert queries.by_number(case.session, 2026, 1, today=FRIDAY) is case.notice
    assert queries.awaits_review(case.notice)
    assert case.notice.urgent_reason == REASON


def test_its_last_day_is_that_of_the_review(case: Urgent) -> None:
    assert (case.notice.max_until, case.notice.due_on) == (MONDAY, MONDAY)


def test_an_urgent_publication_needs_a_reason_and_a_second_person(session: Session) -> None:
    author, other = make.actors(session)
    made = actions.draft(session, actor=author, wording=make.wording())
    held: dict[str, Any] = {"sanction_id": made.id, "version": made.version}
    actions.submit(session, actor=author, reason="齐全", **held)
    held["version"] = made.version
    with pytest.raises(DomainError, match="reason"):
        urgent.publish_urgently(session, actor=other, reason=" ", **held)
    with pytest.raises(NotAllowedError):
        urgent.publish_urgently(session, actor=author, reason=REASON, **held)


def test_a_review_gives_it_its_whole_term(case: Urgent) -> None:
    before = ledger.publication_version(case.session)
    case.take(urgent.confirm_urgent, case.reviewer)
    assert case.notice.max_until == date(2027, 10, 28)
    assert case.notice.due_on is None
    assert not queries.awaits_review(case.notice)
    assert ledger.publication_version(case.session) == before + 1


def test_neither_author_nor_publisher_reviews_it(case: Urgent) -> None:
    for alone in (case.author, case.publisher):
        with pytest.raises(NotAllowedError):
            case.take(urgent.confirm_urgent, alone)


def test_a_refused_review_takes_it_down_and_says_why(case: Urgent) -> None:
    case.take(urgent.refuse_urgent, case.reviewer, reason="事实不清")
    assert queries.by_number(case.session, 2026, 1, today=FRIDAY) == Tombstone(
        2026, 1, State.WITHDRAWN, FRIDAY, "事实不清"
    )


def test_without_a_review_it_is_gone_by_date_while_the_worker_sleeps(case: Urgent) -> None:
    assert queries.published(case.session, today=MONDAY) == [case.notice]
    assert queries.published(case.session, today=TUESDAY) == []
    assert queries.by_number(case.session, 2026, 1, today=TUESDAY) == Tombstone(
        2026, 1, State.WITHDRAWN, TUESDAY, LAPSED
    )


def test_the_worker_writes_the_lapse_down_once(case: Urgent) -> None:
    assert urgent.lapse_due(case.session, today=MONDAY) == 0
    assert ends.end_due(case.session, today=TUESDAY) == 0
    assert urgent.lapse_due(case.session, today=TUESDAY) == 1
    assert urgent.lapse_due(case.session, today=TUESDAY) == 0
    assert (case.notice.state, case.notice.state_reason) == (State.WITHDRAWN, LAPSED)
    last = ledger.of_subject(case.session, Subject("sanction", case.notice.id))[-1]
    assert (last.actor, last.verb) == ("worker", "sanction.lapsed")


def test_a_review_that_comes_too_late_is_refused(case: Urgent, clock: Brake) -> None:
    with clock(datetime(2026, 11, 24, 4, 0, tzinfo=UTC)):
        assert clocks.today() == TUESDAY
        with pytest.raises(DomainError, match="over"):
            case.take(urgent.confirm_urgent, case.reviewer)


def test_an_overdue_review_shows_on_the_desk(case: Urgent) -> None:
    assert workbench.overdue(case.session, today=MONDAY) == []
    assert workbench.overdue(case.session, today=TUESDAY) == [case.notice]
    assert workbench.count_overdue(case.session, today=TUESDAY) == 1


def test_a_short_term_is_never_lengthened_by_urgency(session: Session) -> None:
    made = Urgent(session, severity="minor", decision_date=date(2026, 8, 22))
    assert made.notice.max_until == date(2026, 11, 22)


def test_a_correction_does_not_lead_around_the_review(case: Urgent) -> None:
    with pytest.raises(DomainError, match="reviewed before"):
        revisions.correct(
            case.session,
            actor=case.author,
            sanction=case.notice,
            wording=make.wording(title="新题"),
            note="改题",
        )
    assert case.notice.max_until == MONDAY
