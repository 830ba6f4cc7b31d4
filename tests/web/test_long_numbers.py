"""Numbers no table counts up to: in every address with a number, in filters and in forms, on both faces."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from tests.desk import Officer, Workbench
from werkzeug.routing import Rule
from werkzeug.test import Client

from chengxin.app import create_public
from chengxin.core.numbers import number_in

LONG, ARABIC, MOST = "9" * 30, "\u0663\u0663", "9" * 9
EVERY_ROLE = "moderator,publisher,legal_reviewer,auditor,admin"
COUNTED, PARAMETER = re.compile(r"<(?:int|number|year):\w+>"), re.compile(r"<[\w:]+>")


def addresses(app: Flask, value: str) -> Iterator[tuple[Rule, str]]:
    """Return every address with a number, spelled with another one."""
    for rule in app.url_map.iter_rules():
        if COUNTED.search(rule.rule):
            yield rule, PARAMETER.sub("1", COUNTED.sub(value, rule.rule))


@pytest.mark.parametrize("value", [LONG, ARABIC, MOST, "0" * 40])
def test_no_address_of_the_public_pages_breaks(desk: Workbench, value: str) -> None:
    app = create_public(desk.installed)
    found = list(addresses(app, value))
    assert len(found) > 5
    for rule, path in found:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            assert Client(app).open(path, method=method).status_code < 500, path


@pytest.mark.parametrize("value", [LONG, ARABIC, MOST])
def test_no_address_of_the_workbench_breaks(desk: Workbench, value: str) -> None:
    officer = desk.officer(roles=EVERY_ROLE)
    token = officer.page("/").form()["csrf_token"]
    found = list(addresses(desk.app, value))
    assert len(found) > 70
    for rule, path in found:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"csrf_token": token, "version": LONG} if method == "POST" else None
            answer = officer.client.open(path, method=method, data=data)
            assert answer.status_code < 500, f"{method} {path}"
            if value != MOST:
                assert answer.status_code == 404, f"{method} {path}"


@pytest.mark.parametrize("value", [LONG, ARABIC, "-1", "1e9"])
def test_no_filter_breaks(desk: Workbench, value: str) -> None:
    officer = desk.officer(roles=EVERY_ROLE)
    asked = [f"/?{name}={value}" for name in ("officer", "page", "behind", "region", "kind", "at", "view")]
    asked += [f"/?view=officer%3D{value}", f"/objections/?page={value}"]
    for path in asked:
        assert officer.client.get(path).status_code < 500, path


@pytest.mark.parametrize("selected", [f"complaint-{LONG}-1", f"complaint-1-{LONG}", f"complaint-{ARABIC}-1"])
def test_no_selection_breaks(desk: Workbench, selected: str) -> None:
    officer, case = desk.officer(), desk.case()
    token = officer.page("/").form()["csrf_token"]
    for path, said in (
        ("/bulk/", {"act": "accept"}),
        ("/bulk/", {"quick": "take"}),
        ("/bulk/do", {"act": "accept"}),
    ):
        answer = officer.client.post(path, data={"csrf_token": token, "case": selected, **said})
        assert answer.status_code in {303, 422}, path
    assert desk.stored(case).assigned_to is None


def test_a_form_with_a_version_nobody_counts_up_to_comes_back(desk: Workbench) -> None:
    officer: Officer = desk.officer()
    rating = desk.rating()
    path = f"/ratings/{rating.id}/"
    form = officer.page(path).form() | {"to": "published", "version": LONG}
    officer.post(f"{path}decide", form, status=422)
    assert desk.stored(rating).state == "pending"


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), (MOST, 999_999_999), ("", None), (LONG, None), (ARABIC, None)]
)
def test_a_number_is_plain_and_short(text: str, number: int | None) -> None:
    assert number_in(text) == number
