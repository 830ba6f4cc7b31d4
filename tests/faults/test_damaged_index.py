"""An index deleted, cut short, swapped or full of nonsense: no wrong answer, no failure, and it is healed."""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import NullPool, create_engine, event, text
from tests.conftest import POSTGRESQL
from tests.engines import installation, without_tables
from tests.lookups import asked, enrolled, fill, postings

from chengxin.app import create_public
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.web import Installation
from chengxin.search import indexer
from chengxin.search.postgresql.tables import schema_of, state_in
from chengxin.search.whoosh import searcher
from chengxin.search.whoosh.codes import FILE as CODES
from chengxin.search.whoosh.segments import ALPHABET, TABLES, TEXT
from chengxin.search.whoosh.shelf import MANIFEST, WORDS

MORE = 60
QUESTIONS = (
    "", "远帆", "江州", "东湖", "白鹭人才", "yuanfan", "jzyf", "江州远航人力资源", "新办", "人力资源有限公司", "2024", "9",
)  # fmt: skip


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def register(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    fill(database)
    with database.writing() as session:
        for number in range(MORE):
            enrolled(session, f"江州新办第{number}人力资源有限公司")
    yield database
    database.dispose()


def deleted(settings: Settings) -> None:
    shutil.rmtree(settings.search_index)


def truncated(settings: Settings) -> None:
    os.truncate(postings(settings), 100)


def emptied(settings: Settings) -> None:
    for path in files(settings):
        path.write_bytes(b"")


def scrambled(settings: Settings) -> None:
    for path in files(settings):
        path.write_bytes(os.urandom(path.stat().st_size))


def manifest_forged(settings: Settings) -> None:
    path = settings.search_index / MANIFEST
    path.write_text(path.read_text().replace('"position": ', '"position": 1'))


def segment_gone(settings: Settings) -> None:
    shutil.rmtree(settings.search_index / "segments")


def turned_round(settings: Settings) -> None:
    path = postings(settings)
    path.write_bytes(path.read_bytes()[::-1])


def swapped_within(settings: Settings) -> None:
    first, second = postings(settings), postings(settings).parent / CODES
    held = first.read_bytes(), second.read_bytes()
    first.write_bytes(held[1])
    second.write_bytes(held[0])


WAYS = (
    deleted, truncated, emptied, scrambled, manifest_forged, segment_gone, turned_round, swapped_within,
)  # fmt: skip


def files(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.search_index.rglob("*") if path.is_file())


def client_of(settings: Settings, database: Database) -> FlaskClient:
    return create_public(Installation(settings=settings, database=database, secret="one")).test_client()


def answers(settings: Settings, register: Database) -> list[tuple[int, list[int]]]:
    found = (asked(settings, register, q) for q in QUESTIONS)
    return [(each.total, [hit.agency_id for hit in each.hits]) for each in found]


def never_wrong(settings: Settings, register: Database, right: list[tuple[int, list[int]]]) -> None:
    """Ask everything; what the index still answers must be right, the rest is the database's to answer."""
    for q, expected in zip(QUESTIONS, right, strict=True):
        found = asked(settings, register, q)
        if found.from_index:
            assert (found.total, [hit.agency_id for hit in found.hits]) == expected


def healed(settings: Settings, register: Database, right: list[tuple[int, list[int]]]) -> None:
    indexer.update(settings, register)
    assert indexer.verify(settings, register) == []
    assert answers(settings, register) == right
    assert asked(settings, register, "远帆").from_index


@pytest.mark.parametrize("damage", WAYS)
@pytest.mark.parametrize("open_before", [True, False])
def test_a_damaged_index_gives_no_wrong_answer_and_is_healed(
    settings: Settings, register: Database, damage: Callable[[Settings], None], *, open_before: bool
) -> None:
    indexer.rebuild(settings, register)
    right = answers(settings, register)
    if not open_before:
        searcher.searcher_of.cache_clear()
    damage(settings)
    never_wrong(settings, register, right)
    healed(settings, register, right)


@pytest.mark.parametrize("ending", [".pst", CODES, TABLES, TEXT, ALPHABET, WORDS, MANIFEST])
@pytest.mark.parametrize("open_before", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_one_flipped_bit_gives_no_wrong_answer_and_is_healed(
    settings: Settings, register: Database, ending: str, seed: int, *, open_before: bool
) -> None:
    indexer.rebuild(settings, register)
    right = answers(settings, register)
    if not open_before:
        searcher.searcher_of.cache_clear()
    (path,) = (path for path in files(settings) if path.name.endswith(ending))
    raw = bytearray(path.read_bytes())
    raw[random.Random(seed).randrange(len(raw))] ^= 1 << seed
    path.write_bytes(raw)
    never_wrong(settings, register, right)
    healed(settings, register, right)


@pytest.mark.parametrize("ending", [".pst", CODES])
def test_rot_that_leaves_no_trace_in_the_file_system_is_found_in_time(
    settings: Settings, register: Database, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.rebuild(settings, register)
    assert indexer.update(settings, register) == 0
    right = answers(settings, register)
    (path,) = (path for path in files(settings) if path.name.endswith(ending))
    touched = path.stat()
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 8
    path.write_bytes(raw)
    os.utime(path, ns=(touched.st_atime_ns, touched.st_mtime_ns))
    never_wrong(settings, register, right)
    later = time.monotonic() + searcher.PROVE_EVERY + 1
    monkeypatch.setattr("chengxin.search.whoosh.searcher.time.monotonic", lambda: later)
    healed(settings, register, right)


def test_the_file_of_another_segment_is_not_taken_for_the_own_one(
    settings: Settings, register: Database
) -> None:
    indexer.rebuild(settings, register)
    with register.writing() as session:
        enrolled(session, "江州百川职业介绍有限公司")
    indexer.update(settings, register)
    right = answers(settings, register)
    for ending in (".pst", CODES, TABLES, TEXT):
        first, second = (path for path in files(settings) if path.name.endswith(ending))
        held = first.read_bytes(), second.read_bytes()
        first.write_bytes(held[1])
        second.write_bytes(held[0])
    never_wrong(settings, register, right)
    searcher.searcher_of.cache_clear()
    never_wrong(settings, register, right)
    healed(settings, register, right)


@pytest.mark.parametrize("damage", WAYS)
def test_the_pages_of_a_damaged_index_are_no_error_pages(
    settings: Settings, register: Database, damage: Callable[[Settings], None]
) -> None:
    indexer.rebuild(settings, register)
    client = client_of(settings, register)
    assert client.get("/agencies/", query_string={"q": "远帆"}).status_code == 200
    damage(settings)
    for q in QUESTIONS:
        page = client.get("/agencies/", query_string={"q": q} if q else {}, follow_redirects=True)
        answer = client.get("/api/v1/agencies", query_string={"q": q})
        assert (page.status_code, answer.status_code) == (200, 200)


needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="CHENGXIN_TEST_POSTGRESQL is not set")


@pytest.fixture
def on_postgresql(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Database]]:
    with installation(request, tmp_path, "postgresql") as (settings, database):
        fill(database)
        indexer.rebuild(settings, database)
        yield settings, database


def set_gone(database: Database) -> None:
    with database.engine.begin() as connection:
        state = state_in(connection, schema_of(connection))
        assert state
        connection.execute(text(f"DROP TABLE {state.agency}"))


def state_gone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {schema_of(connection)}.state"))


@needs_postgresql
@pytest.mark.parametrize("damage", [without_tables, set_gone, state_gone])
def test_lost_tables_are_answered_for_and_made_again(
    on_postgresql: tuple[Settings, Database], damage: Callable[[Database], None]
) -> None:
    settings, database = on_postgresql
    right = answers(settings, database)
    assert asked(settings, database, "远帆").from_index
    damage(database)
    found = asked(settings, database, "远帆")
    assert (found.total, found.from_index) == (1, False)
    assert indexer.verify(settings, database) != []
    healed(settings, database, right)


def backends_of(database: Database) -> list[int]:
    """Return a list that fills with the number of each backend the database opens from now on."""
    numbers: list[int] = []
    database.dispose()
    event.listen(database.engine, "connect", lambda raw, _record: numbers.append(raw.info.backend_pid))
    return numbers


@needs_postgresql
def test_a_database_that_came_back_is_asked_again(on_postgresql: tuple[Settings, Database]) -> None:
    settings, database = on_postgresql
    own = backends_of(database)
    client = client_of(settings, database)
    words = {"q": "江州"}
    assert client.get("/agencies/", query_string=words).status_code == 200
    assert own
    with create_engine(database.engine.url, poolclass=NullPool).begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM unnest(:own) AS pid"), {"own": own})
    assert client.get("/agencies/", query_string=words).status_code == 200
    assert asked(settings, database, "远帆").from_index
