"""The shared fixtures: app, client, session, clock, page. Everything else stands in the test that needs it.

Room and web tests run on a fresh copy of a migrated SQLite file; with CHENGXIN_TEST_POSTGRESQL set (an
address of an empty database) each room test runs on PostgreSQL as well.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.core.database import Database
from chengxin.core.migrating import upgrade_database
from chengxin.core.models import Base
from tests.desk import Workbench
from tests.pages import Page, read_page

# A busy machine is no fault: tests are judged by what they find, not by how long one example took.
hypothesis.settings.register_profile("calm", deadline=None)
hypothesis.settings.load_profile("calm")

POSTGRESQL = os.environ.get("CHENGXIN_TEST_POSTGRESQL", "")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def pytest_report_header() -> list[str]:
    """Say which databases and browsers the run covers."""
    return [
        f"databases: SQLite{' and PostgreSQL' if POSTGRESQL else ' (CHENGXIN_TEST_POSTGRESQL is not set)'}"
    ]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file that every test copies."""
    folder = tmp_path_factory.mktemp("migrated")
    upgrade_database(settings_in(folder))
    return folder / "chengxin.db"


@pytest.fixture(scope="session")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """Migrate a schema of this worker's own in the PostgreSQL database, once."""
    database = Database(settings_in(tmp_path_factory.mktemp("postgresql"), database_url=POSTGRESQL))
    schema = f"test_{worker_id}"
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema}, {schema}_lookup CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    database.dispose()
    url = f"{POSTGRESQL}{'&' if '?' in POSTGRESQL else '?'}options=-csearch_path%3D{schema}"
    upgrade_database(settings_in(tmp_path_factory.mktemp("migrated"), database_url=url))
    return url


@pytest.fixture(scope="session")
def worker_id() -> str:
    """Return the name of this test process."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def settings_in(folder: Path, **changes: object) -> Settings:
    """Return settings whose folders all stand under one."""
    given: dict[str, object] = {
        "data_dir": folder,
        "search_index": folder / "search_index",
        "secret_key": "a secret of the tests",
        "second_factor": "off",
        "authority": "江州市人力资源和社会保障局",
        **changes,
    }
    return Settings(**given)  # type: ignore[arg-type]


@pytest.fixture
def settings(tmp_path: Path, migrated_file: Path) -> Settings:
    """Return the settings of a fresh SQLite installation."""
    shutil.copyfile(migrated_file, tmp_path / "chengxin.db")
    return settings_in(tmp_path)


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def database(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Iterator[Database]:
    """Give an empty database of each kind."""
    if request.param == "postgresql":
        settings = settings_in(tmp_path, database_url=request.getfixturevalue("migrated_postgresql"))
    opened = Database(settings)
    if request.param == "postgresql":
        emptied(opened)
    yield opened
    opened.dispose()


def emptied(opened: Database) -> None:
    """Empty every table of a PostgreSQL database."""
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with opened.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a transaction that writes; it is committed at the end of the test."""
    with database.writing() as opened:
        yield opened


@pytest.fixture
def app(settings: Settings) -> Callable[..., object]:
    """Give both faces as one WSGI application."""
    return create_wsgi(settings)


@pytest.fixture
def client(app: Callable[..., object]) -> Client:
    """Give a browser without JavaScript."""
    return Client(app)  # type: ignore[arg-type]


@pytest.fixture
def page(client: Client) -> Callable[..., Page]:
    """Give the reader, which fetches a path and checks what every answer must have."""
    return lambda path, **options: read_page(client, path, **options)


@pytest.fixture
def clock() -> Callable[[datetime], AbstractContextManager[None]]:
    """Give the brake of time, to hold it at an instant inside a `with` block."""
    return clocks.frozen


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    """Give the workbench of a fresh installation."""
    return Workbench(settings)
