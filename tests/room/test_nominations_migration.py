"""Titles named before there were rounds keep their sense: each batch becomes the round that gave it."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from tests.conftest import POSTGRESQL, settings_in

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.migrating import _config, upgrade_database

BEFORE, AFTER = "0007", "0008"
STAMP = "2026-01-05 02:00:00+00:00"
AGENCY = (
    "INSERT INTO agency (id, uid, name, folded_name, uscc_valid, place, address, legal_representative,"
    " established, ownership, business_phone, supervision_phone, website, fee_notice, public_body, status,"
    " grade, flags, opened_on, backfilled, fingerprint, created_at, updated_at, source, source_ref)"
    " VALUES (1, 'hg000001', '江州远帆人力资源有限公司', '江州远帆', false, '', '', '', '', '', '', '', '',"
    f" '', false, 'active', '', '', '2024-04-03', false, '', '{STAMP}', '{STAMP}', '', '')"
)
TITLES = (
    ("awarded", 2025, "city", "2025年度诚信服务示范机构", "江人社发〔2025〕88号", "2025-12-20"),
    ("withdrawn", 2025, "city", "2025年度诚信服务示范机构", "江人社发〔2025〕88号", "2025-12-20"),
    ("awarded", 2025, "province", "", "", "2025-12-21"),
    ("nominated", 2026, "city", "", "", None),
    ("declined", 2026, "city", "", "", None),
)


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Give an installation of the release before, with titles in every state."""
    settings = settings_in(tmp_path)
    if request.param == "postgresql":
        schema = "test_nominations"
        first = Database(settings_in(tmp_path, database_url=POSTGRESQL))
        with first.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        first.dispose()
        url = f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
        settings = settings_in(tmp_path, database_url=url)
    upgrade_database(settings, BEFORE)
    with_connection(settings, AGENCY, *(title(each) for each in TITLES))
    return settings


def title(facts: tuple[object, ...]) -> str:
    """Write a title as the release before did."""
    state, year, level, batch, decision_no, on = facts
    day = f"'{on}'" if on else "NULL"
    return (
        "INSERT INTO honour (agency_id, kind, holder, level, year, batch, decision_no, merit, state,"
        " state_reason, awarded_on, version, created_at, source, source_ref) VALUES"
        f" (1, 'agency', '', '{level}', {year}, '{batch}', '{decision_no}', '', '{state}', '', {day},"
        f" 1, '{STAMP}', '', '')"
    )


def with_connection(settings: Settings, *statements: str) -> list[tuple[object, ...]]:
    """Run statements and return the rows of the last one."""
    database = Database(settings)
    with database.engine.connect() as connection:
        found = [connection.execute(text(each)) for each in statements][-1]
        rows = [tuple(row) for row in found] if found.returns_rows else []
        connection.commit()
    database.dispose()
    return rows


def test_each_batch_becomes_the_round_that_gave_it(old: Settings) -> None:
    upgrade_database(old, AFTER)
    rounds = with_connection(
        old,
        "SELECT selection.year, selection.level, selection.title, selection.state, selection.agency_places,"
        " count(honour.id) FROM selection JOIN honour ON honour.selection_id = selection.id"
        " GROUP BY selection.id ORDER BY selection.year, selection.level",
    )
    assert rounds == [
        (2025, "city", "2025年度诚信服务示范机构", "awarded", 2, 2),
        (2025, "province", "2025年度诚信服务示范名单", "awarded", 1, 1),
        (2026, "city", "2026年度诚信服务示范名单", "review", 2, 2),
    ]


def test_titles_keep_their_states_and_a_declined_one_is_refused(old: Settings) -> None:
    upgrade_database(old, AFTER)
    states = with_connection(old, "SELECT state FROM honour ORDER BY id")
    assert [state for (state,) in states] == ["awarded", "withdrawn", "awarded", "nominated", "refused"]


def test_the_way_back_keeps_every_title_and_its_batch(old: Settings) -> None:
    upgrade_database(old, AFTER)
    database = Database(old)
    with database.engine.connect() as connection:
        command.downgrade(_config(connection), BEFORE)
        connection.commit()
    database.dispose()
    told = with_connection(old, "SELECT state, batch FROM honour ORDER BY id")
    assert told[0] == ("awarded", "2025年度诚信服务示范机构")
    assert [state for state, _batch in told] == ["awarded", "withdrawn", "awarded", "nominated", "declined"]
