"""Retention on the desk and on the command line: the schedule, what waits, what has gone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from tests import make
from tests.desk import Workbench

from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.intake_keys import intake_recipients
from chengxin.voices.complaints import actions, erasing
from chengxin.voices.complaints.models import Complaint

NOON = datetime(2026, 1, 12, 4, tzinfo=UTC)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Workbench]:
    bench = Workbench(settings)
    yield bench
    bench.installed.database.dispose()


def taken_back(desk: Workbench, *, asked: bool = False) -> Complaint:
    with frozen(NOON), desk.installed.database.writing() as session:
        case = make.complaint(session, make.filing(intake_recipients(desk.settings)))
        if asked:
            erasing.ask_erasure(session, actor="public", case_id=case.id, version=case.version)
        return actions.withdraw(session, actor="public", case_id=case.id, version=case.version)


def test_the_schedule_stands_there_with_its_sources(desk: Workbench) -> None:
    shown = desk.officer(roles="publisher").page("/retention/")
    assert "案件结束6个月后" in shown.text
    assert "个人信息保护法 19, 47" in shown.text
    assert "推定：没有法律写明期限" in shown.text


def test_only_who_may_erase_sees_it(desk: Workbench) -> None:
    assert desk.officer(roles="moderator").client.get("/retention/").status_code == 403


def test_a_request_stands_there_with_the_day_it_is_fulfilled(desk: Workbench) -> None:
    case = taken_back(desk, asked=True)
    with frozen(NOON + timedelta(days=1)):
        shown = desk.officer(roles="publisher").page("/retention/")
    assert case.case_no in shown.text
    assert "2026-03-13" in shown.text


def test_the_command_plans_without_a_change_and_then_erases(desk: Workbench) -> None:
    taken_back(desk)
    with frozen(NOON + timedelta(days=200)):
        run = CliRunner()
        for command in ("plan", "plan", "run"):
            said = run.invoke(main, ["retention", command], obj=desk.settings, catch_exceptions=False)
        assert said.output.splitlines() == ["complaint.contact,1", "complaint.unhandled,1"]
        planned = run.invoke(main, ["retention", "plan"], obj=desk.settings, catch_exceptions=False)
        assert all(line.endswith(",0") for line in planned.output.splitlines()[1:])
        shown = desk.officer(roles="publisher").page("/retention/")
    assert "命令行" in shown.text


def test_the_desk_still_shows_a_case_whose_words_are_gone(desk: Workbench) -> None:
    case = taken_back(desk)
    with frozen(NOON + timedelta(days=200)):
        CliRunner().invoke(main, ["retention", "run"], obj=desk.settings, catch_exceptions=False)
        shown = desk.officer().page(f"/complaints/{case.id}/")
    assert case.case_no in shown.text
