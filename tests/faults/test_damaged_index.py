"""An index deleted, cut short or full of nonsense: lookups go on, and the next update heals it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from tests.lookups import asked, fill, postings

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.search.shelf import MANIFEST


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def register(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    fill(database)
    yield database
    database.dispose()


def deleted(settings: Settings) -> None:
    shutil.rmtree(settings.search_index)


def truncated(settings: Settings) -> None:
    os.truncate(postings(settings), 100)


def emptied(settings: Settings) -> None:
    for path in settings.search_index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def scrambled(settings: Settings) -> None:
    for path in settings.search_index.rglob("*"):
        if path.is_file():
            path.write_bytes(os.urandom(path.stat().st_size))


def one_bit_flipped(settings: Settings) -> None:
    path = postings(settings)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 4
    path.write_bytes(raw)


def manifest_forged(settings: Settings) -> None:
    path = settings.search_index / MANIFEST
    path.write_text(path.read_text().replace('"position": 3', '"position": 4'))


def segment_gone(settings: Settings) -> None:
    shutil.rmtree(settings.search_index / "segments")


WAYS = (deleted, truncated, emptied, scrambled, one_bit_flipped, manifest_forged, segment_gone)


@pytest.mark.parametrize("damage", WAYS)
@pytest.mark.parametrize("open_before", [True, False])
def test_a_damaged_index_is_noticed_and_healed(
    settings: Settings, register: Database, damage: Callable[[Settings], None], *, open_before: bool
) -> None:
    indexer.rebuild(settings, register)
    if open_before:
        assert asked(settings, register, "远帆").from_index
    damage(settings)
    found = asked(settings, register, "远帆")
    assert (found.total, found.from_index) == (1, False)
    indexer.update(settings, register)
    found = asked(settings, register, "远帆")
    assert (found.total, found.from_index) == (1, True)
    assert indexer.verify(settings, register) == []
