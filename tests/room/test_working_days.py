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

# Invented: the first week of the year off, a Saturday worked instead.
INVENTED = "day,kind\n2027-01-01,off\n2027-01-04,off\n2027-01-05,off\n2027-01-09,work\n"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = settings_in(tmp_path)
    prepare(made)
    yield made
    workdays.learn(None)


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
