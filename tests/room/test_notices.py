"""A notice is drafted by one person, published by a second, and ends everywhere at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core import clock as clocks
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, ends, queries
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State, Tombstone

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def submitted(session: Session, author: str, **values: object) -> Sanction:
    made = actions.draft(session, actor=author, wording=make.wording(**values))
    return hand_in(session, author, made)


def hand_in(session: Session, author: str, made: Sanction) -> Sanction:
    return actions.submit(session, actor=author, reason="证据齐全", sanction_id=made.id, version=made.version)


def approved(session: Session, reviewer: str, made: Sanction) -> Sanction:
    return actions.approve(
        session, actor=reviewer, reason="程序合法", sanction_id=made.id, version=made.version
    )


def publish(session: Session, actor: str, made: Sanction) -> Sanction:
    return actions.publish(session, actor=actor, reason="依法公开", sanction_id=made.id, version=made.version)


def test_a_draft_is_seen_by_nobody_outside(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    submitted(session, author)
    assert queries.published(session, today=TODAY) == []
    assert ledger.publication_version(session) == 0


def test_publication_gives_number_day_and_term(session: Session) -> None:
    notice = make.notice(session)
    assert (notice.year, notice.number, notice.published_on) == (2026, 1, TODAY)
    assert (notice.min_until, notice.max_until) == (date(2027, 1, 28), date(2027, 10, 28))
    assert queries.by_number(session, 2026, 1, today=TODAY) is notice


def test_publication_keeps_the_first_revision(session: Session) -> None:
    notice = make.notice(session)
    (kept,) = queries.revisions(session, notice.id)
    assert (kept.revision, kept.published_on) == (1, TODAY)
    assert notice.facts in kept.content
    assert "complaint" not in kept.content


def test_publication_is_one_step_of_the_version(session: Session) -> None:
    notice = make.notice(session)
    assert ledger.publication_version(session) == 1
    assert list(ledger.faults(session)) == []
    last = ledger.of_subject(session, Subject("sanction", notice.id))[-1]
    assert last.verb == "sanction.published"
    assert '"number":1' in (last.new or "")


def test_the_ledger_never_holds_the_words_of_a_notice(session: Session) -> None:
    notice = make.notice(session)
    for event in ledger.of_subject(session, Subject("sanction", notice.id)):
        assert notice.facts not in f"{event.old}{event.new}{event.reason}"


def test_numbers_are_dense_in_each_year(session: Session, clock: Brake) -> None:
    first, second = make.notice(session), make.notice(session)
    with clock(datetime(2027, 1, 4, 4, 0, tzinfo=UTC)):
        third = make.notice(session)
    assert [(each.year, each.number) for each in (first, second, third)] == [(2026, 1), (2026, 2), (2027, 1)]


def test_the_author_cannot_publish(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    (reviewer,) = make.actors(session, count=1)
    waiting = approved(session, reviewer, submitted(session, author))
    with pytest.raises(NotAllowedError):
        publish(session, author, waiting)


def test_the_author_cannot_review(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    waiting = submitted(session, author)
    with pytest.raises(NotAllowedError):
        approved(session, author, waiting)


def test_whoever_revised_cannot_publish_either(session: Session) -> None:
    author, helper = make.actors(session)
    made = actions.draft(session, actor=author, wording=make.wording())
    actions.revise(
        session, actor=helper, sanction_id=made.id, version=made.version, wording=make.wording(title="新题")
    )
    hand_in(session, author, made)
    (reviewer,) = make.actors(session, count=1)
    approved(session, reviewer, made)
    with pytest.raises(NotAllowedError):
        publish(session, helper, made)


def test_the_database_refuses_a_publication_by_the_author(database: Database) -> None:
    with database.writing() as session:
        notice = make.notice(session)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(
            update(Sanction).where(Sanction.id == notice.id).values(published_by=notice.drafted_by)
        )


def test_a_draft_goes_back_with_a_reason_and_returns(session: Session) -> None:
    author, reviewer = make.actors(session)
    made = submitted(session, author)
    actions.return_for_changes(
        session, actor=reviewer, sanction_id=made.id, version=made.version, reason="写明金额"
    )
    assert (made.state, made.state_reason) == (State.DRAFT, "写明金额")
    hand_in(session, author, made)
    approved(session, reviewer, made)
    publish(session, reviewer, made)
    assert made.state == State.PUBLISHED


def test_a_discarded_draft_stays_discarded(session: Session) -> None:
    author, reviewer = make.actors(session)
    made = submitted(session, author)
    actions.reject(session, actor=reviewer, sanction_id=made.id, version=made.version, reason="证据不足")
    with pytest.raises(DomainError):
        hand_in(session, author, made)


def test_an_incomplete_draft_is_not_submitted(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    made = actions.draft(session, actor=author, wording=make.wording(basis=" "))
    with pytest.raises(DomainError, match="complete"):
        hand_in(session, author, made)


def test_a_decision_past_its_longest_term_is_not_published(session: Session) -> None:
    author, second = make.actors(session)
    old = approved(session, second, submitted(session, author, decision_date=date(2025, 11, 19)))
    with pytest.raises(DomainError, match="longest term"):
        publish(session, second, old)


def test_a_lost_race_writes_nothing(session: Session) -> None:
    author, second, third = make.actors(session, count=3)
    made = approved(session, second, submitted(session, author))
    seen = made.version
    publish(session, second, made)
    with pytest.raises(StaleError):
        actions.archive(session, actor=third, sanction_id=made.id, version=seen, reason="迟到")
    assert made.state == State.PUBLISHED


def test_a_notice_that_is_not_there_cannot_be_moved(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.submit(session, actor="account:1", sanction_id=404, version=1, reason="证据齐全")


def test_a_withdrawal_takes_two_persons_and_a_reason(session: Session) -> None:
    notice = make.notice(session)
    third, fourth = make.actors(session)
    ends.propose_end(
        session,
        actor=third,
        sanction_id=notice.id,
        version=notice.version,
        end=State.WITHDRAWN,
        reason="决定已被撤销",
    )
    assert queries.by_number(session, 2026, 1, today=TODAY) is notice
    with pytest.raises(NotAllowedError):
        ends.confirm_end(session, actor=third, sanction_id=notice.id, version=notice.version)
    ends.confirm_end(session, actor=fourth, sanction_id=notice.id, version=notice.version)
    assert queries.by_number(session, 2026, 1, today=TODAY) == Tombstone(
        2026, 1, State.WITHDRAWN, TODAY, "决定已被撤销"
    )
    assert ledger.publication_version(session) == 2


def test_a_proposed_end_can_be_declined(session: Session) -> None:
    notice = make.notice(session)
    third, fourth = make.actors(session)
    ends.propose_end(
        session,
        actor=third,
        sanction_id=notice.id,
        version=notice.version,
        end=State.WITHDRAWN,
        reason="有异议",
    )
    ends.decline_end(session, actor=fourth, sanction_id=notice.id, version=notice.version, reason="理由不足")
    assert (notice.state, notice.proposed_end) == (State.PUBLISHED, "")
    with pytest.raises(DomainError, match="proposed"):
        ends.confirm_end(session, actor=fourth, sanction_id=notice.id, version=notice.version)


def test_a_repair_waits_for_the_shortest_term(session: Session, clock: Brake) -> None:
    notice = make.notice(session)
    third, fourth = make.actors(session)
    with pytest.raises(DomainError, match="2027-01-28"):
        ends.propose_end(
            session,
            actor=third,
            sanction_id=notice.id,
            version=notice.version,
            end=State.REPAIRED,
            reason="已退还",
        )
    with clock(datetime(2027, 1, 28, 4, 0, tzinfo=UTC)):
        ends.propose_end(
            session,
            actor=third,
            sanction_id=notice.id,
            version=notice.version,
            end=State.REPAIRED,
            reason="已退还",
        )
        ends.confirm_end(session, actor=fourth, sanction_id=notice.id, version=notice.version)
        left = queries.by_number(session, 2026, 1, today=clocks.today())
    assert isinstance(left, Tombstone)
    assert (left.end, left.reason) == (State.REPAIRED, "")


def test_a_notice_ends_by_date_while_the_worker_sleeps(session: Session) -> None:
    owner = make.agency(session)
    make.notice(session, agency_id=owner.id)
    after = date(2027, 10, 29)
    assert queries.published(session, today=after) == []
    assert queries.count_published(session, today=after) == 0
    assert queries.by_agency(session, owner.id, today=after) == []
    assert queries.in_force(session, today=after) == []
    assert queries.counts_by(session, "kind", today=after) == {}
    left = queries.by_number(session, 2026, 1, today=after)
    assert left == Tombstone(2026, 1, State.EXPIRED, after)


def test_the_worker_writes_each_end_down_once(session: Session) -> None:
    notice, minor = make.notice(session), make.notice(session, severity="minor")
    before = ledger.publication_version(session)
    assert ends.end_due(session, today=date(2027, 1, 28)) == 0
    assert ends.end_due(session, today=date(2027, 1, 29)) == 1
    assert ends.end_due(session, today=date(2027, 1, 29)) == 0
    assert (minor.state, minor.ended_on, notice.state) == (State.EXPIRED, date(2027, 1, 29), State.PUBLISHED)
    assert ledger.publication_version(session) == before + 1
    last = ledger.of_subject(session, Subject("sanction", minor.id))[-1]
    assert (last.actor, last.verb) == ("worker", "sanction.expired")


def test_an_expired_notice_is_not_withdrawn_later(session: Session) -> None:
    notice = make.notice(session)
    ends.end_due(session, today=date(2028, 1, 1))
    with pytest.raises(DomainError):
        ends.propose_end(
            session,
            actor="account:1",
            sanction_id=notice.id,
            version=notice.version,
            end=State.WITHDRAWN,
            reason="迟了",
        )


def test_an_address_that_never_was_is_not_a_tombstone(session: Session) -> None:
    assert queries.by_number(session, 2026, 99, today=TODAY) is None
