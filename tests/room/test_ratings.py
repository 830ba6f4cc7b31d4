"""Ratings in both databases: given once, decided by one, shown only when published."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.opinions.ratings import actions, queries
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Reason, State


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def given(session: Session, form: str = "one form", agency_id: int | None = None, mark: int = 3) -> Rating:
    return actions.rate(
        session, actor="public", form=form, opinion=make.opinion(agency_id or make.agency(session).id, mark)
    )


def published(session: Session, rating: Rating) -> Rating:
    return actions.publish(session, actor="command", rating_id=rating.id, version=rating.version)


def test_a_form_sent_twice_is_one_rating(session: Session) -> None:
    agency = make.agency(session)
    assert given(session, agency_id=agency.id).id == given(session, agency_id=agency.id).id


def test_another_text_under_the_same_form_is_another_rating() -> None:
    one, other = make.opinion(1, 3), make.opinion(1, 4)
    assert actions.form_hash("s", "n", one) != actions.form_hash("s", "n", other)
    assert actions.form_hash("s", "n", one) == actions.form_hash("s", "n", make.opinion(1, 3))


def test_publishing_is_a_public_event_and_receiving_is_not(session: Session) -> None:
    rating = given(session)
    assert ledger.publication_version(session) == 0
    published(session, rating)
    assert ledger.publication_version(session) == 1


def test_hiding_what_nobody_saw_is_no_public_event(session: Session) -> None:
    rating = given(session)
    actions.hide(session, actor="command", rating_id=rating.id, version=1, reason=Reason.INSULT)
    assert ledger.publication_version(session) == 0


def test_hiding_keeps_the_reason_with_the_rating_and_in_the_ledger(session: Session) -> None:
    rating = published(session, given(session))
    hidden = actions.hide(
        session, actor="command", rating_id=rating.id, version=2, reason=Reason.PERSONAL_DATA
    )
    assert (hidden.state, hidden.state_reason) == (State.HIDDEN, Reason.PERSONAL_DATA)
    assert ledger.of_subject(session, Subject("rating", rating.id))[-1].reason == Reason.PERSONAL_DATA
    assert ledger.publication_version(session) == 2


def test_the_officer_who_decided_is_kept(session: Session) -> None:
    officer = make.account(session)
    rating = given(session)
    done = actions.publish(session, actor=f"account:{officer.id}", rating_id=rating.id, version=1)
    assert done.decided_by == officer.id


def test_a_lost_race_is_stale(session: Session) -> None:
    rating = given(session)
    published(session, rating)
    with pytest.raises(StaleError):
        actions.remove(session, actor="command", rating_id=rating.id, version=1, reason=Reason.INSULT)


def test_a_removed_rating_stays_removed(session: Session) -> None:
    rating = given(session)
    gone = actions.remove(session, actor="command", rating_id=rating.id, version=1, reason=Reason.UNLAWFUL)
    with pytest.raises(DomainError):
        published(session, gone)


def test_an_unknown_rating_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.publish(session, actor="command", rating_id=9, version=1)


def test_only_published_ratings_are_listed_and_scored(session: Session) -> None:
    agency = make.agency(session)
    for number in range(5):
        published(session, given(session, f"form {number}", agency.id, mark=number + 1))
    given(session, "pending", agency.id, mark=1)
    listed = queries.published(session, agency.id, size=2)
    assert (len(listed.ratings), listed.total) == (2, 5)
    score = queries.score_of(session, agency.id)
    assert score is not None
    assert (score.count, score.mean) == (5, 3.0)


def test_too_few_published_ratings_are_no_score(session: Session) -> None:
    agency = make.agency(session)
    published(session, given(session, agency_id=agency.id))
    assert queries.score_of(session, agency.id) is None
