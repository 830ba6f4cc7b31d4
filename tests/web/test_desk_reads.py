"""Opening sealed data leaves a note first; what is closed asks for a purpose; a note can write nothing else."""

import ast
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import render_template_string, request
from sqlalchemy import select, text
from tests.desk import Workbench
from tests.pages import read_page

import chengxin
from chengxin.accounts.rules import Right
from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.core.web import noting
from chengxin.desk.auditing.read_log import may_read_now, purpose_form
from chengxin.desk.guard import needs
from chengxin.ledger import browsing
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject

SHEET = """{% from "parts/read_purpose.html" import read_purpose %}
{% extends "layout/desk.html" %}{% block title %}x{% endblock %}
{% block content %}<h1>x</h1>{% if open %}opened{% else %}{{ read_purpose(form, "complaint", 1) }}{% endif %}
{% endblock %}"""


@needs(Right.READ_CASES)
def sealed() -> str:
    shown = may_read_now(Subject("complaint", 1), is_open="waiting" in request.path)
    return render_template_string(SHEET, open=shown, form=purpose_form())


@pytest.fixture
def desk(settings: Settings) -> Iterator[Workbench]:
    """Give a workbench with two pages that open a sealed record: one that waits, one that is closed."""
    bench = Workbench(settings)
    for state in ("waiting", "closed"):
        bench.app.add_url_rule(f"/sealed/{state}/", f"desk.{state}", sealed, methods=["GET", "POST"])
    bench.case()
    yield bench
    bench.installed.database.dispose()


def notes(desk: Workbench) -> list[str | None]:
    with desk.installed.database.reading() as session:
        return list(session.scalars(select(Event.new).where(Event.verb == "read").order_by(Event.id)))


def test_a_case_that_waits_is_noted_as_handled_once(desk: Workbench) -> None:
    officer = desk.officer()
    assert "opened" in officer.page("/sealed/waiting/").text
    officer.page("/sealed/waiting/")
    assert notes(desk) == ['{"purpose":"handling"}']


def test_a_closed_case_asks_for_a_purpose_and_then_opens(desk: Workbench) -> None:
    officer = desk.officer()
    asked = officer.page("/sealed/closed/")
    assert "opened" not in asked.text
    assert notes(desk) == []
    form = asked.form() | {"purpose": "answering"}
    assert officer.post("/reads/complaint/1", form) == "/sealed/closed/"
    assert "opened" in officer.page("/sealed/closed/").text
    assert notes(desk) == ['{"purpose":"answering"}']


def test_no_purpose_opens_nothing(desk: Workbench) -> None:
    officer = desk.officer()
    form = officer.page("/sealed/closed/").form() | {"purpose": ""}
    officer.post("/reads/complaint/1", form)
    assert "请选择目的" in officer.page("/sealed/closed/").text
    assert notes(desk) == []


def test_a_purpose_leads_to_no_foreign_address(desk: Workbench) -> None:
    officer = desk.officer()
    form = officer.page("/sealed/closed/").form()
    form |= {"purpose": "auditing", "back": "https://example.org/"}
    assert officer.post("/reads/complaint/1", form) == "/"


@pytest.mark.parametrize("address", ["/reads/account/1", "/reads/complaint/1"])
def test_a_kind_that_the_officer_may_not_open_is_not_found(desk: Workbench, address: str) -> None:
    officer = desk.officer("lawyer", "法", roles="legal_reviewer")
    officer.post(address, {}, status=404)
    assert notes(desk) == []


@pytest.mark.parametrize("address", ["/reads/complaint/2", "/reads/evidence/1", "/reads/suggestion/9"])
def test_nobody_writes_reads_of_records_that_are_not_there(desk: Workbench, address: str) -> None:
    desk.officer().post(address, {"purpose": "auditing"}, status=404)
    assert notes(desk) == []


def test_a_form_that_comes_back_late_is_read_for_what_its_page_was_opened_for(
    desk: Workbench, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    officer = desk.officer()
    officer.post("/reads/complaint/1", officer.page("/sealed/closed/").form() | {"purpose": "litigation"})
    with clock(clocks.now() + timedelta(minutes=29)):
        officer.page("/sealed/closed/")
    with clock(clocks.now() + timedelta(minutes=58)):
        officer.page("/sealed/closed/")
    with clock(clocks.now() + timedelta(minutes=75)):
        assert "opened" not in officer.page("/sealed/closed/").text
        assert "opened" in read_page(officer.client, "/sealed/closed/", method="POST", data={}).text
    assert notes(desk) == ['{"purpose":"litigation"}'] * 2


def test_the_queue_names_whose_words_it_shows_and_names_them_once_a_day(desk: Workbench) -> None:
    officer, second = desk.officer(), desk.case()
    officer.page("/")
    officer.page("/?page=1")
    assert [json.loads(each or "")["records"] for each in notes(desk)] == [{"complaint": [1, second.id]}]
    third = desk.case()
    officer.page("/")
    assert json.loads(notes(desk)[-1] or "")["records"] == {"complaint": [third.id]}
    assert json.loads(notes(desk)[-1] or "")["way"] == "listed"


def test_acting_on_many_records_names_whose_words_it_shows(desk: Workbench) -> None:
    officer = desk.officer()
    token = officer.page("/sealed/closed/").form()["csrf_token"]
    sent = {"csrf_token": token, "view": "", "act": "discard", "case": "complaint-1-1"}
    assert officer.client.post("/bulk/", data=sent).status_code == 200
    assert [json.loads(each or "")["way"] for each in notes(desk)] == ["listed"]


def test_a_record_tells_everybody_who_saw_it_in_whatever_way(desk: Workbench) -> None:
    """The queue by one, a search by another, the page by a third: all of them are found, and nobody else."""
    case, other = desk.case(case_no="TS20261123-AAAA-AAAA"), desk.case()
    desk.officer("lister", "甲").page(f"/?words={case.case_no}")
    desk.officer("seeker", "乙").page("/?words=nothing&texts=1")
    desk.officer("opener", "丙").page(f"/complaints/{case.id}/")
    desk.officer("elsewhere", "丁").page(f"/complaints/{other.id}/")
    with desk.installed.database.reading() as session:
        wanted = browsing.Filters(kind="complaint", record_id=case.id, reads=True)
        found = browsing.page(session, wanted, before=None, limit=9)
    assert [event.actor for event in found] == ["account:3", "account:2", "account:1"]


def test_a_note_can_do_nothing_but_add_to_the_ledger(desk: Workbench) -> None:
    refused = ("DELETE FROM event", "UPDATE event SET actor = 'x'", "INSERT INTO account (id) VALUES (1)")
    for statement in refused:
        with (
            desk.app.test_request_context("/"),
            pytest.raises(RuntimeError, match="does nothing else"),
            noting("event") as session,
        ):
            session.execute(text(statement))


def test_only_reads_and_what_was_seen_are_noted() -> None:
    """The one way for a GET to write is walked by two modules: who read, and that a letter was seen."""
    walking = [
        str(path.relative_to(Path(chengxin.__file__).parent))
        for path in Path(chengxin.__file__).parent.rglob("*.py")
        if any(
            isinstance(node, ast.Name | ast.alias | ast.Attribute)
            and "noting" in {getattr(node, "id", ""), getattr(node, "name", ""), getattr(node, "attr", "")}
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert sorted(walking) == ["desk/auditing/read_log.py", "desk/cases/case_news.py"]
