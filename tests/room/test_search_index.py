"""The life of the index: built, followed, damaged, healed; a lookup always has an answer."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.conftest import settings_in
from tests.lookups import asked, enrolled, fill, names, postings, told
from whoosh.index import open_dir
from whoosh.query import Term

from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.search import indexer
from chengxin.search.queries import LookupRequest, lookup
from chengxin.search.ranking import Matched
from chengxin.search.whoosh import indexer as whoosh_indexer
from chengxin.search.whoosh.format import INDEX_NAME
from chengxin.search.whoosh.searcher import Searcher, searcher_of
from chengxin.search.whoosh.shelf import FOLLOWED, MANIFEST, Shelf


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def register(database: Database) -> Database:
    fill(database)
    return database


def test_reading_never_writes(place: Settings, register: Database) -> None:
    asked(place, register, "远帆")
    assert not place.search_index.exists()


def test_without_an_index_the_database_answers(place: Settings, register: Database) -> None:
    found = asked(place, register, "远帆")
    assert (found.total, found.from_index) == (1, False)


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"standing": "registered"}, 4),
        ({"standing": "exposed"}, 0),
        ({"standing": "nonsense"}, 0),
        ({"licence": "valid"}, 4),
        ({"licence": "expired"}, 0),
        ({"licence": "none"}, 0),
        ({"region": "990101"}, 1),
        ({"grade": "AAA"}, 1),
        ({"service": "dispatch"}, 1),
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_a_filter_means_the_same_with_and_without_an_index(
    place: Settings, register: Database, filters: dict[str, str], total: int, *, indexed: bool
) -> None:
    if indexed:
        indexer.rebuild(place, register)
    found = asked(place, register, "", **filters)
    assert (found.total, found.from_index) == (total, indexed)


def test_a_built_index_answers(place: Settings, register: Database) -> None:
    assert indexer.rebuild(place, register) == 4
    found = asked(place, register, "远帆")
    assert (names(register, found), found.from_index) == (["江州远帆人力资源有限公司"], True)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("江州远帆", Matched.NAME),
        ("白鹭人才", Matched.FORMER),
        ("yuanfan", Matched.PINYIN),
        ("yuan fan", Matched.PINYIN),
        ("jzyfrlzy", Matched.INITIALS),
        ("遠帆人力資源", Matched.NAME),
        ("江州圆帆人力资源", Matched.PINYIN),
        ("江州远航人力资源", Matched.SIMILAR),
    ],
)
def test_an_agency_is_found_and_says_why(
    place: Settings, register: Database, typed: str, why: Matched
) -> None:
    indexer.rebuild(place, register)
    found = asked(place, register, typed)
    assert names(register, found)[0] == "江州远帆人力资源有限公司"
    assert found.hits[0].matched is why


def test_whoosh_itself_reads_what_was_written(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    index = open_dir(str(postings(place).parent), indexname=INDEX_NAME)
    with index.searcher() as searcher:
        named = [Term("name", pair) for pair in ("江州", "人力", "东湖")]
        held = searcher.reader().column_reader("agency")
        found = [sorted(held[number] for number in searcher.docs_for_query(term)) for term in named]
    ours = [asked(place, register, pair) for pair in ("江州", "人力")]
    assert [len(agencies) for agencies in found] == [2, 1, 1]
    assert found[1] == [hit.agency_id for hit in ours[1].hits]
    index.close()


def test_an_empty_query_lists_every_agency_with_counts(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    found = asked(place, register, "")
    assert found.total == 4
    assert found.facets.grade == {"AAA": 1}
    assert found.facets.region == {"990000": 4, "990100": 1, "990101": 1}
    assert found.facets.service == {"dispatch": 1}
    assert found.facets.standing == {"registered": 4}


def test_filters_narrow_and_leave_their_own_counts(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    found = asked(place, register, "", service="dispatch", region="990101")
    assert found.total == 1
    assert found.facets.service == {"dispatch": 1}
    assert asked(place, register, "", standing="exposed").total == 0


def test_an_empty_register_has_an_index_too(place: Settings, database: Database) -> None:
    assert indexer.rebuild(place, database) == 0
    assert [asked(place, database, q).total for q in ("", "远帆", "yuanfan", "jzyf", "黄牌")] == [0] * 5


def test_the_index_follows_the_ledger(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    with register.writing() as session:
        enrolled(session, "江州百川职业介绍有限公司")
    assert asked(place, register, "百川").total == 0
    assert indexer.update(place, register) == 1
    assert asked(place, register, "百川").total == 1
    assert asked(place, register, "").total == 5


def test_a_changed_agency_is_not_found_by_what_it_was(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    with register.writing() as session:
        agency = session.get(Agency, asked(place, register, "启程").hits[0].agency_id)
        assert agency
        agency.name = agency.folded_name = "江州晨光劳务派遣有限公司"
        told(session, agency)
    indexer.update(place, register)
    assert [asked(place, register, q).total for q in ("启程", "晨光", "")] == [0, 1, 4]


def test_a_merged_agency_is_no_longer_found(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    with register.writing() as session:
        one, two = (asked(place, register, q).hits[0].agency_id for q in ("启程", "远帆"))
        agency = session.get(Agency, one)
        assert agency
        agency.merged_into_id = two
        told(session, agency)
    indexer.update(place, register)
    assert [asked(place, register, q).total for q in ("启程", "")] == [0, 3]


def test_events_about_nothing_public_leave_the_index_alone(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    before = (place.search_index / MANIFEST).read_bytes()
    with register.writing() as session:
        record(session, actor="public", verb="file", subject=Subject("complaint", 1))
    assert indexer.update(place, register) == 0
    followed = (place.search_index / FOLLOWED).stat()
    assert indexer.update(place, register) == 0
    assert (place.search_index / FOLLOWED).stat() == followed
    assert (place.search_index / MANIFEST).read_bytes() == before
    assert indexer.verify(place, register) == []


def test_many_small_updates_are_gathered_into_one(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    for number in range(whoosh_indexer.MOST_DELTAS + 3):
        with register.writing() as session:
            enrolled(session, f"江州第{number:03d}号劳务服务站")
        indexer.update(place, register)
    manifest = Shelf(place.search_index).read()
    assert manifest is not None
    assert len(manifest.parts) <= whoosh_indexer.MOST_DELTAS + 1
    assert asked(place, register, "").total == 4 + whoosh_indexer.MOST_DELTAS + 3


def test_a_licence_past_its_term_counts_as_expired(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    with register.reading() as session:
        searcher = searcher_of(place.search_index)
        later = lookup(session, searcher, LookupRequest(), today=date(2030, 1, 1))
    assert later.facets.licence == {"expired": 4}


def test_verify_tells_that_the_index_is_behind(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    with register.writing() as session:
        enrolled(session, "江州百川职业介绍有限公司")
    assert "behind" in indexer.verify(place, register)[0]


def test_another_process_sees_a_new_index(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    other = Searcher(place.search_index)
    first = other.engine()
    assert other.engine() is first
    with register.writing() as session:
        enrolled(session, "江州百川职业介绍有限公司")
    indexer.update(place, register)
    second = other.engine()
    assert second is not first
    assert second is not None
    assert second.size == 5


def test_a_write_that_died_half_way_leaves_the_old_index(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    shelf = Shelf(place.search_index)
    half = shelf.new_part()
    (half / "half.trm").write_bytes(b"half")
    assert asked(place, register, "远帆").from_index
    indexer.rebuild(place, register)
    assert not half.exists()


def test_two_writers_never_write_at_once(place: Settings, register: Database) -> None:
    with Shelf(place.search_index).writing() as alone:
        assert alone
        assert indexer.update(place, register) == 0
        with pytest.raises(indexer.IndexBusyError):
            indexer.rebuild(place, register)


def test_a_database_put_back_to_an_older_state_makes_a_new_index(
    place: Settings, register: Database, tmp_path: Path, migrated_file: Path
) -> None:
    indexer.rebuild(place, register)
    shutil.copyfile(migrated_file, tmp_path / "older.db")
    older = Database(settings_in(tmp_path, database_url=f"sqlite:///{tmp_path / 'older.db'}"))
    assert asked(place, older, "").total == 4
    indexer.update(place, older)
    assert asked(place, older, "").total == 0
    older.dispose()


def test_many_threads_share_one_engine(place: Settings, register: Database) -> None:
    indexer.rebuild(place, register)
    typed = ["远帆", "江州", "yuanfan", "jzyf", "", "江州远航人力资源", "黄牌"] * 30
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda q: asked(place, register, q), typed))
    assert all(each.from_index for each in found)
    assert [each.total for each in found[:7]] == [each.total for each in found[-7:]]


def test_an_index_that_gave_nonsense_is_tried_again(
    place: Settings, register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.rebuild(place, register)
    searcher = Searcher(place.search_index)
    assert searcher.engine()
    searcher.distrust(ValueError())
    assert searcher.engine() is None
    monkeypatch.setattr("chengxin.search.whoosh.searcher.time.monotonic", lambda: 1e12)
    assert searcher.engine()


def test_a_lookup_looks_at_one_file_only(
    place: Settings, register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.rebuild(place, register)
    searcher = Searcher(place.search_index)
    monkeypatch.setattr("chengxin.search.whoosh.searcher.time.monotonic", lambda: 1.0)
    searcher.engine()
    looked_at: list[object] = []
    real = os.stat

    def counted(path: str) -> os.stat_result:
        looked_at.append(path)
        return real(path)

    monkeypatch.setattr("chengxin.search.whoosh.shelf.os.stat", counted)
    assert all(searcher.engine() for _ in range(50))
    assert looked_at == [str(place.search_index / MANIFEST)] * 50
