"""The end of evidence: erased, swept, or sealed to other keys; a failing disk leaves nothing half done."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.cabinet import CASE, OTHER, Cabinet, picture

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.sealing import Keyring, SealError
from chengxin.evidence import actions, resealing, sealed, sweeping
from chengxin.evidence.models import Evidence


@pytest.fixture
def cabinet(database: Database, tmp_path: Path) -> Cabinet:
    return Cabinet(database, tmp_path)


def test_erased_evidence_leaves_a_row_with_a_day_and_nothing_to_open(cabinet: Cabinet) -> None:
    row, other = cabinet.keep(picture(1)), cabinet.keep(picture(2), OTHER)
    with frozen(datetime(2027, 1, 5, 4, tzinfo=UTC)), cabinet.database.writing() as session:
        names = actions.erase_of(session, actor="worker", subject=CASE, reason="retention")
    cabinet.shelf.clear(names)
    assert names == [row.name]
    assert cabinet.files() == [other.name]
    erased = cabinet.rows()[0]
    assert (erased.erased_on, erased.sealed_title, erased.digest) == (date(2027, 1, 5), None, None)
    with cabinet.database.writing() as session:
        assert actions.erase_of(session, actor="worker", subject=CASE) == []
    assert cabinet.events()[2:] == ["evidence.erased"]


def test_what_was_erased_and_what_was_never_committed_is_swept(cabinet: Cabinet) -> None:
    erased, kept = cabinet.keep(picture(1)), cabinet.keep(picture(2), OTHER)
    with cabinet.database.writing() as session:
        actions.erase_of(session, actor="worker", subject=CASE)
    cabinet.shelf.put("orphan", b"x")
    (cabinet.shelf.folder / ".draft-1").write_bytes(b"half")
    assert sweeping.sweep(cabinet.settings, cabinet.database) == 0
    for name in (erased.name, kept.name, "orphan", ".draft-1"):
        os.utime(cabinet.shelf.folder / name, (1, 1))
    assert sweeping.sweep(cabinet.settings, cabinet.database) == 3
    assert cabinet.files() == [kept.name]


def test_a_file_whose_row_was_not_committed_leaves_the_database_alone(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        cabinet.keep(picture(1))
    assert cabinet.files() == []
    with cabinet.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_evidence_is_sealed_to_new_keys_and_opens_with_them_alone(cabinet: Cabinet) -> None:
    row, fresh = cabinet.keep(picture(1)), Keyring.generate()
    before = sealed.open_file(row, cabinet.shelf.take(row.name), cabinet.keys)
    for expected in (1, 0):
        ring = Keyring((*fresh.keys, *cabinet.keys.keys))
        with cabinet.database.writing() as session:
            assert resealing.resealed(session, ring, fresh.recipients, shelf=cabinet.shelf) == expected
    (now,) = cabinet.rows()
    assert sealed.open_file(now, cabinet.shelf.take(now.name), fresh) == before
    assert sealed.open_title(now, fresh) == "聊天.png"
    with pytest.raises(SealError):
        sealed.open_title(now, cabinet.keys)
