"""Suggestions while typing: few, current, without guesses, and never a trouble."""

from urllib.parse import quote

import pytest
from tests import lookups, make
from tests.conftest import settings_in
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import indexer


@pytest.fixture
def filled(settings: Settings, client: Client) -> Client:
    database = Database(settings)
    lookups.fill(database)
    with database.writing() as session:
        for number in range(10):
            make.agency(session, name=f"江州第{number}家政有限公司")
    indexer.rebuild(settings, database)
    return client


def suggested(client: Client, q: str) -> list[dict[str, str]]:
    items: list[dict[str, str]] = client.get(f"/agencies/suggest?q={quote(q)}").get_json()["items"]
    return items


@pytest.mark.parametrize("q", ["远帆", "yuanfan", "jzyf", "遠帆", "江州远帆"])
def test_what_was_typed_so_far_brings_names_with_their_place(filled: Client, q: str) -> None:
    first = suggested(filled, q)[0]
    assert (first["name"], first["place"]) == ("江州远帆人力资源有限公司", "东湖区")
    assert filled.get(f"/agencies/{first['uid']}/").status_code == 200


def test_there_are_never_more_than_eight(filled: Client) -> None:
    assert len(suggested(filled, "家政")) == 8


def test_what_only_resembles_is_not_suggested(filled: Client) -> None:
    assert suggested(filled, "江州远凡心海人力资源有限公司") == []


@pytest.mark.parametrize("q", ["", " ", "%", "（", "*", "\u202e", "😀", "AND (", "a" * 10_000])
def test_bad_words_have_an_answer(filled: Client, q: str) -> None:
    assert len(suggested(filled, q)) <= 8


def test_an_answer_may_be_kept_for_a_minute_and_sets_no_cookie(filled: Client) -> None:
    answer = filled.get("/agencies/suggest?q=x")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers


def test_who_asks_too_often_is_refused_without_names(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengxin.portal.lookup.suggest.RATE", "1/minute")
    client = Client(create_wsgi(settings_in(settings.data_dir)))
    answers = [client.get("/agencies/suggest?q=x") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    assert answers[1].get_json() == {"items": []}
