"""Evidence on the desk: opened only with a right and a note, shown as a drawing, saved as it was cleaned."""

from io import BytesIO
from typing import Any

import pytest
from lxml import html
from PIL import Image
from sqlalchemy import select
from tests import evidence_files as files
from tests.desk import Officer, Workbench
from tests.pages import Page
from werkzeug.test import TestResponse

from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.core.intake_keys import intake_keyring
from chengxin.evidence import actions, keeping, queries, sealed
from chengxin.evidence.clamd import Scanner
from chengxin.evidence.examining import examine
from chengxin.evidence.keeping import Sent
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Scan
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.rules import State

NAME = "与中介的聊天.jpg"


class Desk:
    """A workbench with a case and one file, and a moderator at it."""

    def __init__(self, settings: Settings) -> None:
        self.workbench = Workbench(settings)
        self.settings, self.database = settings, self.workbench.installed.database
        self.officer = self.workbench.officer()
        self.case = self.workbench.case()
        self.row = self.keep(files.jpeg(size=(400, 300)), NAME)

    def keep(self, content: bytes, name: str) -> Evidence:
        held: Any = {"secret": "one", "actor": "public", "subject": Subject("complaint", self.case.id)}
        found = examine(content, name=name, scanner=Scanner(""))
        return keeping.keep(self.settings, self.database, sent=Sent(content, name), found=found, **held)

    def become(self, record: Any, **values: Any) -> None:
        with self.database.writing() as session:
            held = session.get(type(record), record.id)
            for name, value in values.items():
                setattr(held, name, value)

    def events(self, verb: str) -> list[Event]:
        with self.database.reading() as session:
            return list(session.scalars(select(Event).where(Event.verb == verb).order_by(Event.id)))

    def get(self, path: str = "", row: Evidence | None = None) -> TestResponse:
        return self.officer.client.get(f"/evidence/{(row or self.row).id}/{path}")

    def page(self, row: Evidence | None = None, *, status: int = 200) -> Page:
        return self.officer.page(f"/evidence/{(row or self.row).id}/", status=status)

    def redact(self, *, status: int = 303, step: str = "keep", **boxes: str) -> Page | str:
        """Let the rectangles be shown, then take the step with the form that came back."""
        path = f"/evidence/{self.row.id}/redact"
        form = self.officer.page(path).form() | boxes
        shown = self.officer.client.post(path, data=form | {"step": "preview"})
        if step == "preview" or shown.status_code != 200:
            return self.officer.post(path, form | {"step": "preview"}, status=status)
        again = Page(shown, html.fromstring(shown.get_data())).form()
        return self.officer.post(path, again | {"step": step}, status=status)

    @property
    def rows(self) -> list[Evidence]:
        with self.database.reading() as session:
            return list(queries.of_subject(session, Subject("complaint", self.case.id)))

    def opened(self, row: Evidence) -> bytes:
        return sealed.open_file(row, shelf_of(self.settings).take(row.name), intake_keyring(self.settings))


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def picture(answer: TestResponse) -> Image.Image:
    opened = Image.open(BytesIO(answer.data))
    opened.load()
    return opened


def test_a_picture_is_shown_as_a_drawing_of_it(desk: Desk) -> None:
    shown = desk.page()
    assert NAME in shown.text
    assert shown.tree.xpath("//main//img/@src") == [f"/evidence/{desk.row.id}/picture.png"]
    answer = desk.get("picture.png")
    assert picture(answer).format == "PNG"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (files.png(), "a.png", "image/png"),
        (files.pdf(), "a.pdf", "application/pdf"),
        (files.mp3(), "a.mp3", "audio/mpeg"),
        (files.m4a(), "a.m4a", "audio/mp4"),
    ],
)  # fmt: skip
def test_a_file_is_saved_never_opened_in_the_page_under_a_name_that_tells_nothing(
    desk: Desk, content: bytes, name: str, mime: str
) -> None:
    row = desk.keep(content, name)
    answer = desk.get("file", row)
    assert answer.data == desk.opened(row)
    assert answer.content_type == mime
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    kind, _, called = answer.headers["Content-Disposition"].partition("; filename=")
    assert kind == "attachment"
    assert called.strip('"').startswith("evidence-")
    assert called.strip('"').endswith(name[1:])


def test_every_opening_is_noted_with_its_purpose_before_anything_is_opened(desk: Desk) -> None:
    assert desk.events("read") == []
    desk.get("file")
    (noted,) = desk.events("read")
    assert (noted.subject_kind, noted.subject_id) == ("evidence", desk.row.id)


def test_without_the_note_nothing_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no note")

    monkeypatch.setattr("chengxin.ledger.reads.note", fail)
    answer = desk.get("file")
    assert answer.status_code == 500
    assert desk.opened(desk.row)[:40] not in answer.data


def test_the_file_of_a_closed_case_stays_shut_until_a_purpose_is_stated(desk: Desk) -> None:
    desk.become(desk.case, state=State.CLOSED)
    shown = desk.page()
    assert NAME not in shown.text
    assert desk.get("file").status_code == desk.get("picture.png").status_code == 303
    assert desk.events("read") == []
    asked = shown.form() | {"purpose": "auditing"}
    desk.officer.post(f"/reads/evidence/{desk.row.id}", asked)
    assert NAME in desk.page().text
    assert desk.get("file").status_code == 200


@pytest.mark.parametrize("path", ["", "picture.png", "file", "redact"])
@pytest.mark.parametrize("roles", ["auditor", "admin", "legal_reviewer"])
def test_who_may_not_read_cases_opens_no_evidence(desk: Desk, path: str, roles: str) -> None:
    other = desk.workbench.officer("other", "王强", roles)
    assert other.client.get(f"/evidence/{desk.row.id}/{path}").status_code == 403
    assert desk.events("read") == []


@pytest.mark.parametrize("path", ["", "picture.png", "file"])
def test_an_officer_who_was_not_given_the_case_finds_no_evidence(desk: Desk, path: str) -> None:
    account = desk.workbench.account("other", "王强", "handling_officer")
    other = desk.workbench.signed_in("other")
    assert other.client.get(f"/evidence/{desk.row.id}/{path}").status_code == 404
    desk.become(desk.case, assigned_to=account.id)
    assert other.client.get(f"/evidence/{desk.row.id}/{path}").status_code == 200


@pytest.mark.parametrize("path", ["", "picture.png", "file", "redact"])
def test_there_is_no_evidence_behind_other_numbers(desk: Desk, path: str) -> None:
    assert desk.officer.client.get(f"/evidence/999/{path}").status_code == 404


def test_an_infected_file_cannot_be_opened_and_is_erased_by_hand(desk: Desk) -> None:
    desk.become(desk.row, scan=Scan.INFECTED)
    shown = desk.page()
    assert NAME not in shown.text
    assert desk.get("file").status_code == 303
    desk.officer.post(f"/evidence/{desk.row.id}/settle", shown.form())
    (erased,) = desk.rows
    assert erased.erased_on == clocks.today()
    assert list(shelf_of(desk.settings).names(older_than=-60)) == []
    assert len(desk.events("evidence.erased")) == 1
    assert "只保留这一行" in desk.page().text


def test_a_file_the_scanner_could_not_read_is_scanned_again(desk: Desk) -> None:
    desk.become(desk.row, scan=Scan.FAILED)
    desk.officer.post(f"/evidence/{desk.row.id}/settle", desk.page().form())
    assert desk.rows[0].scan == Scan.UNSCANNED
    assert desk.officer.client.post(f"/evidence/{desk.row.id}/settle", data={}).status_code == 303
    assert len(desk.events("evidence.scan_again")) == 1


def test_a_clean_file_is_not_settled(desk: Desk) -> None:
    desk.become(desk.row, scan=Scan.FAILED)
    form = desk.page().form()
    desk.become(desk.row, scan=Scan.CLEAN)
    assert desk.officer.client.post(f"/evidence/{desk.row.id}/settle", data=form).status_code == 409
    assert desk.rows[0].scan == Scan.CLEAN


def test_a_missing_file_is_said_to_be_missing(desk: Desk) -> None:
    shelf_of(desk.settings).clear([desk.row.name])
    answer = desk.get("file")
    assert answer.status_code == 409
    assert "找不到" in answer.text


def test_an_erased_file_leaves_a_line_and_nothing_to_open(desk: Desk) -> None:
    with desk.database.writing() as session:
        actions.erase_of(session, actor="worker", subject=Subject("complaint", desk.case.id))
    assert "只保留这一行" in desk.page().text
    assert desk.get("file").status_code == 303


def test_a_redacted_copy_is_black_where_it_should_be_and_the_original_is_not(desk: Desk) -> None:
    before = desk.opened(desk.row)
    address = desk.redact(box_1="０ ０ 50 100", box_2="60,10,20,20")
    original, copy = desk.rows
    assert address == f"/evidence/{copy.id}/"
    assert (copy.redacted_from, copy.from_staff) == (original.id, True)
    assert desk.opened(original) == before
    black = Image.open(BytesIO(desk.opened(copy))).convert("L").tobytes()
    assert max(black[150 * 400 : 150 * 400 + 190]) < 20
    assert max(black[40 * 400 + 250 : 40 * 400 + 310]) < 20
    assert min(black[290 * 400 + 350 : 290 * 400 + 399]) > 240
    assert len(desk.events("evidence.redacted")) == 1


def test_twenty_rectangles_are_all_black(desk: Desk) -> None:
    written: dict[str, Any] = {f"box_{number}": f"{number * 4} 96 1 4" for number in range(1, 21)}
    desk.redact(**written)
    black = Image.open(BytesIO(desk.opened(desk.rows[1]))).convert("L")
    assert [max(black.crop((x * 16 + 1, 290, x * 16 + 3, 299)).tobytes()) < 40 for x in range(1, 21)] == [
        True
    ] * 20


def test_rectangles_that_were_changed_after_they_were_shown_are_shown_again(desk: Desk) -> None:
    path = f"/evidence/{desk.row.id}/redact"
    form = desk.officer.page(path).form() | {"box_1": "0 0 50 50"}
    assert not desk.officer.page(path).tree.xpath("//button[@value='keep']")
    shown = desk.officer.post(path, form, status=200)
    assert isinstance(shown, Page)
    assert shown.tree.xpath("//button[@value='keep']")
    again = desk.officer.post(path, shown.form() | {"box_2": "50 50 10 10", "step": "keep"}, status=200)
    assert isinstance(again, Page)
    assert len(desk.rows) == 1
    desk.officer.post(path, again.form() | {"step": "keep"})
    assert len(desk.rows) == 2


def test_the_page_of_a_pdf_says_that_it_cannot_be_redacted_and_what_to_do(desk: Desk) -> None:
    assert "不能在这里遮盖" in desk.page(desk.keep(files.pdf(), "a.pdf")).text
    assert "不能在这里遮盖" not in desk.page().text


def test_what_would_be_black_is_shown_first_and_nothing_is_kept(desk: Desk) -> None:
    shown = desk.redact(step="preview", status=200, box_1="0 0 50 100")
    assert isinstance(shown, Page)
    (address,) = shown.tree.xpath("//main//img/@src")
    assert picture(desk.officer.client.get(address)).convert("L").tobytes()[0] == 0
    assert shown.form()["box_1"] == "0 0 50 100"
    assert len(desk.rows) == 1


@pytest.mark.parametrize("typed", ["", "1 2 3", "a b c d", "90 0 20 5", "0 0 0 5", "1 2 3 4 5"])
def test_what_is_no_rectangle_comes_back(desk: Desk, typed: str) -> None:
    shown = desk.redact(status=422, box_1=typed)
    assert isinstance(shown, Page)
    assert shown.form()["box_1"] == typed
    assert shown.tree.xpath("//*[@role='alert']//a/@href") == ["#box_1"]
    assert len(desk.rows) == 1


def test_only_pictures_are_redacted(desk: Desk) -> None:
    row = desk.keep(files.pdf(), "a.pdf")
    assert desk.get("redact", row).status_code == 409


def test_the_pages_are_in_english_too(desk: Desk) -> None:
    officer: Officer = desk.workbench.in_english("limin")
    for path in ("", "redact"):
        shown = officer.page(f"/en/evidence/{desk.row.id}/{path}")
        assert [text for text in shown.unmarked_chinese if text.strip() != NAME] == []
