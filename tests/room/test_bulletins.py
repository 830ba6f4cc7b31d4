"""An article is drafted, published at an address that never changes, revised, and withdrawn with a reason."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.bulletins import actions, queries
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.queries import Filters, Tombstone
from chengxin.core.errors import DomainError, StaleError
from chengxin.ledger import queries as ledger


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


def test_a_draft_is_seen_by_nobody_outside(session: Session) -> None:
    made = make.article(session, published=False)
    assert queries.published(session) == []
    assert queries.by_slug(session, made.year, made.slug) is None
    assert ledger.publication_version(session) == 0


def test_a_published_article_has_a_day_in_its_address(session: Session) -> None:
    made = make.article(session)
    assert (made.year, made.slug) == (2026, f"1120-{made.id}")
    assert queries.by_slug(session, 2026, made.slug) is made
    assert ledger.publication_version(session) == 1


def test_a_chosen_address_is_kept(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    made = actions.draft(
        session, actor=author, writing=Writing(column="briefs", title="简报", body="文"), slug="brief-1"
    )
    assert made.slug == "brief-1"


def test_an_address_is_not_given_twice(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    writing = Writing(column="briefs", title="简报", body="文")
    actions.draft(session, actor=author, writing=writing, slug="brief-1")
    with pytest.raises(DomainError, match="address"):
        actions.draft(session, actor=author, writing=writing, slug="brief-1")


def test_an_article_published_next_year_stands_under_that_year(session: Session, clock: Brake) -> None:
    made = make.article(session, published=False)
    with clock(datetime(2027, 1, 4, 4, 0, tzinfo=UTC)):
        actions.publish(session, actor="account:1", article_id=made.id, version=made.version)
    assert made.year == 2027


def test_an_empty_article_is_not_published(session: Session) -> None:
    made = make.article(session, published=False, body=" ")
    with pytest.raises(DomainError, match="text"):
        actions.publish(session, actor="account:1", article_id=made.id, version=made.version)


def test_a_revision_of_a_published_article_is_public_and_dated(session: Session) -> None:
    made = make.article(session)
    writing = Writing(column="updates", title="新题", body="新文")
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    actions.revise(session, **held, writing=writing, note="改正标题")
    assert (made.title, made.revised_at) == ("新题", datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
    assert ledger.publication_version(session) == 2


def test_a_change_of_a_published_article_tells_readers_what_changed(session: Session) -> None:
    made = make.article(session)
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    with pytest.raises(DomainError, match="what you changed"):
        actions.revise(session, **held, writing=Writing(column="updates", title="新题", body="新文"))
    actions.revise(
        session, **held, writing=Writing(column="updates", title="新题", body="新文"), note="改正标题"
    )
    kept = [(each.revision, each.title, each.note) for each in queries.revisions(session, made.id)]
    assert kept == [(2, "新题", "改正标题"), (1, "诚信服务月启动", "")]


def test_a_change_of_a_draft_is_no_revision(session: Session) -> None:
    made = make.article(session, published=False)
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    actions.revise(session, **held, writing=Writing(column="updates", title="新题", body="新文"))
    assert queries.revisions(session, made.id) == []
    assert ledger.publication_version(session) == 0


def test_a_scheduled_article_is_published_at_its_hour_and_not_before(session: Session) -> None:
    made = make.article(session, published=False)
    hour = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    actions.schedule(session, **held, publish_at=hour)
    assert queries.by_slug(session, made.year, made.slug) is None
    early = hour - timedelta(seconds=1)
    assert not queries.is_due(session, now=early)
    assert actions.publish_due(session, now=early) == 0
    assert queries.is_due(session, now=hour)
    assert actions.publish_due(session, now=hour) == 1
    assert actions.publish_due(session, now=hour) == 0
    assert queries.published(session) == [made]
    assert made.published_by == made.scheduled_by == 1
    assert ledger.publication_version(session) == 1


def test_an_hour_that_has_passed_is_refused(session: Session) -> None:
    made = make.article(session, published=False)
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    with pytest.raises(DomainError, match="passed"):
        actions.schedule(session, **held, publish_at=datetime(2026, 11, 20, 4, 0, tzinfo=UTC))


def test_a_scheduled_article_can_be_held_back(session: Session) -> None:
    made = make.article(session, published=False)
    held: Any = {"actor": "account:1", "article_id": made.id}
    hour = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    actions.schedule(session, **held, version=made.version, publish_at=hour)
    actions.hold(session, **held, version=made.version)
    assert (made.state, made.publish_at) == ("draft", None)
    assert actions.publish_due(session, now=hour) == 0


def test_a_scheduled_address_taken_meanwhile_gets_a_number(session: Session, clock: Brake) -> None:
    with clock(datetime(2026, 12, 31, 4, 0, tzinfo=UTC)):
        (author,) = make.actors(session, count=1)
        writing = Writing(column="updates", title="元旦", body="文")
        waiting = actions.draft(session, actor=author, writing=writing, slug="new-year")
        held: Any = {"actor": author, "article_id": waiting.id, "version": waiting.version}
        actions.schedule(session, **held, publish_at=datetime(2027, 1, 1, 1, 0, tzinfo=UTC))
    with clock(datetime(2027, 1, 1, 1, 0, tzinfo=UTC)):
        actions.draft(session, actor=author, writing=writing, slug="new-year")
        assert actions.publish_due(session, now=datetime(2027, 1, 1, 1, 0, tzinfo=UTC)) == 1
    assert (waiting.year, waiting.slug) == (2027, f"new-year-{waiting.id}")


def test_bulletins_are_numbered_within_their_year(session: Session, clock: Brake) -> None:
    first, second = (make.article(session, column="briefs") for _ in range(2))
    other = make.article(session)
    with clock(datetime(2027, 1, 4, 4, 0, tzinfo=UTC)):
        third = make.article(session, column="briefs")
    numbers = [(each.year, each.issue) for each in (first, second, other, third)]
    assert numbers == [(2026, 1), (2026, 2), (2026, None), (2027, 1)]
    assert queries.by_issue(session, 2026, 2) is second
    assert queries.bulletins(session, year=2026) == [second, first]
    assert queries.bulletin_years(session) == {2027: 1, 2026: 2}


def test_the_number_of_a_withdrawn_bulletin_is_not_given_again(session: Session) -> None:
    first = make.article(session, column="briefs")
    held: Any = {"actor": "account:1", "article_id": first.id, "version": first.version}
    actions.withdraw(session, **held, reason="数字有误")
    assert make.article(session, column="briefs").issue == 2


def test_a_published_bulletin_does_not_change_its_column(session: Session) -> None:
    made = make.article(session, column="briefs")
    held: Any = {"actor": "account:1", "article_id": made.id, "version": made.version}
    with pytest.raises(DomainError, match="number"):
        actions.revise(
            session, **held, writing=Writing(column="updates", title="题", body="文"), note="换栏目"
        )


def test_cases_are_told_apart_by_what_they_teach(session: Session) -> None:
    good = make.article(session, column="cases", case_kind="positive")
    bad = make.article(session, column="cases")
    assert queries.published(session, Filters(case="positive")) == [good]
    assert queries.published(session, Filters(case="negative")) == [bad]
    assert queries.counts_by_case(session) == {"positive": 1, "negative": 1}


def test_a_withdrawn_article_leaves_only_its_reason(session: Session) -> None:
    made = make.article(session)
    actions.withdraw(session, actor="account:1", article_id=made.id, version=made.version, reason="内容有误")
    assert queries.published(session) == []
    assert queries.by_slug(session, 2026, made.slug) == Tombstone(2026, made.slug, "内容有误")


def test_a_lost_race_writes_nothing(session: Session) -> None:
    made = make.article(session)
    with pytest.raises(StaleError):
        actions.withdraw(session, actor="account:1", article_id=made.id, version=1, reason="迟到")


def test_lists_narrow_by_column_year_and_words(session: Session) -> None:
    first = make.article(session)
    second = make.article(session, column="cases", title="典型案例", body="收取押金")
    assert queries.published(session) == [second, first]
    assert queries.published(session, Filters(column="cases")) == [second]
    assert queries.published(session, Filters(q="押金")) == [second]
    assert queries.published(session, Filters(year=2025)) == []
    assert queries.count_published(session, Filters(column="cases")) == 1
    assert queries.counts_by_column(session) == {"updates": 1, "cases": 1}
    assert queries.years(session) == {2026: 2}
