"""Adding evidence: with the receipt it is kept sealed, without one it is only looked at."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from tests import evidence_files as files
from tests import make
from tests.conftest import settings_in
from tests.pages import Page, read_page
from tests.scanner import EICAR, scanner
from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, stream_encode_multipart

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.evidence import sealed
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import MOST_BYTES
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.models import Event
from chengxin.portal.tracking import evidence as pages
from chengxin.portal.tracking import track_gate
from chengxin.voices.complaints.rules import State

Reader = Callable[..., Page]
PATH = "/track/evidence"
NAME = "与中介的聊天.jpg"


class Case:
    """A filed case, its receipt, and what is kept with it."""

    def __init__(self, settings: Settings) -> None:
        make_intake_keys(settings)
        self.settings, self.database = settings, Database(settings)
        made = make.filing(intake_recipients(settings))
        self.receipt = made.receipt
        with self.database.writing() as session:
            self.id = make.complaint(session, made).id

    def become(self, state: State) -> None:
        with self.database.writing() as session:
            from chengxin.voices.complaints.models import Complaint  # noqa: PLC0415 (only here)

            held = session.get(Complaint, self.id)
            assert held is not None
            held.state = state

    @property
    def kept(self) -> list[Evidence]:
        with self.database.reading() as session:
            return list(session.scalars(select(Evidence).order_by(Evidence.id)))

    def opened(self, row: Evidence) -> bytes:
        return sealed.open_file(row, shelf_of(self.settings).take(row.name), intake_keyring(self.settings))


@pytest.fixture
def case(settings: Settings) -> Iterator[Case]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        made = Case(settings)
        yield made
        made.database.dispose()


def sent(
    page: Reader,
    *chosen: tuple[bytes, str],
    receipt: str = "",
    status: int = 200,
    at: str = "",
    **changes: Any,
) -> Page:
    data: dict[str, Any] = {**page(f"{at}{PATH}").form(), "receipt": receipt, **changes}
    data["files"] = [chosen_file(*each) for each in chosen or [(files.jpeg(), NAME)]]
    return page(f"{at}{PATH}", method="POST", status=status, **in_memory(data))


def chosen_file(content: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def in_memory(data: dict[str, Any]) -> dict[str, Any]:
    """Return a form with files as the test client takes it without a temporary file of its own."""
    stream, length, boundary = stream_encode_multipart(data, use_tempfile=False)
    kind = f"multipart/form-data; boundary={boundary}"
    return {"input_stream": stream, "content_length": length, "content_type": kind}


def test_a_file_sent_with_the_receipt_is_kept_with_the_case(page: Reader, case: Case) -> None:
    shown = sent(page, receipt=case.receipt.both)
    assert "文件已收入你的案件" in shown.text
    (row,) = case.kept
    assert (row.subject_kind, row.subject_id, row.from_staff) == ("complaint", case.id, False)
    assert case.opened(row).startswith(b"\xff\xd8")
    assert sealed.open_title(row, intake_keyring(case.settings)) == NAME


def test_the_person_is_told_what_was_removed(page: Reader, case: Case) -> None:
    assert "拍摄或录制的地点" in sent(page, receipt=case.receipt.both).text
    told = sent(page, receipt=case.receipt.both, at="/en")
    assert "the place where it was taken" in told.text
    assert told.unmarked_chinese == [NAME]


def test_without_a_receipt_a_file_is_looked_at_and_nothing_is_stored(page: Reader, case: Case) -> None:
    shown = sent(page)
    assert "没有保存任何内容" in shown.text
    assert "拍摄或录制的地点" in shown.text
    assert case.kept == []
    assert list(shelf_of(case.settings).names(older_than=-60)) == []


def test_a_file_that_tells_nothing_is_said_to_tell_nothing(page: Reader, case: Case) -> None:
    assert "没有泄露别的" in sent(page, (files.jpeg(told=False), "a.jpg")).text
    assert case.kept == []


def test_several_files_are_taken_at_once_and_a_bad_one_does_not_spoil_the_others(
    page: Reader, case: Case
) -> None:
    chosen = [(files.jpeg(), "1.jpg"), (b"MZ", "2.jpg"), (files.pdf(), "3.pdf")]
    shown = sent(page, *chosen, receipt=case.receipt.both)
    assert [row.media for row in case.kept] == ["jpeg", "pdf"]
    assert shown.text.count("没有收下") == 1


@pytest.mark.parametrize("chosen", [[], [(files.jpeg(), f"{number}.jpg") for number in range(6)]])
def test_none_and_too_many_files_come_back_with_the_receipt(
    page: Reader, case: Case, chosen: list[tuple[bytes, str]]
) -> None:
    data = page(PATH).form() | {"receipt": case.receipt.both}
    held: Any = {**data, "files": [chosen_file(*each) for each in chosen]}
    shown = page(PATH, method="POST", status=422, **in_memory(held))
    assert shown.form()["receipt"] == case.receipt.both
    assert shown.tree.xpath("//*[@role='alert']//a/@href") == ["#evidence-files"]


@pytest.mark.parametrize("typed", ["C-2222-2222", "{code}", "{code} 荷塘-石桥-白云-松林", "x"])
def test_a_wrong_receipt_is_answered_alike_and_keeps_nothing(page: Reader, case: Case, typed: str) -> None:
    receipt = typed.format(code=case.receipt.code)
    shown = sent(page, receipt=receipt, status=422)
    assert "编号或口令不对" in shown.text
    assert shown.form()["receipt"] == receipt
    assert case.kept == []


@pytest.mark.parametrize(
    ("state", "status"), [(State.SUPPLEMENT, 200), (State.CLOSED, 422), (State.WITHDRAWN, 422)]
)
def test_a_case_takes_files_while_it_is_open(page: Reader, case: Case, state: State, status: int) -> None:
    case.become(state)
    sent(page, receipt=case.receipt.both, status=status)
    assert len(case.kept) == (status == 200)


def test_a_refused_file_says_what_to_do_and_keeps_the_receipt(page: Reader, case: Case) -> None:
    shown = sent(page, (b"\0\0\0\x18ftypheic", "IMG.HEIC"), receipt=case.receipt.both, status=422)
    assert "截图" in shown.tree.xpath("string(//*[@id='evidence-files-error'])")
    assert shown.form()["receipt"] == case.receipt.both
    assert shown.answer.headers["Cache-Control"] == "no-store"
    assert shown.answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_large_file_is_413_and_keeps_the_receipt(page: Reader, case: Case) -> None:
    big = b"\xff\xd8\xff" + bytes(MOST_BYTES)
    shown = sent(page, (big, "a.jpg"), receipt=case.receipt.both, status=413)
    assert "超过10 MB" in shown.text
    assert shown.form()["receipt"] == case.receipt.both


def test_a_request_too_large_to_be_read_is_413_with_the_form(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_OF_A_REQUEST", 500)
    assert "太大，读不了" in sent(page, receipt=case.receipt.both, status=413).text


def test_an_expired_token_keeps_the_receipt(page: Reader, case: Case) -> None:
    shown = sent(page, receipt=case.receipt.both, status=403, csrf_token="old")
    assert shown.form()["receipt"] == case.receipt.both
    assert case.kept == []


def test_too_many_files_from_a_network_keep_the_receipt(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LIMIT", "1/10 minutes")
    sent(page)
    shown = sent(page, receipt=case.receipt.both, status=429)
    assert shown.form()["receipt"] == case.receipt.both


def test_guesses_of_a_phrase_count_here_as_they_do_where_a_case_is_followed(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_gate, "FAILED", "1/10 minutes")
    sent(page, receipt="C-2222-2222", status=422)
    sent(page, receipt=case.receipt.both, status=429)
    sent(page)


def test_a_full_day_is_429_and_keeps_the_receipt(page: Reader, case: Case) -> None:
    for number in range(10):
        sent(page, (files.png(size=(30 + number, 9)), "a.png"), receipt=case.receipt.both)
    shown = sent(page, receipt=case.receipt.both, status=429)
    assert "最多收10个文件" in shown.text
    assert len(case.kept) == 10


@pytest.mark.parametrize("error", [OSError("disk full"), OperationalError("", {}, Exception())])
def test_a_failure_of_the_disk_or_database_is_503_and_keeps_the_receipt(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("chengxin.evidence.keeping.actions.add", fail)
    shown = sent(page, receipt=case.receipt.both, status=503)
    assert shown.form()["receipt"] == case.receipt.both
    assert "没有保存" in shown.text


def test_an_infected_file_is_refused_and_not_kept(case: Case) -> None:
    with scanner() as (address, _):
        client = Client(create_wsgi(settings_in(case.settings.data_dir, clamd=address)))
        shown = sent(
            lambda path, **options: read_page(client, path, **options),
            (files.jpeg() + EICAR, "a.jpg"),
            receipt=case.receipt.both,
            status=422,
        )
    assert "查出病毒" in shown.text
    assert case.kept == []


def test_a_hostile_name_is_only_text(page: Reader, case: Case) -> None:
    shown = sent(page, (files.jpeg(), "../../<script>alert(1)</script>.jpg"), receipt=case.receipt.both)
    assert "<script>alert" not in shown.answer.text
    folder = shelf_of(case.settings).folder
    assert [path.name for path in folder.iterdir()] == [case.kept[0].name]


def test_the_ledger_tells_that_a_file_came_and_nothing_of_it(page: Reader, case: Case) -> None:
    sent(page, receipt=case.receipt.both)
    with case.database.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.actor, event.public_version) == ("evidence.added", "public", None)
    assert event.new == '{"evidence":1,"media":"jpeg"}'


def test_nothing_of_a_file_lies_in_the_clear_anywhere(page: Reader, case: Case) -> None:
    """The canary: pixels, metadata, name, code and phrase in no file of the installation."""
    picture, marked = files.jpeg(size=(200, 150)), files.m4a(samples=50)
    sent(
        page,
        (picture, NAME),
        (files.pdf(), f"{files.SECRET}合同.pdf"),
        (marked, "录音.m4a"),
        receipt=case.receipt.both,
    )
    cleaned = [case.opened(row) for row in case.kept]
    assert len(cleaned) == 3
    words = [files.LATIN, files.SECRET.encode(), NAME.encode(), case.receipt.phrase.encode()]
    canaries = [*words, *(content[40:72] for content in (*cleaned, picture, marked)), bytes([1, 2, 3, 4] * 8)]
    for path in everything_in(case.settings.data_dir):
        content = path.read_bytes()
        assert [canary for canary in canaries if canary in content] == [], path


def everything_in(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    assert {"chengxin.db", "intake.pub"} <= {path.name for path in found}
    assert any(path.parent.name == "evidence" for path in found)
    return found
