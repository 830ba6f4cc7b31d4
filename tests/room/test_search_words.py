"""The words of the register: places its lists name, services in words of their own, names as people say them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import make
from tests.conftest import settings_in
from tests.lookups import asked, enrolled, names

from chengxin.agencies.models import AgencyService
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.search.ranking import Matched

EASTERN, WESTERN = "远帆（东湖）人才服务有限公司", "启程劳务派遣有限公司"


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def register(database: Database) -> Database:
    """Fill a register that knows one division and hears of others from its lists."""
    with database.writing() as session:
        make.region(session)
        eastern = enrolled(session, EASTERN, place="云岭市东湖区")
        western = enrolled(session, WESTERN, place="云岭市西坪县")
        session.add(AgencyService(agency_id=eastern.id, service="网络招聘"))
        session.add(AgencyService(agency_id=western.id, service="recruitment"))
    return database


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("云岭", {EASTERN, WESTERN}),
        ("东湖区", {EASTERN}),
        ("西坪", {WESTERN}),
        ("xiping", {WESTERN}),
        ("西坪 启程", {WESTERN}),
        ("云岭 网络招聘", {EASTERN}),
    ],
)
def test_a_place_that_only_lists_name_is_understood(
    place: Settings, register: Database, typed: str, found: set[str]
) -> None:
    indexer.rebuild(place, register)
    assert set(names(register, asked(place, register, typed))) == found


def test_the_service_named_just_so_comes_first(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    assert names(register, asked(place, register, "云岭 人力资源招聘")) == [WESTERN, EASTERN]


@pytest.mark.parametrize("indexed", [True, False])
def test_a_narrower_service_counts_with_the_broader_one(
    place: Settings, register: Database, *, indexed: bool
) -> None:
    if indexed:
        indexer.rebuild(place, register)
    assert asked(place, register, "", service="recruitment").total == 2


@pytest.mark.parametrize("typed", ["东湖远帆人才", "donghuyuanfan", "dhyfrcfw"])
def test_a_name_is_found_with_its_place_in_front(place: Settings, register: Database, typed: str) -> None:
    indexer.rebuild(place, register)
    assert names(register, asked(place, register, typed)) == [EASTERN]


def test_a_name_said_in_another_order_is_no_alias(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    (hit,) = asked(place, register, "东湖远帆人才").hits
    assert hit.matched is Matched.NAME
