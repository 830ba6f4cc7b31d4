"""What happened to permits, and who is on the serious-dishonesty list, in public."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree
from sqlalchemy.orm import Session
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.agencies import actions as register
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import PermitStatus
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database

ATOM = "{http://www.w3.org/2005/Atom}"
Read = Callable[..., Page]
Fill = Callable[[Callable[[Session], object]], None]
LISTED = date(2026, 10, 28)


@pytest.fixture
def fill(settings: Settings) -> Fill:
    """Write into the installation that the client reads."""
    database = Database(settings)

    def write(act: Callable[[Session], object]) -> None:
        with database.writing() as session:
            act(session)

    return write


def entries(client: Client, path: str) -> list[str]:
    tree = etree.fromstring(client.get(path).data)
    return [each.findtext(f"{ATOM}title") or "" for each in tree.iter(f"{ATOM}entry")]


def table(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


def ended(session: Session, *, number: int = 1, to: str = "revoked", on: date | None = None) -> Agency:
    make.region(session, code="990102", name="江北区")
    owner = make.agency(session, name=f"江州{number}号人力资源有限公司", region_code="990102")
    permit = make.permit(session, owner)
    register.end_permit(
        session,
        actor="command",
        permit=permit,
        to=PermitStatus(to),
        on=on or date(2026, 11, 2),
        decision_no="江人社许〔2026〕7号",
    )
    return owner


def test_a_permit_that_ended_stands_in_list_table_data_and_feed(
    client: Client, page: Read, fill: Fill
) -> None:
    fill(ended)
    shown = page("/permits/changes")
    assert "江州1号人力资源有限公司" in shown.text
    assert "吊销" in shown.text
    assert "江人社许〔2026〕7号" in shown.text
    assert table(client, "/permits/changes.csv")[1][0] == "2026-11-02"
    data = client.get("/permits/changes.json").json
    assert data is not None
    assert (data["total"], data["items"][0]["kind"], data["next"]) == (1, "revoked", None)
    assert entries(client, "/permits/changes.atom") == ["江州1号人力资源有限公司：吊销"]


def test_each_ending_is_told_by_its_own_word(page: Read, fill: Fill) -> None:
    endings = ("revoked", "rescinded", "withdrawn", "deregistered", "expired")
    fill(lambda session: [ended(session, number=at, to=to) for at, to in enumerate(endings)])
    rows = page("/permits/changes").tree.xpath("//ul[@class='rows']/li//p[@class='small']")
    assert len({each.text_content().strip() for each in rows}) == 5


@pytest.mark.parametrize(
    "query", ["kind=revoked", "year=2026", "region=990000", "permit=licence", "kind=revoked&year=2026"]
)
def test_filters_in_the_address_narrow_every_format(client: Client, fill: Fill, query: str) -> None:
    fill(ended)
    for path in (
        "/permits/changes",
        "/permits/changes.csv",
        "/permits/changes.json",
        "/permits/changes.atom",
    ):
        assert "江州1号" in client.get(f"{path}?{query}").text


@pytest.mark.parametrize("query", ["kind=granted", "year=2020", "region=110000", "permit=filing", "year=x"])
def test_a_filter_that_fits_nothing_says_so(page: Read, client: Client, fill: Fill, query: str) -> None:
    fill(ended)
    assert "没有符合条件" in page(f"/permits/changes?{query}").text
    assert "江州1号" not in client.get(f"/permits/changes.csv?{query}").text


def test_the_list_goes_on_from_page_to_page(page: Read, client: Client, fill: Fill) -> None:
    day = date(2026, 11, 2)
    fill(lambda session: [ended(session, number=at, on=day - timedelta(days=at)) for at in range(53)])
    first = page("/permits/changes")
    (following,) = first.tree.xpath("//a[@rel='next']/@href")
    second = page(str(following))
    assert len(second.tree.xpath("//ul[@class='rows']/li")) == 3
    data = client.get("/permits/changes.json").json
    assert data is not None
    rest = client.get(data["next"].removeprefix("http://127.0.0.1:8000")).json
    assert rest is not None
    assert len(data["items"]) + len(rest["items"]) == data["total"] == 53


@pytest.mark.parametrize("place", ["x", "2026-13-01_1", "2026-11-02", "2026-11-02_x"])
def test_a_place_that_is_none_is_a_404(client: Client, place: str) -> None:
    assert client.get(f"/permits/changes?before={place}").status_code == 404


def test_changes_stay_on_the_file_as_history(page: Read, fill: Fill) -> None:
    def write(session: Session) -> None:
        owner = make.agency(session, uid="history1")
        permit = make.permit(session, owner)
        for to, day in (("suspended", 2), ("valid", 5), ("revoked", 9)):
            register.end_permit(
                session, actor="command", permit=permit, to=PermitStatus(to), on=date(2026, 11, day)
            )

    fill(write)
    lines = page("/agencies/history1/").tree.xpath("//ol[@class='timeline']//h3")
    told = [each.text_content().strip() for each in lines]
    assert [each for each in told if "吊销" in each] != []
    assert sum("暂扣" in each for each in told) == 1
    assert sum("恢复有效" in each for each in told) == 1
    assert sum("吊销" in each for each in told) == 1


def test_english_pages_mark_the_chinese_words_of_the_records(page: Read, fill: Fill) -> None:
    fill(ended)
    assert page("/en/permits/changes").unmarked_chinese == []


SERIOUS = (
    "/supervision/serious/",
    "/supervision/serious/serious.csv",
    "/supervision/serious/serious.json",
    "/supervision/serious/feed.atom",
)


@pytest.mark.parametrize("path", SERIOUS)
def test_an_entry_of_the_serious_list_stands_there_until_its_last_day(
    client: Client, fill: Fill, path: str
) -> None:
    def write(session: Session) -> None:
        listing = {"notice_kind": "serious_listing", "legal_kind": "listing", "severity": "serious"}
        make.notice(
            session, **listing, title="列入名单公告", list_name="严重失信主体名单", decision_date=LISTED
        )

    with clock.frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        fill(write)
        assert "江州捷聘" in client.get(path).text or "列入名单公告" in client.get(path).text
    with clock.frozen(datetime(2029, 10, 29, 4, tzinfo=UTC)):
        told = client.get(path).text
        assert "江州捷聘" not in told
        assert "列入名单公告" not in told


def test_the_serious_list_tells_name_entry_exit_and_earliest_removal(client: Client, fill: Fill) -> None:
    def write(session: Session) -> None:
        listing = {"notice_kind": "serious_listing", "legal_kind": "listing", "severity": "serious"}
        make.notice(session, **listing, list_name="严重失信主体名单", decision_date=LISTED)

    with clock.frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        fill(write)
        data = client.get("/supervision/serious/serious.json").json
    assert data is not None
    (told,) = data["items"]
    days = (told["listed_on"], told["listed_until"], told["earliest_removal"])
    assert (told["list_name"], days) == (
        "严重失信主体名单",
        ("2026-10-28", "2029-10-28", "2027-04-28"),
    )
