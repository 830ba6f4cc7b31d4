"""The scanner's word over a real socket: clean, infected, unable to tell, away."""

import socketserver
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import settings_in
from tests.scanner import EICAR, MOST, nobodys_address, scanner

from chengxin.config import SettingsError
from chengxin.evidence.clamd import Scanner, ScannerAwayError, verdict
from chengxin.evidence.rules import Scan


def test_a_clean_and_an_infected_file_are_told_apart_over_the_network() -> None:
    with scanner() as (address, seen):
        assert Scanner(address).scan(b"x" * 200_000) is Scan.CLEAN
        assert Scanner(address).scan(b"x" * 70_000 + EICAR) is Scan.INFECTED
    assert [len(each) for each in seen] == [200_000, 70_000 + len(EICAR)]


def test_a_scanner_on_a_path_is_asked_too(tmp_path: Path) -> None:
    with scanner(tmp_path / "clamd.sock") as (address, _):
        assert Scanner(address).scan(EICAR) is Scan.INFECTED
        assert Scanner(address).scan(b"") is Scan.CLEAN


def test_a_file_too_large_for_the_scanner_is_no_clean_one() -> None:
    with scanner() as (address, _):
        assert Scanner(address).scan(bytes(3 * MOST)) is Scan.FAILED


def test_a_scanner_that_is_away_is_not_a_clean_bill() -> None:
    with pytest.raises(ScannerAwayError):
        Scanner(nobodys_address()).scan(b"x")
    with pytest.raises(ScannerAwayError):
        Scanner("unix:/nowhere/clamd.sock").scan(b"x")


def test_a_scanner_that_hangs_up_is_away() -> None:
    class Silent(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(10)

    with socketserver.TCPServer(("127.0.0.1", 0), Silent) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(ScannerAwayError):
            Scanner(f"tcp://127.0.0.1:{server.server_address[1]}").scan(b"x" * 100)
        thread.join()


def test_without_a_scanner_nothing_is_called_clean() -> None:
    assert Scanner("").scan(b"x") is Scan.UNSCANNED


@given(st.binary(max_size=60))
def test_only_the_very_words_mean_clean(answer: bytes) -> None:
    assert (verdict(answer) is Scan.CLEAN) == answer.rstrip(b"\0\r\n ").endswith(b": OK")


@pytest.mark.parametrize("address", ["clamd", "tcp://host", "unix:", "http://127.0.0.1:1", "tcp://a b:1"])
def test_an_address_that_cannot_be_one_is_refused_at_the_start(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unix:/path"):
        settings_in(tmp_path, clamd=address)


@pytest.mark.parametrize("name", ["evidence_gb", "evidence_daily_mb"])
def test_no_room_at_all_is_refused_at_the_start(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="1 or more"):
        settings_in(tmp_path, **{name: 0})
