"""Published pages: what is kept, for how long, and that no page ever mixes two editions."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

import pytest
from tests.published_site import Site, publish, site_on
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database


@pytest.fixture
def site(database: Database, settings: Settings) -> Site:
    return site_on(database, settings)


def test_a_hit_equals_the_miss_byte_for_byte(site: Site) -> None:
    first, second = (site.client.get("/list/?kind=exposure") for _ in range(2))
    assert site.written == {"/list/": 1}
    assert (first.status, first.get_data()) == (second.status, second.get_data())
    assert list(first.headers) == list(second.headers)


def test_a_publication_is_seen_at_once(site: Site, database: Database) -> None:
    assert site.client.get("/list/").text.startswith("0 0")
    publish(database)
    assert site.client.get("/list/").text.startswith("1 1")


def test_a_new_day_is_a_new_edition(site: Site) -> None:
    for instant in (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), datetime(2026, 11, 20, 16, 1, tzinfo=UTC)):
        with frozen(instant):
            site.client.get("/list/")
    assert site.written == {"/list/": 2}


def test_a_page_that_did_not_change_keeps_its_tag(site: Site, database: Database) -> None:
    tag = site.client.get("/constant/").headers["ETag"]
    publish(database)
    answer = site.client.get("/constant/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_data()) == (304, b"")
    assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("held", ["W/{}", '"other", {}', "*"])
def test_every_way_to_name_a_tag_is_understood(site: Site, held: str) -> None:
    tag = site.client.get("/constant/").headers["ETag"]
    assert site.client.get("/constant/", headers={"If-None-Match": held.format(tag)}).status_code == 304


def test_a_foreign_tag_gets_the_page(site: Site) -> None:
    assert site.client.get("/constant/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_headers_let_caches_keep_but_ask(site: Site) -> None:
    headers = site.client.get("/list/").headers
    assert headers["Cache-Control"] == "public, no-cache"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"].startswith('"')


def test_head_has_the_headers_alone(site: Site) -> None:
    page, head = site.client.get("/list/"), site.client.head("/list/")
    assert head.get_data() == b""
    assert list(head.headers) == list(page.headers)
    assert site.written == {"/list/": 1}


def test_a_head_that_comes_first_fills_the_page(site: Site) -> None:
    assert site.client.head("/list/").get_data() == b""
    assert site.client.get("/list/").text.startswith("0 0")
    assert site.written == {"/list/": 1}


def test_gzip_is_sent_to_those_who_take_it(site: Site) -> None:
    plain = site.client.get("/list/")
    packed = site.client.get("/list/", headers={"Accept-Encoding": "br, gzip"})
    refused = site.client.get("/list/", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data() == refused.get_data()
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert int(packed.headers["Content-Length"]) == len(packed.get_data())


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/list/?utm_source=x", "/list/"),
        ("/list/?page=2&kind=exposure", "/list/?kind=exposure&page=2"),
        ("/list/?kind=&page=1", "/list/"),
        ("/list/?kind=a&kind=b", "/list/?kind=a"),
        ("/list/?q=%20捷聘%00 ", "/list/?q=%E6%8D%B7%E8%81%98"),
        ("/list/?q=%6a", "/list/?q=j"),
        ("/list/?q=a%20b", "/list/?q=a+b"),
        ("/list/?q=it's(a)~*/", "/list/?q=it%27s%28a%29~%2A%2F"),
        ("/list/?q=%ff", "/list/?q=%EF%BF%BD"),
        ("/list/?" + "&".join(f"k{n}=1" for n in range(60)), "/list/"),
    ],
)
def test_every_other_spelling_leads_to_the_canonical_address(site: Site, asked: str, canonical: str) -> None:
    answer = site.client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, canonical)
    assert site.client.get(canonical).status_code == 200
    assert len(site.layer.shelf) <= 1


def test_chinese_words_stand_in_the_query(site: Site) -> None:
    address = "/list/?kind=%E6%9B%9D%E5%85%89"
    assert site.client.get(address).text == site.client.get(address).text
    assert site.written == {"/list/": 1}


def test_a_page_with_a_token_is_never_kept(site: Site) -> None:
    reader = site.client
    first = reader.get("/form/").text
    assert reader.get("/form/").text == first
    assert site.client.get("/form/").text != first
    assert len(site.layer.shelf) == 0


@pytest.mark.parametrize("path", ["/plain/", "/gone/", "/nowhere/", "/list/?q=a"])
def test_what_is_not_for_everybody_is_not_kept(site: Site, path: str) -> None:
    for _ in range(2):
        site.client.get(path)
    assert site.written[path.partition("?")[0]] == 2
    assert len(site.layer.shelf) == 0


def test_a_post_goes_to_the_app(site: Site) -> None:
    assert site.client.post("/list/").text == "sent"


def test_only_the_display_choice_of_all_cookies_makes_another_page(site: Site) -> None:
    for cookie in (
        "",
        "a=b",
        "display=text-large.contrast-high",
        "x=1; display=contrast-high.text-large.bad",
    ):
        Client(site.layer, use_cookies=False).get("/list/", headers={"Cookie": cookie})
    assert site.written == {"/list/": 2}


def test_the_memory_is_bounded(database: Database, settings: Settings) -> None:
    site = site_on(database, settings, capacity=400_000)
    for number in range(40):
        site.client.get(f"/large/{number}")
    assert 1 < len(site.layer.shelf) < 40
    assert site.layer.shelf.size <= 400_000
    site.client.get("/large/39")
    assert site.written["/large/39"] == 1


def test_a_page_too_large_for_the_shelf_is_sent_all_the_same(database: Database, settings: Settings) -> None:
    site = site_on(database, settings, capacity=50_000)
    assert site.client.get("/large/1").status_code == 200
    assert len(site.layer.shelf) == 0


def test_many_readers_of_a_new_page_make_the_app_work_once(site: Site) -> None:
    barrier = Barrier(8)

    def read() -> str:
        barrier.wait()
        return site.client.get("/list/").text

    with ThreadPoolExecutor(8) as pool:
        answers = [each.result() for each in [pool.submit(read) for _ in range(8)]]
    assert len(set(answers)) == 1
    assert site.written == {"/list/": 1}


def test_no_page_mixes_editions_or_comes_late(site: Site, database: Database) -> None:
    done, published = Event(), [0]

    def write() -> None:
        while not done.is_set():
            publish(database)
            published[0] += 1

    def read() -> int:
        faults = 0
        for _ in range(100):
            least = published[0]
            newest, count = map(int, site.client.get("/list/").text.split()[:2])
            faults += newest != count or newest < least
        return faults

    with ThreadPoolExecutor(5) as pool:
        writer = pool.submit(write)
        readers = [pool.submit(read) for _ in range(4)]
        found = [each.result() for each in readers]
        done.set()
        writer.result()
    assert found == [0, 0, 0, 0]
    assert published[0] > 1


def test_without_a_database_the_app_answers_itself(site: Site, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE event RENAME TO away")
    try:
        assert site.client.get("/constant/").text == "always the same"
    finally:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO event")
