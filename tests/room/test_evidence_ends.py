"""The end of evidence: erased, swept, or sealed to other keys; a failing disk leaves nothing half done."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.cabinet import CASE, OTHER, Cabinet, picture

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.errors import StaleError
from chengxin.core.sealing import Keyring, SealError
from chengxin.evidence import actions, keeping, resealing, sealed, sweeping
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Scan
from chengxin.evidence.sealed import Piece


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


def test_a_missing_file_keeps_no_other_from_being_sealed_anew(cabinet: Cabinet) -> None:
    lost, kept, fresh = cabinet.keep(picture(1)), cabinet.keep(picture(2)), Keyring.generate()
    cabinet.shelf.clear([lost.name])
    with cabinet.database.writing() as session:
        assert resealing.resealed(session, cabinet.keys, fresh.recipients, shelf=cabinet.shelf) == 2
    assert sealed.open_file(kept, cabinet.shelf.take(kept.name), fresh)


def test_a_file_lies_whole_on_the_disk_before_its_row_is_committed(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies in between leaves a file without a row, never a row without a file."""
    synced: list[int] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        synced.append(handle)
        fsync(handle)

    def add(session: Session, piece: Piece) -> Evidence:
        assert cabinet.shelf.take(piece.name) == piece.sealed_file
        assert len(synced) >= 2, "the file and its folder"
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", watched)
    piece = cabinet.piece()
    with pytest.raises(KeyboardInterrupt):
        keeping.laid_down(cabinet.settings, cabinet.database, piece, add)
    assert cabinet.rows() == []
    assert cabinet.files() == [piece.name]
    assert sweeping.sweep(cabinet.settings, cabinet.database, older_than=-60) == 1
    assert cabinet.files() == []


def test_a_scan_again_waits_for_the_scanner_anew(cabinet: Cabinet) -> None:
    row = cabinet.keep(picture(1))
    with pytest.raises(StaleError), cabinet.database.writing() as session:
        actions.scan_again(session, actor="account:1", evidence_id=row.id)
    with cabinet.database.writing() as session:
        actions.note_scan(session, actor="worker", evidence_id=row.id, scan=Scan.FAILED)
        actions.scan_again(session, actor="account:1", evidence_id=row.id)
    assert cabinet.rows()[0].scan == Scan.UNSCANNED


def test_only_an_infected_file_is_erased_by_itself(cabinet: Cabinet) -> None:
    row, other = cabinet.keep(picture(1)), cabinet.keep(picture(2))
    for number in (row.id, 999):
        with pytest.raises(StaleError), cabinet.database.writing() as session:
            actions.erase_infected(session, actor="account:1", evidence_id=number)
    with cabinet.database.writing() as session:
        actions.note_scan(session, actor="worker", evidence_id=row.id, scan=Scan.INFECTED)
        names = actions.erase_infected(session, actor="account:1", evidence_id=row.id)
    cabinet.shelf.clear(names)
    assert cabinet.files() == [other.name]
    assert [each.erased_on is None for each in cabinet.rows()] == [False, True]
