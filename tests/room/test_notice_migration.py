"""Notices of the release before keep their sense: where they stood, who wrote them, and how they ended."""

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.conftest import POSTGRESQL, settings_in

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.migrating import downgrade_database, upgrade_database

BEFORE, AFTER = "0004", "0005"
STAMP = "2026-10-05 02:00:00+00:00"
# Drafted by 1, revised by 2, published by 3.
NOTICES = (
    (1, "draft", None, None),
    (2, "submitted", None, None),
    (3, "published", 1, 3),
    (4, "expired", 2, 3),
    (5, "rejected", None, None),
)
AFTERWARDS = {1: "draft", 2: "legal_review", 3: "published", 4: "expired", 5: "rejected"}


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Give an installation of the release before, with notices in its states."""
    settings = settings_in(tmp_path)
    if request.param == "postgresql":
        first = Database(settings_in(tmp_path, database_url=POSTGRESQL))
        with first.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS test_notice_life CASCADE"))
            connection.execute(text("CREATE SCHEMA test_notice_life"))
        first.dispose()
        url = f"{POSTGRESQL}?options=-csearch_path%3Dtest_notice_life"
        settings = settings_in(tmp_path, database_url=url)
    upgrade_database(settings, BEFORE)
    accounts = [account(number) for number in (1, 2, 3)]
    run(settings, *accounts, *(notice(*each) for each in NOTICES), *(revised(each[0]) for each in NOTICES))
    return settings


def account(number: int) -> str:
    return (
        "INSERT INTO account (id, username, name, password_hash, roles, active, created_at)"
        f" VALUES ({number}, 'staff{number}', '王建华', '', 'publisher', true, '{STAMP}')"
    )


def notice(number: int, state: str, address: int | None, publisher: int | None) -> str:
    year, given = ("2026", str(address)) if address else ("NULL", "NULL")
    return (
        "INSERT INTO sanction (id, year, number, party_name, party_uscc, notice_kind, legal_kind, severity,"
        " category, title, summary, decision_no, decision_date, authority, facts, basis, measures,"
        " agency_statement, remedies, amount, max_until, state, state_reason, flags, drafted_by, published_by,"
        " proposed_end, proposed_end_reason, version, created_at, source, source_ref) VALUES"
        f" ({number}, {year}, {given}, '江州远帆', '', 'exposure', 'fine', 'general', 'deposit', '公告', '',"
        " '9号', '2026-10-01', '人社局', '事实', '依据', '', '', '', '', '2027-10-01',"
        f" '{state}', '', '', 1, {publisher or 'NULL'}, '', '', 1, '{STAMP}', '', '')"
    )


def revised(number: int) -> str:
    return (
        "INSERT INTO event (id, at, actor, verb, subject_kind, subject_id, reason, previous_hash, hash)"
        f" VALUES ({number}, '{STAMP}', 'account:2', 'sanction.revised', 'sanction', {number}, '', '', '')"
    )


def run(settings: Settings, *statements: str) -> list[tuple[object, ...]]:
    """Run statements and return the rows of the last one."""
    database = Database(settings)
    with database.engine.connect() as connection:
        found = [connection.execute(text(each)) for each in statements][-1]
        rows = [tuple(row) for row in found] if found.returns_rows else []
        connection.commit()
    database.dispose()
    return rows


def states(settings: Settings) -> dict[object, object]:
    return {row[0]: row[1] for row in run(settings, "SELECT id, state FROM sanction ORDER BY id")}


def test_a_notice_that_waited_for_review_waits_for_the_legal_one(old: Settings) -> None:
    upgrade_database(old, AFTER)
    assert states(old) == AFTERWARDS


def test_everybody_who_had_a_hand_in_a_notice_is_taken_over(old: Settings) -> None:
    upgrade_database(old, AFTER)
    rows = run(old, "SELECT sanction_id, account_id, part FROM sanction_hand ORDER BY 1, 2")
    written = [(number, person, "author") for number in AFTERWARDS for person in (1, 2)]
    assert rows == sorted([*written, (3, 3, "second"), (4, 3, "second")])


def test_how_a_public_notice_ended_is_taken_over(old: Settings) -> None:
    upgrade_database(old, AFTER)
    assert run(old, "SELECT id, ended_as FROM sanction WHERE ended_as <> ''") == [(4, "expired")]


def test_a_public_notice_of_before_can_still_change(old: Settings) -> None:
    """It never had the review the triggers ask of new publications."""
    upgrade_database(old, AFTER)
    run(old, "UPDATE sanction SET proposed_end = 'withdrawn', proposed_end_by = 1 WHERE id = 3")
    run(old, "UPDATE sanction SET state = 'withdrawn', ended_by = 2 WHERE id = 3")
    assert states(old)[3] == "withdrawn"


def test_the_way_back_knows_every_state(old: Settings) -> None:
    upgrade_database(old, AFTER)
    later = {1: "prior_notice", 2: "served", 5: "archived"}
    run(
        old,
        *(f"UPDATE sanction SET state = '{state}' WHERE id = {number}" for number, state in later.items()),
    )
    run(old, "UPDATE sanction SET state = 'archived' WHERE id = 4")
    downgrade_database(old, BEFORE)
    assert states(old) == {1: "submitted", 2: "submitted", 3: "published", 4: "expired", 5: "rejected"}
    upgrade_database(old, AFTER)
    assert states(old)[1] == "legal_review"
