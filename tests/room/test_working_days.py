"""The table of a new year: an operator adds it, and deadlines that were provisional become certain."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import make
from tests.conftest import settings_in
from tests.suggestions import suggestion

from chengxin.cli import database_of, main
from chengxin.cli.db import prepare
from chengxin.cli.work import compute_deadlines_again, compute_terms_of_suggestions_again
from chengxin.config import Settings
from chengxin.core import workdays
from chengxin.core.clock import frozen
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.workdays import add_workdays, official
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import pauses
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act

# Invented: the first week of the year off, a Saturday worked instead; the other holidays as they may fall.
OFF = (
    *("01-01", "01-04", "01-05", "02-05", "02-08", "02-09", "04-05"),
    *("05-03", "06-09", "09-15", "10-01", "10-04", "10-05"),
)
ONE_DAY = "day,kind\n2027-01-01,off\n"
INVENTED = "\n".join(["day,kind", *(f"2027-{day},off" for day in OFF), "2027-01-09,work", ""])


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = settings_in(tmp_path)
    prepare(made)
    yield made
    workdays.learn(None)


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the table each time, not once a minute."""
    monkeypatch.setattr(workdays, "LOOK_AGAIN_SECONDS", 0)


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["workdays", *words], obj=settings)


def added(settings: Settings, text: str = INVENTED) -> Result:
    file = settings.data_dir / "table.csv"
    file.write_text(text, encoding="utf-8")
    result = run(settings, "add", str(file))
    workdays.learn(settings.workdays_file)
    return result


def filed(settings: Settings) -> int:
    with database_of(settings).writing() as session:
        return make.complaint(session, make.filing(intake_recipients(settings))).id


def case_of(settings: Settings, case_id: int) -> Complaint:
    with database_of(settings).reading() as session:
        return session.get_one(Complaint, case_id)


def test_an_added_year_makes_its_terms_certain(settings: Settings) -> None:
    assert add_workdays(date(2026, 12, 31), 1).provisional
    assert added(settings).exit_code == 0
    due = add_workdays(date(2026, 12, 31), 1)
    assert (due.date, due.provisional) == (date(2027, 1, 6), False)
    assert official().version.startswith("2024-2027 ")


def test_the_deadlines_that_run_follow_the_new_table(settings: Settings) -> None:
    with frozen(datetime(2026, 12, 28, 4, tzinfo=UTC)):
        case_id = filed(settings)
        before = case_of(settings, case_id)
        assert before.provisional
        added(settings)
        assert compute_deadlines_again(settings, database_of(settings)) == 1
    after = case_of(settings, case_id)
    assert not after.provisional
    assert (before.accept_by, after.accept_by) == (date(2027, 1, 4), date(2027, 1, 7))
    assert after.calendar == official().version


def test_the_day_by_which_somebody_should_answer_follows_too(settings: Settings) -> None:
    asked = datetime(2026, 12, 21, 4, tzinfo=UTC)
    with frozen(asked):
        case_id, key = filed(settings), intake_recipients(settings)
        with database_of(settings).writing() as session:
            pauses.ask(
                session, actor="account:1", case_id=case_id, version=1, note="请补充。", intake_key=key
            )
    before = case_of(settings, case_id)
    assert (before.supplement_by, before.provisional) == (date(2027, 1, 11), True)
    added(settings)
    with database_of(settings).writing() as session, frozen(datetime(2027, 1, 12, 4, tzinfo=UTC)):
        assert not pauses.has_lapsing(session)
    assert compute_deadlines_again(settings, database_of(settings)) == 1
    after = case_of(settings, case_id)
    assert (after.supplement_by, after.provisional) == (date(2027, 1, 13), False)


def test_the_term_of_a_suggestion_follows_as_its_receipt_says(settings: Settings) -> None:
    database = database_of(settings)
    with frozen(datetime(2026, 12, 14, 4, tzinfo=UTC)), database.writing() as session:
        waits = suggestion(session, key=intake_recipients(settings))
        answered = suggestion(session, key=intake_recipients(settings), act=Act.ADOPT)
    assert (waits.reply_by, waits.provisional) == (date(2027, 1, 11), True)
    added(settings)
    with frozen(datetime(2026, 12, 15, 4, tzinfo=UTC)):
        assert compute_terms_of_suggestions_again(settings, database) == 1
        assert compute_terms_of_suggestions_again(settings, database) == 0
    with database.reading() as session:
        after = session.get_one(Suggestion, waits.id)
        assert (after.reply_by, after.provisional) == (date(2027, 1, 13), False)
        assert session.get_one(Suggestion, answered.id).reply_by == date(2027, 1, 11)
        told = ledger.of_subject(session, Subject("suggestion", waits.id))[-1]
    assert (told.verb, told.actor) == ("suggestion.recomputed", "worker")
    assert (told.old, told.new) == ('{"reply_by":"2027-01-11"}', '{"reply_by":"2027-01-13"}')


def test_nothing_is_computed_twice(settings: Settings) -> None:
    filed(settings)
    added(settings)
    assert compute_deadlines_again(settings, database_of(settings)) == 1
    assert compute_deadlines_again(settings, database_of(settings)) == 0


def test_a_second_file_adds_to_the_first(settings: Settings) -> None:
    added(settings)
    added(settings, "day,kind\n2028-01-03,off\n")
    days = run(settings, "list").stdout
    assert "2027-01-09,work" in days
    assert "2028-01-03,off" in days


@pytest.mark.parametrize(
    "text", ["day,kind\n2027-01-01,holiday\n", "2027-01-01,off\n", "day,kind\n", "day,kind\nsoon,off\n"]
)
def test_a_file_that_is_no_table_changes_nothing(settings: Settings, text: str) -> None:
    result = added(settings, text)
    assert result.exit_code == 1
    assert not settings.workdays_file.exists()


def test_a_single_day_makes_no_year_known(settings: Settings) -> None:
    result = added(settings, ONE_DAY)
    assert "2027 is not whole" in result.stdout
    assert "春节" in result.stdout
    assert "元旦" not in result.stdout
    assert add_workdays(date(2026, 12, 31), 1) == workdays.Due(date(2027, 1, 4), provisional=True)
    assert "whole" not in added(settings).stdout


def spoil(settings: Settings) -> None:
    with settings.workdays_file.open("a", encoding="utf-8") as file:
        file.write("2027-13-45,off\n")


def test_a_broken_table_leaves_the_last_good_one_and_tells_the_operator(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    added(settings)
    before = official()
    spoil(settings)
    for _ in range(3):
        assert official() == before
    (said,) = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert str(settings.workdays_file) in said
    refused = run(settings, "list")
    assert refused.exit_code == 1
    assert "cannot be read" in refused.output


def test_a_case_is_filed_and_nothing_computed_again_while_the_table_is_broken(settings: Settings) -> None:
    added(settings)
    case_id = filed(settings)
    assert compute_deadlines_again(settings, database_of(settings)) == 0
    spoil(settings)
    workdays.learn(settings.workdays_file)  # as a process does that starts while the table is broken
    with database_of(settings).writing() as session:
        other = make.complaint(session, make.filing(intake_recipients(settings), nonce="another form"))
    assert case_of(settings, other.id).id != case_id
    assert compute_deadlines_again(settings, database_of(settings)) == 0
    added_again = "\n".join(settings.workdays_file.read_text(encoding="utf-8").splitlines()[:-1])
    settings.workdays_file.write_text(f"{added_again}\n", encoding="utf-8")
    assert workdays.trouble() == ""
    assert compute_deadlines_again(settings, database_of(settings)) == 1
    assert case_of(settings, case_id).calendar == official().version


def test_a_table_that_a_spreadsheet_saved_is_read(settings: Settings) -> None:
    settings.workdays_file.write_text(INVENTED, encoding="utf-8-sig")
    workdays.learn(settings.workdays_file)
    assert workdays.trouble() == ""
    assert 2027 in official().years
