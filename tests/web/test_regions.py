"""The part of the jurisdiction of an officer: every route that names a record, and every list."""

import re
from collections.abc import Iterator

import pytest
from tests.conftest import NOON
from tests.desk import Officer
from tests.district import NAME, District, paths
from werkzeug.routing import Rule

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.desk.guard import OPEN_ON_PURPOSE
from chengxin.desk.reach import READ, ROUTES, WITHOUT_A_PLACE, beginning

METHODS = frozenset({"GET", "POST"})
LISTS = frozenset(
    {
        "/",
        "/abnormal/",
        "/batches/",
        "/exemplars/",
        "/inspections/",
        "/lineage/",
        "/notices/",
        "/objections/",
        "/permits/",
        "/repairs/",
    }
)


@pytest.fixture
def bench(settings: Settings) -> Iterator[District]:
    with frozen(NOON):
        yield District(settings)


def rules(bench: District) -> list[Rule]:
    found = [each for each in bench.app.url_map.iter_rules() if each.endpoint.startswith("desk.")]
    return [each for each in found if each.endpoint not in OPEN_ON_PURPOSE]


def test_every_route_that_names_a_record_says_where_it_lies(bench: District) -> None:
    begins = {beginning(rule.rule) for rule in rules(bench) if rule.arguments}
    assert begins == {*ROUTES, READ, *WITHOUT_A_PLACE}


def test_there_is_a_record_for_every_kind_that_has_a_place(bench: District) -> None:
    assert set(bench.held) == set(ROUTES.values())


def test_what_lies_elsewhere_looks_as_if_it_did_not_exist(bench: District) -> None:
    bench.app.config["WTF_CSRF_ENABLED"] = False
    asked = 0
    for rule in rules(bench):
        if not rule.arguments or beginning(rule.rule) in WITHOUT_A_PLACE:
            continue
        for path in paths(bench, rule):
            for method in sorted((rule.methods or set()) & METHODS):
                answer = bench.other.client.open(path, method=method)
                assert answer.status_code == 404, f"{method} {path}: {answer.status}"
                assert NAME not in answer.text
                never = path.replace(next(part for part in path.split("/") if part.isdigit()), "987654", 1)
                assert bench.other.client.open(never, method=method).text == answer.text
                asked += 1
    assert asked > 50


def test_who_serves_the_district_or_the_whole_finds_everything(bench: District) -> None:
    bench.app.config["WTF_CSRF_ENABLED"] = False
    for rule in rules(bench):
        if not rule.arguments or beginning(rule.rule) in WITHOUT_A_PLACE or "<fact>" in rule.rule:
            continue
        for path in paths(bench, rule):
            for officer in (bench.own, bench.whole):
                if "GET" in (rule.methods or set()) and "letters" not in path and "picture" not in path:
                    status = officer.client.get(path).status_code
                    assert status in {200, 302, 303, 400, 409, 422}, f"{path}: {status}"


def test_no_list_names_what_lies_elsewhere(bench: District) -> None:
    pages = [each.rule for each in rules(bench) if not each.arguments and "GET" in (each.methods or set())]
    told = {path for path in pages if any(NAME in text for text in texts(bench.own, path))}
    assert told >= LISTS
    for path in pages:
        assert not any(NAME in text for text in texts(bench.other, path)), path


def texts(officer: Officer, path: str) -> Iterator[str]:
    """Read a page and the same page of every other state."""
    yield officer.client.get(path).text
    links = re.findall(rf'href="({re.escape(path)}\?state=\w+)"', officer.client.get(path).text)
    yield from (officer.client.get(each).text for each in links)


def test_the_counts_of_a_list_are_those_of_ones_own_part(bench: District) -> None:
    for path in ("/objections/", "/repairs/", "/abnormal/", "/inspections/", "/batches/", "/suggestions/"):
        own, other = (each.page(path).tree for each in (bench.own, bench.other))
        digits = [
            [each for each in "".join(page.xpath("//main//nav//text()")) if each.isdigit() and each != "0"]
            for page in (own, other)
        ]
        assert digits[0], path
        assert not digits[1], path
