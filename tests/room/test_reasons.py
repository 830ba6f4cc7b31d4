"""A reason that an officer types stays in the ledger for ever: data of persons is refused, numbers of papers are not."""

from collections.abc import Callable

import pytest

from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.ledger import actions, queries
from chengxin.ledger.rules import COMMAND, Subject

CASE = Subject("complaint", 1)
PERSONAL = ("13500000017", "110101190003076514", "010-62345678", "linwan88", "li.na@example.org")
OF_PAPERS = (
    "依据江人社监罚字〔2026〕第18号，2026年11月3日已退5600元。",
    "统一社会信用代码91990000MA00000012，许可证编号990000202600123。",
    "已转12345，15个工作日内答复。",
    "合同编号HT-0571-88123456，案号（2026）江01民初213号。",
)


@pytest.fixture
def recorded(database: Database) -> Callable[[str, str], list[str]]:
    def give(actor: str, reason: str) -> list[str]:
        with database.writing() as session:
            actions.record(session, actor=actor, verb="refuse", subject=CASE, reason=reason)
        with database.reading() as session:
            return [event.reason for event in queries.of_subject(session, CASE)]

    return give


@pytest.mark.parametrize("told", PERSONAL)
def test_data_of_a_person_in_a_reason_is_named_and_refused(
    recorded: Callable[[str, str], list[str]], database: Database, told: str
) -> None:
    with pytest.raises(DomainError, match="no data of a person") as refused:
        recorded("account:1", f"联系微信{told}核实，电话{told}。")
    assert told in str(refused.value.values["found"])
    with database.reading() as session:
        assert queries.last_id(session) == 0


@pytest.mark.parametrize("reason", OF_PAPERS)
def test_numbers_of_papers_firms_days_and_amounts_may_stand_in_a_reason(
    recorded: Callable[[str, str], list[str]], reason: str
) -> None:
    assert recorded("account:1", reason) == [reason]


def test_an_import_is_no_officer_who_could_write_it_otherwise(
    recorded: Callable[[str, str], list[str]],
) -> None:
    assert recorded(COMMAND, "电话13500000017") == ["电话13500000017"]
