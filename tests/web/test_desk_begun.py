"""A decision that was begun stays, whatever is done beside it."""

import re
from pathlib import Path

from tests.casework import address, change, letters
from tests.desk import Workbench
from tests.pages import Page

from chengxin.paths import asset_folder
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import open_note

LETTER, NOTE = "写了很久的答复。", "店主说周三回来。"
BEGUN = {"move": "decide", "finding": "upheld", "message": LETTER}
FORM = re.compile(r'<form\b((?:[^>"]|"(?:\{\{.*?\}\}|\{%.*?%\}|[^"])*")*)>(.*?)</form>', re.DOTALL)


def notes(desk: Workbench, case: Complaint) -> list[str]:
    with desk.installed.database.reading() as session:
        kept = queries.notes_of(session, case.id)
    return [open_note(desk.stored(case), each, desk.private_key()) for each in kept]


def test_a_note_is_kept_and_the_decision_begun_beside_it_stays(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    form = officer.page(address(case)).form() | BEGUN | {"note": NOTE}
    page = officer.post(f"{address(case)}note", form, status=200)
    assert isinstance(page, Page)
    assert notes(desk, case) == [NOTE]
    again = page.form()
    assert {name: again[name].strip() for name in BEGUN} == BEGUN
    assert again["note"] == ""
    officer.post(f"{address(case)}decide", again)
    assert letters(desk, case) == [LETTER]
    assert notes(desk, case) == [NOTE]


def test_a_case_is_taken_and_what_was_begun_stays_and_can_be_sent(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    form = officer.page(address(case)).form() | BEGUN | {"note": NOTE, "own": "1"}
    page = officer.post(f"{address(case)}assign", form, status=200)
    assert isinstance(page, Page)
    assert desk.stored(case).assigned_to == 1
    again = page.form()
    assert again["message"].strip() == LETTER
    assert again["note"].strip() == NOTE
    officer.post(f"{address(case)}decide", again)
    assert letters(desk, case) == [LETTER]


def test_a_note_beside_a_decision_is_kept_with_it(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    form = officer.page(address(case)).form() | BEGUN | {"note": NOTE}
    officer.post(f"{address(case)}decide", form)
    assert (letters(desk, case), notes(desk, case)) == ([LETTER], [NOTE])


def test_a_refused_decision_keeps_the_note_beside_it_unkept(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    form = officer.page(address(case)).form() | {"move": "decide", "message": LETTER, "note": NOTE}
    page = officer.post(f"{address(case)}decide", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["note"].strip() == NOTE
    assert notes(desk, case) == []


def test_words_begun_on_a_case_that_is_handed_over_come_back(desk: Workbench) -> None:
    officer = desk.officer(roles="handling_officer")
    case = desk.case(state="investigating", assigned_to=1)
    form = officer.page(address(case)).form() | BEGUN | {"own": "0"}
    page = officer.post(f"{address(case)}assign", form, status=200)
    assert isinstance(page, Page)
    assert desk.stored(case).assigned_to is None
    assert LETTER in page.text


def test_an_officer_who_is_not_on_the_list_costs_no_words(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    form = officer.page(address(case)).form() | BEGUN | {"officer": "77"}
    page = officer.post(f"{address(case)}assign", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["message"].strip() == LETTER


def test_enter_sends_the_decision_and_hands_nothing_out(desk: Workbench) -> None:
    desk.account("wangqiang", "王强", "handling_officer")
    case, officer = desk.case(state="investigating"), desk.officer()
    page = officer.page(address(case))
    buttons = page.tree.forms[-1].xpath(".//button[@type='submit']")
    assert [button.get("formaction") for button in buttons] == [
        None,
        f"{address(case)}assign",
        f"{address(case)}assign",
        f"{address(case)}note",
    ]


def test_a_closed_case_still_takes_a_note(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    change(desk, case, state="closed", finding="upheld")
    form = officer.page(address(case)).form() | {"note": NOTE}
    assert officer.post(f"{address(case)}note", form) == f"{address(case)}#notes"
    assert notes(desk, case) == [NOTE]


def desk_templates() -> list[Path]:
    folder = asset_folder("templates")
    return [
        *sorted((folder / "desk").glob("*.html")),
        folder / "parts/step_panel.html",
        folder / "parts/decision_panel.html",
    ]


def test_every_form_of_the_desk_with_a_long_text_warns_before_it_is_left() -> None:
    found = [
        (path.name, "data-guard" in tag)
        for path in desk_templates()
        for tag, body in FORM.findall(path.read_text())
        if re.search(r'"rows"|field\.rows|each\.rows|redaction\(|case_asides', body)
    ]
    assert [name for name, guarded in found if not guarded] == []
    assert len(found) > 20
