"""An installation of an earlier release comes up with everything it held, and could go back.

`tests/releases/` holds the invented sample as each released schema kept it: a gzipped object of tables, each a
list of rows; days and instants are ISO texts, bytes are base64.
"""

import base64
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from tests.conftest import POSTGRESQL, settings_in

from chengxin.bulletins.rules import State as ArticleState
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.migrating import downgrade_database, upgrade_database
from chengxin.ledger.queries import faults
from chengxin.standing.exemplars.rules import State as HonourState
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.rules import State as SanctionState

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("schema-*.json.gz"))
BACKENDS = ["sqlite", *(["postgresql"] if POSTGRESQL else [])]
LOADED_ON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

Rows = dict[str, list[dict[str, Any]]]


def release_of(path: Path) -> str:
    return path.name.removeprefix("schema-").removesuffix(".json.gz")


@pytest.fixture(params=RELEASES, ids=release_of)
def held(request: pytest.FixtureRequest) -> tuple[str, Rows]:
    """Return a released schema and what an installation of it held."""
    return release_of(request.param), json.loads(gzip.decompress(request.param.read_bytes()))


@pytest.fixture(params=BACKENDS)
def installed(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Settings]:
    """Return an empty installation on one of the databases."""
    if request.param == "sqlite":
        yield settings_in(tmp_path)
        return
    schema = f"upgraded_{worker_id}"
    address = f"{POSTGRESQL}{'&' if '?' in POSTGRESQL else '?'}options=-csearch_path%3D{schema}"
    server = Database(settings_in(tmp_path, database_url=POSTGRESQL))
    with server.engine.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    server.dispose()
    yield settings_in(tmp_path, database_url=address)


@pytest.fixture
def database(installed: Settings, held: tuple[str, Rows]) -> Iterator[Database]:
    """Return the database of the earlier release, with its records."""
    release, rows = held
    upgrade_database(installed, release)
    opened = Database(installed)
    with opened.engine.begin() as connection:
        fill(connection, rows)
    yield opened
    opened.dispose()


@contextmanager
def untriggered(connection: Connection) -> Iterator[None]:
    """Let rows be written in any order: the guards of the four eyes watch acts, not copies of old rows."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("ALTER TABLE sanction DISABLE TRIGGER USER"))
        yield
        connection.execute(sa.text("ALTER TABLE sanction ENABLE TRIGGER USER"))
        return
    guards = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for guard in guards:
        connection.execute(sa.text(f"DROP TRIGGER {guard.name}"))
    yield
    for guard in guards:
        connection.exec_driver_sql(guard.sql)


def fill(connection: Connection, rows: Rows) -> None:
    """Write the rows of every table, in an order that foreign keys allow."""
    known = sa.MetaData()
    known.reflect(connection)
    with untriggered(connection):
        _write(connection, known, rows)


def _write(connection: Connection, known: sa.MetaData, rows: Rows) -> None:
    for table in known.sorted_tables:
        told = [
            {name: typed(table.c[name], value) for name, value in row.items()}
            for row in rows.get(table.name, [])
        ]
        own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
        for pointing in (False, True):
            part = [row for row in told if any(row[name] is not None for name in own) is pointing]
            if part:
                connection.execute(table.insert(), part)


def typed(column: sa.Column[Any], value: Any) -> Any:
    """Return a value as its column takes it."""
    if value is None:
        return None
    if isinstance(column.type, sa.DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    if isinstance(column.type, sa.Boolean):
        return bool(value)
    return base64.b64decode(value) if isinstance(column.type, sa.LargeBinary) else value


def counts(database: Database, rows: Rows) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) or 0 for name in rows}


def states(database: Database, table: str) -> set[str]:
    with database.engine.connect() as connection:
        return set(connection.scalars(sa.text(f"SELECT DISTINCT state FROM {table}")))


def test_an_upgrade_loses_nothing(database: Database, installed: Settings, held: tuple[str, Rows]) -> None:
    _, rows = held
    upgrade_database(installed)
    assert counts(database, rows) == {name: len(each) for name, each in rows.items()}
    with database.reading() as session:
        assert list(faults(session)) == []


def test_every_state_of_an_upgraded_record_is_known(database: Database, installed: Settings) -> None:
    upgrade_database(installed)
    assert states(database, "sanction") <= set(SanctionState)
    assert states(database, "honour") <= set(HonourState)
    assert states(database, "article") <= set(ArticleState)


def test_what_was_public_is_public_with_its_wording(
    database: Database, installed: Settings, held: tuple[str, Rows]
) -> None:
    _, rows = held
    upgrade_database(installed)
    public = {(each["year"], each["number"]) for each in rows["sanction"] if each["state"] == "published"}
    with frozen(LOADED_ON), database.reading() as session:
        found = sanctions.published(session, limit=1_000, today=LOADED_ON.date())
        assert {(each.year, each.number) for each in found} == public
        written = "SELECT count(DISTINCT article_id) FROM article_revision"
        articles = sum(bool(each["published_at"]) for each in rows["article"])
        assert session.scalar(sa.text(written)) == articles


def test_an_upgrade_can_be_taken_back(
    database: Database, installed: Settings, held: tuple[str, Rows]
) -> None:
    release, rows = held
    upgrade_database(installed)
    downgrade_database(installed, release)
    assert counts(database, rows) == {name: len(each) for name, each in rows.items()}
    upgrade_database(installed)
    assert counts(database, rows) == {name: len(each) for name, each in rows.items()}
