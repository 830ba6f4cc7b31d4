"""Evidence in the database and on the shelf: kept once, counted exactly, scanned now or later."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import evidence_files as files
from tests.cabinet import CASE, OTHER, Cabinet, picture
from tests.conftest import settings_in
from tests.scanner import EICAR, nobodys_address, scanner

from chengxin.config import Settings
from chengxin.core.clock import Pause, frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import Keyring, SealError
from chengxin.evidence import actions, queries, scanning, sealed
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import FullError, InfectedError, Room, Scan


@pytest.fixture
def cabinet(database: Database, tmp_path: Path) -> Cabinet:
    return Cabinet(database, tmp_path)


def test_a_file_is_kept_sealed_and_opens_only_with_the_key_of_the_desk(cabinet: Cabinet) -> None:
    row = cabinet.keep(files.jpeg())
    lying = cabinet.shelf.take(row.name)
    opened = sealed.open_file(row, lying, cabinet.keys)
    assert opened.startswith(b"\xff\xd8")
    assert files.LATIN not in opened
    assert sealed.open_title(row, cabinet.keys) == "聊天.png"
    assert opened[20:60] not in lying
    with pytest.raises(SealError):
        sealed.open_file(row, lying, Keyring.generate())


def test_a_file_that_was_exchanged_for_another_does_not_open(cabinet: Cabinet) -> None:
    first, second = cabinet.keep(picture(1)), cabinet.keep(picture(2))
    with pytest.raises(SealError):
        sealed.open_file(first, cabinet.shelf.take(second.name), cabinet.keys)


def test_a_row_knows_the_day_and_nothing_closer(cabinet: Cabinet) -> None:
    with frozen(datetime(2026, 11, 20, 17, tzinfo=UTC)):
        row = cabinet.keep(picture(1))
    assert row.added_on == date(2026, 11, 21)
    assert (row.media, row.scan, row.from_staff) == ("png", Scan.UNSCANNED, False)
    assert row.name not in row.sealed_title.hex() if row.sealed_title else False
    assert cabinet.events() == ["evidence.added"]


def test_the_same_file_sent_twice_is_kept_once(cabinet: Cabinet) -> None:
    first, again = cabinet.keep(files.jpeg()), cabinet.keep(files.jpeg())
    assert first.id == again.id
    assert cabinet.files() == [first.name]
    assert cabinet.keep(files.jpeg(), OTHER).id != first.id


def test_the_same_file_sent_by_many_at_once_is_kept_once(cabinet: Cabinet) -> None:
    threads = [threading.Thread(target=cabinet.keep, args=(picture(1),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (row,) = cabinet.rows()
    assert cabinet.files() == [row.name]
    assert cabinet.events() == ["evidence.added"]


def test_an_eleventh_file_of_a_case_is_refused_and_leaves_nothing(cabinet: Cabinet) -> None:
    for number in range(10):
        cabinet.keep(picture(number))
    with pytest.raises(FullError, match="10 files"):
        cabinet.keep(picture(11))
    assert len(cabinet.files()) == len(cabinet.rows()) == 10
    assert len(cabinet.events()) == 10
    cabinet.keep(picture(11), OTHER)


def test_the_limits_hold_when_many_send_at_once(cabinet: Cabinet) -> None:
    refused: list[int] = []

    def send(number: int) -> None:
        try:
            cabinet.keep(picture(number))
        except FullError:
            refused.append(number)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cabinet.rows()) == len(cabinet.files()) == 10
    assert len(refused) == 4


def test_a_day_and_an_installation_take_so_many_bytes_and_no_more(cabinet: Cabinet) -> None:
    row = cabinet.keep(picture(1))
    piece = cabinet.piece()
    held: Any = {"actor": "public", "subject": CASE, "piece": piece}
    for room, word in ((Room(10**9, row.size + 99), "today"), (Room(row.size + 99, 10**9), "at present")):
        with pytest.raises(FullError, match=word), cabinet.database.writing() as session:
            actions.add(session, room=room, **held)
    with cabinet.database.writing() as session:
        actions.add(session, room=Room(row.size + 100, row.size + 100), **held)
    assert len(cabinet.rows()) == 2


def test_a_new_day_has_room_again(cabinet: Cabinet) -> None:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        cabinet.keep(picture(1))
    with frozen(datetime(2026, 11, 21, 4, tzinfo=UTC)), cabinet.database.reading() as session:
        assert queries.bytes_added(session, date(2026, 11, 21)) == 0
        assert queries.bytes_added(session, date(2026, 11, 20)) == queries.bytes_kept(session) > 0


def test_an_infected_file_is_refused_and_not_kept(cabinet: Cabinet) -> None:
    with scanner() as (address, seen):
        with pytest.raises(InfectedError):
            cabinet.keep(files.jpeg() + EICAR, clamd=address)
        assert cabinet.keep(picture(1), clamd=address).scan == Scan.CLEAN
    assert len(seen) == 2
    assert len(cabinet.files()) == 1


def test_with_the_scanner_away_a_file_is_kept_and_scanned_later(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = cabinet.keep(picture(1), clamd=nobodys_address())
    assert row.scan == Scan.UNSCANNED
    with scanner() as (address, seen):
        settings = settings_in(cabinet.settings.data_dir, clamd=address)
        monkeypatch.setattr(scanning, "_scanner_is_away", Pause(timedelta(minutes=1)))
        assert scanning.scan_waiting(settings, cabinet.database) == 1
        assert scanning.scan_waiting(settings, cabinet.database) == 0
    assert seen == [sealed.open_file(row, cabinet.shelf.take(row.name), cabinet.keys)]
    assert cabinet.rows()[0].scan == Scan.CLEAN


def test_a_virus_found_later_is_noted_once(cabinet: Cabinet) -> None:
    row = cabinet.keep(picture(1))
    for expected in (True, False):
        with cabinet.database.writing() as session:
            assert (
                actions.note_scan(session, actor="worker", evidence_id=row.id, scan=Scan.INFECTED) is expected
            )
    assert cabinet.events() == ["evidence.added", "evidence.infected"]
    with cabinet.database.reading() as session:
        assert session.get_one(Evidence, row.id).scan == Scan.INFECTED


@pytest.mark.parametrize("why", ["no key", "away"])
def test_a_worker_that_cannot_scan_waits_in_patience(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    cabinet.keep(picture(1))
    pause = Pause(timedelta(minutes=1))
    monkeypatch.setattr(scanning, "_scanner_is_away", pause)
    if why == "no key":
        cabinet.settings.private_key_file.unlink()
    settings = settings_in(cabinet.settings.data_dir, clamd=nobodys_address())
    assert scanning.scan_waiting(settings, cabinet.database) == 0
    assert not pause.is_over()
    assert cabinet.rows()[0].scan == Scan.UNSCANNED


def test_a_file_that_is_lost_is_no_clean_one(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    row = cabinet.keep(picture(1))
    cabinet.shelf.clear([row.name])
    monkeypatch.setattr(scanning, "_scanner_is_away", Pause(timedelta(minutes=1)))
    with scanner() as (address, _):
        scanning.scan_waiting(settings_in(cabinet.settings.data_dir, clamd=address), cabinet.database)
    assert cabinet.rows()[0].scan == Scan.FAILED


def test_only_redacted_copies_are_offered_to_a_notice(cabinet: Cabinet) -> None:
    row = cabinet.keep(picture(1))
    piece = cabinet.piece()
    with cabinet.database.writing() as session:
        copy = actions.add_redacted(
            session, actor="account:1", original=row, piece=piece, room=Room(10**9, 10**9)
        )
    with cabinet.database.reading() as session:
        assert [each.id for each in queries.redacted_of(session, CASE)] == [copy.id]
        assert [each.id for each in queries.sent_for(session, CASE)] == [row.id]
        assert [each.id for each in queries.of_subject(session, CASE)] == [row.id, copy.id]


def test_a_public_host_keeps_files_it_cannot_open(cabinet: Cabinet) -> None:
    cabinet.settings.private_key_file.unlink()
    assert cabinet.keep(picture(1)).id
    with pytest.raises(SealError):
        intake_keyring(Settings(data_dir=cabinet.settings.data_dir))
