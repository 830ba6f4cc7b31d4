"""GET /api/v1/agencies: the contract other programs rely on."""

from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import lookups, make
from tests.conftest import settings_in
from werkzeug.test import Client, TestResponse

from chengxin.agencies.models import Agency, AgencyService
from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import following, indexer

CONTRACT = {"uid", "name", "uscc", "licence_no", "region", "standing", "licence_status", "grade", "matched"}


@pytest.fixture(params=["indexed", "without an index"])
def asked(request: pytest.FixtureRequest, settings: Settings, client: Client) -> Client:
    database = Database(settings)
    with database.writing() as session:
        filled(session)
    if request.param == "indexed":
        indexer.rebuild(settings, database)
    database.dispose()
    return client


def filled(session: Session) -> None:
    make.region(session)
    for name in ("江州远帆人力资源有限公司", "江州启程劳务派遣有限公司", "江州百川人才有限公司"):
        made = make.agency(session, name=name, region_code="990000", grade="AA")
        make.permit(session, made)
        session.add(AgencyService(agency_id=made.id, service="dispatch"))


def get(client: Client, query: str) -> TestResponse:
    return client.get(f"/api/v1/agencies?{query}")


def test_an_answer_keeps_the_contract(asked: Client) -> None:
    answer = get(asked, f"q={quote('远帆')}&limit=5").get_json()
    assert answer["total"] == 1
    assert answer["items"][0].keys() >= CONTRACT
    assert answer["items"][0]["name"] == "江州远帆人力资源有限公司"
    assert answer["items"][0]["matched"] == "name"
    assert answer["items"][0]["standing"] == "registered"
    assert answer["items"][0]["licence_status"] == "valid"


def test_pages_follow_one_another_without_overlap(asked: Client) -> None:
    pages = [get(asked, f"limit=2&page={page}").get_json() for page in (1, 2, 3)]
    uids = [item["uid"] for page in pages for item in page["items"]]
    assert [page["total"] for page in pages] == [3, 3, 3]
    assert len(uids) == len(set(uids)) == 3


def test_filters_narrow(asked: Client) -> None:
    assert get(asked, "region=990000&grade=AA&service=dispatch").get_json()["total"] == 3
    assert get(asked, "region=980000").get_json()["total"] == 0


def test_programs_may_choose_the_order(asked: Client) -> None:
    names = [item["name"] for item in get(asked, "sort=name").get_json()["items"]]
    assert sorted(names) == sorted(item["name"] for item in get(asked, "sort=newest").get_json()["items"])
    assert len(names) == 3


def test_look_alikes_come_only_when_asked_for(asked: Client, settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        for name in ("江州众合人力资源有限公司", "江州众和人力资源有限公司"):
            lookups.enrolled(session, name)
    indexer.update(settings, database)
    following.follow(database)
    database.dispose()
    q = quote("江州众合人力资源有限公司")
    assert "look_alikes" not in get(asked, f"q={q}").get_json()
    (other,) = get(asked, f"q={q}&look_alikes=1").get_json()["look_alikes"]
    assert (other["name"], other["why"]) == ("江州众和人力资源有限公司", "homophone")
    assert other.keys() >= CONTRACT - {"matched"}


def test_an_agency_that_left_says_so(asked: Client, settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        gone = session.scalars(select(Agency)).first()
        assert gone is not None
        gone.status = "unlisted"
    database.dispose()
    told = {item["name"]: item["departure"] for item in get(asked, "").get_json()["items"]}
    assert sorted(told.values(), key=str) == [None, None, "unlisted"]


def test_a_limit_beyond_the_most_is_the_most(asked: Client) -> None:
    assert get(asked, "limit=5000").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "limit=-1",
        "page=１２",
        "page=9999999",
        "standing=bad",
        "region=12",
        "grade=%00",
        "sort=worst",
    ],
)
def test_a_value_that_means_nothing_is_a_problem_document(client: Client, query: str) -> None:
    answer = get(client, query)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (answer.get_json(force=True) or {})["status"] == 400


@pytest.mark.parametrize(
    "q",
    [
        "",
        "%",
        "%00",
        "AND+(",
        "*",
        "a" * 5000,
        "%F0%9F%98%80",
        "%E2%80%AE",
        "%FF%FE",
        "'%22%3C",
        "1" * 30,
        "e",
    ],
)
def test_hostile_words_have_an_answer(asked: Client, q: str) -> None:
    assert get(asked, f"q={q}").status_code == 200


def test_scripts_of_every_origin_may_read(client: Client) -> None:
    assert get(client, "").headers["Access-Control-Allow-Origin"] == "*"
    assert get(client, "limit=x").headers["Access-Control-Allow-Origin"] == "*"


def test_no_cookie_is_set(client: Client) -> None:
    assert "Set-Cookie" not in get(client, "q=x").headers


def test_an_agency_without_a_code_is_listed_with_none(settings: Settings, client: Client) -> None:
    database = Database(settings)
    with database.writing() as session:
        assert isinstance(make.agency(session, name="江州无码服务社", uscc=None), Agency)
    database.dispose()
    item = get(client, f"q={quote('无码')}").get_json()["items"][0]
    assert (item["uscc"], item["licence_no"], item["licence_status"]) == (None, None, "none")


def test_too_many_questions_are_asked_to_wait(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengxin.api.agencies.RATE", "2/minute")
    client = Client(create_wsgi(settings_in(settings.data_dir)))
    answers = [get(client, "q=x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].mimetype == "application/problem+json"
