"""An article is drafted, published at an address that never changes, revised, and withdrawn with a reason."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.bulletins import actions, queries
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.queries import Filters, Tombstone
from chengxin.core.errors import DomainError, StaleError
from chengxin.ledger import queries as ledger

Brake = Callable[[datetime], AbstractContextManager[None]]


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
    actions.revise(session, actor="account:1", article_id=made.id, version=made.version, writing=writing)
    assert (made.title, made.revised_at) == ("新题", datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
    assert ledger.publication_version(session) == 2


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
    assert queries.in_order(session, after=first.id) == [second]
