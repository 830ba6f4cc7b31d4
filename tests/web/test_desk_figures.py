"""The figures of the desk: by month and from every side, officers' own only for those with the right."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from tests import make
from tests.desk import Officer, Workbench

from chengxin.accounts.models import Account
from chengxin.config import Settings
from chengxin.figures import following
from chengxin.opinions.ratings import actions as ratings
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Reason
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
        value.text_content() for value in page.tree.xpath("(//dl[@class='figures'])[1]//span[@class='value']")
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


def test_the_figures_and_the_queue_mean_the_same_by_overdue(desk: Workbench) -> None:
    """A case that is due today is in time, a review that is late is overdue, in both places."""
    today, yesterday = date(2026, 11, 20), date(2026, 11, 19)
    desk.case(state="accepted", answer_by=today)
    desk.case(state="review", answer_by=yesterday, answered_by=None)
    limin = desk.signed_in("limin")
    [overdue] = limin.page("/figures/").tree.xpath("(//dl[@class='figures'])[1]/div[2]//span[@class='value']")
    listed = limin.page("/?view=overdue").tree.xpath("//table//tbody/tr")
    assert int(overdue.text_content()) == len(listed) == 3


def test_officers_of_another_region_are_not_shown_to_a_regional_one(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        make.region(session)
        make.region(session, code="990101", name="渡口区", parent="990000")
        make.region(session, code="990102", name="北岸区", parent="990000")
        here = make.account(session, username="ma", name="马力", roles="moderator")
        there = make.account(session, username="shi", name="石头", roles="moderator")
        here.region_code, there.region_code = "990101", "990102"
    for account in (here, there):
        desk.case(assigned_to=account.id)
    publisher = desk.account("zhou", "周全", roles="publisher")
    with desk.installed.database.writing() as session:
        session.get_one(Account, publisher.id).region_code = "990101"
    assert [row["value"] for row in table(desk.signed_in("zhou"), "officer")] == ["马力"]


def test_ratings_and_disputes_tell_what_came_ended_and_waits(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        opinion = make.opinion(make.agency(session).id)
        kept, waits = (ratings.rate(session, actor="public", form=form, opinion=opinion) for form in "ab")
        ratings.publish(session, actor="account:1", rating_id=kept.id, version=1)
    with desk.installed.database.writing() as session:
        ratings.hide(session, actor="account:1", rating_id=kept.id, version=2, reason=Reason.INSULT)
        session.get_one(Rating, waits.id).received_on = date(2026, 11, 16)
    page = desk.signed_in("limin").page("/figures/")
    rows = page.tree.xpath("//section[@aria-labelledby='matters']//tbody/tr")
    cells = [[cell.text_content().strip() for cell in row.xpath("./th|./td")] for row in rows]
    assert cells[0] == ["评价", "2", "1", "1", "4"]
    assert [row[1:] for row in cells[1:]] == [["0", "0", "0", "–"]] * 3
