"""Opening sealed data leaves a note first; what is closed asks for a purpose; a note can write nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import render_template_string
from sqlalchemy import select, text
from tests.desk import Workbench

import chengxin
from chengxin.accounts.rules import Right
from chengxin.config import Settings
from chengxin.core.web import noting
from chengxin.desk.auditing.read_log import may_read_now, purpose_form
from chengxin.desk.guard import needs
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject

SHEET = """{% from "parts/read_purpose.html" import read_purpose %}
{% extends "layout/desk.html" %}{% block title %}x{% endblock %}
{% block content %}<h1>x</h1>{% if open %}opened{% else %}{{ read_purpose(form, "complaint", 7) }}{% endif %}
{% endblock %}"""


@pytest.fixture
def desk(settings: Settings) -> Iterator[Workbench]:
    """Give a workbench with two pages that open a sealed record: one that waits, one that is closed."""
    bench = Workbench(settings)

    @needs(Right.READ_CASES)
    def sealed(state: str) -> str:
        shown = may_read_now(Subject("complaint", 7), is_open=state == "waiting")
        return render_template_string(SHEET, open=shown, form=purpose_form())

    bench.app.add_url_rule("/sealed/<state>/", "desk.sealed", sealed)
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
    assert officer.post("/reads/complaint/7", form) == "/sealed/closed/"
    assert "opened" in officer.page("/sealed/closed/").text
    assert notes(desk) == ['{"purpose":"answering"}']


def test_no_purpose_opens_nothing(desk: Workbench) -> None:
    officer = desk.officer()
    form = officer.page("/sealed/closed/").form() | {"purpose": ""}
    officer.post("/reads/complaint/7", form)
    assert "请选择目的" in officer.page("/sealed/closed/").text
    assert notes(desk) == []


def test_a_purpose_leads_to_no_foreign_address(desk: Workbench) -> None:
    officer = desk.officer()
    form = officer.page("/sealed/closed/").form()
    form |= {"purpose": "auditing", "back": "https://example.org/"}
    assert officer.post("/reads/complaint/7", form) == "/"


@pytest.mark.parametrize("address", ["/reads/account/1", "/reads/complaint/7"])
def test_a_kind_that_the_officer_may_not_open_is_not_found(desk: Workbench, address: str) -> None:
    officer = desk.officer("lawyer", "法", roles="legal_reviewer")
    officer.post(address, {}, status=404)
    assert notes(desk) == []


def test_a_note_can_do_nothing_but_add_to_the_ledger(desk: Workbench) -> None:
    refused = ("DELETE FROM event", "UPDATE event SET actor = 'x'", "INSERT INTO account (id) VALUES (1)")
    for statement in refused:
        with (
            desk.app.test_request_context("/"),
            pytest.raises(RuntimeError, match="does nothing else"),
            noting("event") as session,
        ):
            session.execute(text(statement))


def test_only_the_read_log_takes_notes() -> None:
    """The one way for a GET to write is walked by one module."""
    walking = [
        str(path.relative_to(Path(chengxin.__file__).parent))
        for path in Path(chengxin.__file__).parent.rglob("*.py")
        if any(
            isinstance(node, ast.Name | ast.alias | ast.Attribute)
            and "noting" in {getattr(node, "id", ""), getattr(node, "name", ""), getattr(node, "attr", "")}
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert walking == ["desk/auditing/read_log.py"]
