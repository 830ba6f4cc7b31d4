"""The figures of the desk: by month and from every side, officers' own only for those with the right."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from tests.desk import Officer, Workbench

from chengxin.config import Settings
from chengxin.figures import following
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import move_case
from chengxin.voices.complaints.rules import Move


@pytest.fixture
def desk(
    settings: Settings, clock: Callable[[datetime], AbstractContextManager[None]]
) -> Iterator[Workbench]:
    """Give a workbench with three cases of November, one of them decided by its moderator in time."""
    bench = Workbench(settings)
    limin = bench.account()
    with clock(datetime(2026, 11, 2, 4, tzinfo=UTC)):
        cases = [bench.case() for _ in range(3)]
    with clock(datetime(2026, 11, 9, 4, tzinfo=UTC)), bench.installed.database.writing() as session:
        for move in (Move.ACCEPT, Move.DECIDE, Move.CLOSE):
            changes: dict[str, object] = {"finding": "upheld"} if move is Move.DECIDE else {}
            case = session.get_one(Complaint, cases[0].id)
            actor, version = f"account:{limin.id}", case.version
            move_case(session, move, changes=changes, actor=actor, case_id=case.id, version=version)
    following.follow(bench.installed.database)
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield bench
    bench.installed.database.dispose()


def table(officer: Officer, side: str) -> list[dict[str, str]]:
    text = officer.client.get(f"/figures.csv?by={side}").text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_tells_what_came_ended_and_waits(desk: Workbench) -> None:
    page = desk.signed_in("limin").page("/figures/")
    values = [
        value.text_content() for value in page.tree.xpath("//dl[@class='figures']//span[@class='value']")
    ]
    assert values == ["2", "2", "3", "1"]
    assert "16到30天" in page.text


def test_each_side_has_its_lines(desk: Workbench) -> None:
    auditor = desk.officer("sunjing", "孙静", roles="auditor")
    (november, *_earlier) = table(auditor, "month")
    assert (november["value"], november["received"], november["ended"], november["median"]) == (
        "2026-11",
        "3",
        "1",
        "5",
    )
    (fees,) = table(auditor, "category")
    assert (fees["received"], fees["upheld"], fees["waiting"]) == ("3", "1", "2")
    assert [row["received"] for row in table(auditor, "track")] == ["3", "0", "0"]
    assert [row["value"] for row in table(auditor, "region")] == ["未定地区"]
    officers = {row["value"]: row for row in table(auditor, "officer")}
    assert officers["李敏"]["answered"] == "1"
    assert officers["尚未分配"]["waiting"] == "2"


def test_figures_of_officers_are_for_few(desk: Workbench) -> None:
    limin = desk.signed_in("limin")
    assert "按工作人员" not in limin.page("/figures/").text
    assert limin.client.get("/figures.csv?by=officer").status_code == 404
    assert "按工作人员" in desk.officer("sunjing", "孙静", roles="auditor").page("/figures/").text


def test_only_the_spans_that_are_offered_are_shown(desk: Workbench) -> None:
    limin = desk.signed_in("limin")
    for asked, months in (("3", 3), ("24", 24), ("9999999", 12), ("x", 12)):
        rows = limin.page(f"/figures/?months={asked}").tree.xpath(
            "//section[@aria-labelledby='by-month']//tbody/tr"
        )
        assert len(rows) == months


def test_figures_are_shut_to_those_without_the_right(desk: Workbench) -> None:
    reviewer = desk.officer("heqing", "何清", roles="legal_reviewer")
    assert reviewer.client.get("/figures/").status_code == 403
    assert reviewer.client.get("/figures.csv").status_code == 403


def test_the_page_asks_few_questions_however_many_cases_there_are(desk: Workbench) -> None:
    auditor = desk.officer("sunjing", "孙静", roles="auditor")
    with desk.statements() as few:
        auditor.page("/figures/")
    for _ in range(5):
        desk.case()
    following.follow(desk.installed.database)
    with desk.statements() as many:
        auditor.page("/figures/")
    assert len(many) == len(few) < 40
