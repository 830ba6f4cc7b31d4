"""The map for search engines lists every public page once, and none that has ended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from lxml import etree
from tests import make
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(NOON):
        yield


@pytest.fixture
def writing(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    yield database
    database.dispose()


def listed(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return [str(each) for each in etree.fromstring(answer.get_data()).xpath("//*[local-name()='loc']/text()")]


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def everything(client: Client) -> list[str]:
    return [
        path_of(page) for part in listed(client, "/sitemap.xml") for page in listed(client, path_of(part))
    ]


def test_every_listed_page_answers_and_stands_once(client: Client, writing: Database) -> None:
    with writing.writing() as session:
        agency = make.agency(session)
        notice = make.notice(session, agency_id=agency.id)
        article, campaign = make.article(session), make.campaign(session)
        make.honour(session, agency)
    pages = everything(client)
    assert len(pages) == len(set(pages))
    for page in pages:
        assert client.get(page).status_code == 200, page
    for page in (
        f"/agencies/{agency.uid}/",
        f"/notices/{notice.year}/{notice.number}/",
        f"/news/{article.year}/{article.slug}/",
        f"/campaigns/{campaign.year}/{campaign.slug}/",
        "/exemplary/2026/",
    ):
        assert page in pages


def test_a_notice_leaves_the_map_the_day_after_its_last_with_no_worker(
    client: Client, writing: Database
) -> None:
    with writing.writing() as session:
        notice = make.notice(session, agency_id=make.agency(session).id)
    address = f"/notices/{notice.year}/{notice.number}/"
    assert address in everything(client)
    ended = datetime.combine(notice.max_until, NOON.timetz())
    with frozen(ended):
        assert address in everything(client)
    with frozen(datetime.combine(date.fromordinal(notice.max_until.toordinal() + 1), NOON.timetz())):
        assert address not in everything(client)


def test_there_is_no_part_without_agencies(client: Client) -> None:
    assert not [page for page in listed(client, "/sitemap.xml") if "agencies" in page]
    assert client.get("/sitemap-agencies-1.xml").status_code == 404


def test_robots_are_told_of_the_map(client: Client) -> None:
    assert "Sitemap: http" in client.get("/robots.txt").text
