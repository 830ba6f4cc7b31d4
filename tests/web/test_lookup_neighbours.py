"""The agencies beside an agency: look-alikes on answers and both files, departures told, mergers redirected."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from sqlalchemy import select
from tests import lookups, make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.agencies import merging
from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import following, indexer

Reader = Callable[..., Page]
HOMOPHONE, OTHER = "江州众合人力资源有限公司", "江州众和人力资源有限公司"
CODE = "91990101MA0000001K"


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def records(settings: Settings) -> Database:
    return Database(settings)


def enrol(records: Database, *names: str, **values: object) -> list[Agency]:
    with records.writing() as session:
        make.region(session)
        return [lookups.enrolled(session, name, **values) for name in names]


def follow(settings: Settings, records: Database) -> None:
    indexer.rebuild(settings, records)
    following.follow(records)


def section(page: Page, name: str) -> str:
    return " ".join(page.tree.xpath(f"string(//section[@aria-labelledby='{name}'])").split())


def test_both_files_name_the_other_with_what_tells_them_apart(
    page: Reader, settings: Settings, records: Database
) -> None:
    one, other = enrol(records, HOMOPHONE, OTHER)
    follow(settings, records)
    for own, far, names in ((one, other, "众合／众和"), (other, one, "众和／众合")):
        told = section(page(f"/agencies/{own.uid}/"), "alike")
        assert far.name in told
        assert f"同音：{names}" in told
        assert "江州市" in told
        assert "人服证字" in told


def test_programs_learn_of_look_alikes_too(client: Client, settings: Settings, records: Database) -> None:
    one, other = enrol(records, HOMOPHONE, OTHER)
    follow(settings, records)
    (told,) = client.get(f"/agencies/{one.uid}.json").get_json()["look_alikes"]
    assert (told["uid"], told["why"], told["place"]) == (other.uid, "homophone", "江州市")


def test_the_best_answer_brings_its_look_alikes(page: Reader, settings: Settings, records: Database) -> None:
    enrol(records, HOMOPHONE, OTHER)
    follow(settings, records)
    listed = page(f"/agencies/?q={quote(HOMOPHONE)}")
    assert "查到1家" in listed.text
    assert OTHER in section(listed, "alike")
    assert OTHER not in section(listed, "found")


def test_a_look_alike_among_the_answers_is_marked_as_another_agency(
    page: Reader, settings: Settings, records: Database
) -> None:
    first, other = enrol(records, HOMOPHONE, "江州众合劳务派遣有限公司")
    follow(settings, records)
    listed = page(f"/agencies/?q={quote('众合')}")
    assert {first.name, other.name} <= set(listed.tree.xpath("//p[@class='title']/a/text()"))
    assert section(listed, "found").count("另一家机构：同一字号") == 1
    assert section(listed, "alike") == ""


def test_a_slip_is_answered_with_nothing_found_and_the_similar_apart(
    page: Reader, settings: Settings, records: Database
) -> None:
    enrol(records, "江州启明星人力资源有限公司")
    follow(settings, records)
    listed = page(f"/agencies/?q={quote('江州启明心海人力资源有限公司')}")
    assert "查到0家" in listed.text
    assert "江州启明星人力资源有限公司" not in section(listed, "found")
    assert "江州启明星人力资源有限公司" in section(listed, "similar")


def test_the_page_is_whole_in_english(page: Reader, settings: Settings, records: Database) -> None:
    one, *_rest = enrol(records, HOMOPHONE, OTHER)
    follow(settings, records)
    file = page(f"/en/agencies/{one.uid}/")
    assert "Same sound: 众合 / 众和" in section(file, "alike")
    assert file.unmarked_chinese == []
    assert page(f"/en/agencies/?q={quote('众合')}").unmarked_chinese == []


def test_a_file_is_kept_only_once_its_look_alikes_are_known(
    client: Client, settings: Settings, records: Database
) -> None:
    one, other = enrol(records, HOMOPHONE, OTHER)
    address = f"/agencies/{one.uid}/"
    assert other.name not in client.get(address).text
    follow(settings, records)
    assert other.name in client.get(address).text


def test_an_agency_that_left_is_told_apart_from_one_never_listed(
    page: Reader, settings: Settings, records: Database
) -> None:
    (gone,) = enrol(
        records, "江州鸿运人力资源有限公司", status="unlisted", left_on=date(2026, 5, 7), source="台账"
    )
    follow(settings, records)
    listed = page(f"/agencies/?q={quote('鸿运')}")
    assert "曾经在册，来源名单已不再列出（2026年5月7日）" in listed.text
    file = page(f"/agencies/{gone.uid}/")
    assert "曾经在册，来源名单已不再列出（2026年5月7日）" in file.text
    assert "最后一次见于：台账" in file.text
    assert "正常在册" not in file.text
    assert "也没有这个名称的机构曾经在册" in page(f"/agencies/?q={quote('春风')}").text


@pytest.fixture
def heir(settings: Settings, records: Database) -> tuple[str, str]:
    old, new = enrol(records, "江州启明职业介绍所", "江州百川人才有限公司")
    with records.writing() as session:
        merged, into = session.get(Agency, old.id), session.get(Agency, new.id)
        assert merged is not None
        assert into is not None
        merged.uscc = CODE
        merging.merge(session, actor="command", old=merged, new=into, reason="吸收合并")
    follow(settings, records)
    return old.uid, new.uid


def test_every_old_address_leads_to_the_successor(client: Client, heir: tuple[str, str]) -> None:
    old, new = heir
    for suffix in ("/", ".json", "/feed.atom", "/rate"):
        answer = client.get(f"/agencies/{old}{suffix}")
        assert (answer.status_code, answer.location) == (301, f"/agencies/{new}{suffix}")
    answer = client.get(f"/agencies/by-uscc/{CODE}", follow_redirects=True)
    assert answer.request.path == f"/agencies/{new}/"


@pytest.mark.parametrize("q", ["启明职业", "江州启明职业介绍所", "qiming", CODE])
def test_the_old_name_and_number_find_the_successor(page: Reader, heir: tuple[str, str], q: str) -> None:
    listed = page(f"/agencies/?q={quote(q)}")
    assert listed.tree.xpath("//section[@aria-labelledby='found']//p[@class='title']/a/text()") == [
        "江州百川人才有限公司"
    ]


def test_the_successor_says_whom_it_took_over(page: Reader, heir: tuple[str, str]) -> None:
    assert "已并入它的机构：江州启明职业介绍所" in page(f"/agencies/?q={quote('启明职业')}").text
    assert "已并入本机构：江州启明职业介绍所" in page(f"/agencies/{heir[1]}/").text


def test_a_merger_hides_no_notice_in_force(
    page: Reader, client: Client, records: Database, heir: tuple[str, str]
) -> None:
    old, new = heir
    with records.writing() as session:
        found = session.scalars(select(Agency).where(Agency.uid == old)).one()
        make.notice(session, agency_id=found.id)
    file = page(f"/agencies/{old}/")
    assert "失信曝光" in file.text
    assert "现已并入：江州百川人才有限公司" in file.text
    assert file.tree.xpath(f"//main//a[@href='/agencies/{new}/']")
    assert client.get(f"/agencies/{old}.json").get_json()["merged_into"] == new
