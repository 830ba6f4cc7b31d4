"""The rating page: five words, kept for moderation, sent once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError
from tests import make
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.opinions.ratings import actions
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State

Reader = Callable[..., Page]
TEXT = "先收报名费，面试以后再没有消息。"
WRITTEN = {
    "rater_kind": "job_seeker",
    "openness": "2",
    "honesty": "1",
    "fees": "1",
    "result": "2",
    "attitude": "3",
    "service_month": "2026-10",
    "text": TEXT,
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def path(database: Database) -> str:
    with database.writing() as session:
        return f"/agencies/{make.agency(session).uid}/rate"


def kept(database: Database) -> list[Rating]:
    with database.reading() as session:
        return session.query(Rating).all()


def test_a_rating_waits_for_moderation(page: Reader, database: Database, path: str) -> None:
    thanks = page(path, method="POST", data=page(path).form() | WRITTEN)
    assert "评价已收到" in thanks.text
    rating = kept(database)[0]
    assert (rating.state, rating.honesty, rating.service_month, rating.text) == (
        State.PENDING,
        1,
        "2026-10",
        TEXT,
    )


def test_a_form_sent_twice_is_one_rating(page: Reader, database: Database, path: str) -> None:
    fields = page(path).form() | WRITTEN
    page(path, method="POST", data=fields)
    page(path, method="POST", data=fields)
    assert len(kept(database)) == 1


def test_an_unknown_agency_has_no_rating_page(page: Reader) -> None:
    page("/agencies/nobody/rate", status=404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"honesty": ""},
        {"fees": "6"},
        {"service": "x"},
        {"service_month": "2019-01"},
        {"text": "长" * 501},
        {"key": "x"},
    ],
)
def test_a_wrong_field_keeps_what_was_written(page: Reader, path: str, wrong: dict[str, str]) -> None:
    fields = page(path).form() | WRITTEN | wrong
    refused = page(path, method="POST", data=fields, status=422)
    assert refused.form()["text"].strip() == fields["text"]
    assert refused.tree.xpath("//*[@class='errors']")


def test_a_failure_keeps_what_was_written(page: Reader, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **values: object) -> None:
        raise OperationalError("INSERT", {}, Exception("locked"))

    fields = page(path).form() | WRITTEN
    monkeypatch.setattr(actions, "rate", fail)
    refused = page(path, method="POST", data=fields, status=503)
    assert refused.form()["text"].strip() == TEXT


def test_too_many_ratings_are_asked_to_wait(page: Reader, path: str) -> None:
    fields = page(path).form() | WRITTEN
    for _ in range(10):
        page(path, method="POST", data=fields)
    assert "提交太快了" in page(path, method="POST", data=fields, status=429).text
