"""Installations on either engine of the lookup, for tests that ask the same of both."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.search.postgresql.tables import schema_of
from tests.conftest import POSTGRESQL, emptied, settings_in

ENGINES = ("whoosh", *(("postgresql",) if POSTGRESQL else ()))
COMMAND = (sys.executable, "-W", "ignore", "-c", "from chengxin.cli import main; main()")


@contextmanager
def installation(
    request: pytest.FixtureRequest, folder: Path, engine: str
) -> Iterator[tuple[Settings, Database]]:
    """Give a migrated, empty installation whose lookup runs on an engine, and that has no index yet."""
    changes: dict[str, Any] = {"search_engine": engine}
    if engine == "postgresql":
        changes["database_url"] = request.getfixturevalue("migrated_postgresql")
    else:
        (folder / "chengxin.db").write_bytes(request.getfixturevalue("migrated_file").read_bytes())
    settings = settings_in(folder, **changes)
    database = Database(settings)
    if engine == "postgresql":
        emptied(database)
        without_tables(database)
    yield settings, database
    database.dispose()


def without_tables(database: Database) -> None:
    """Drop the tables of the PostgreSQL engine."""
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema_of(connection)} CASCADE"))


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which a process finds the installation."""
    return {
        **os.environ,
        "CHENGXIN_DATA_DIR": str(settings.data_dir),
        "CHENGXIN_SEARCH_INDEX": str(settings.search_index),
        "CHENGXIN_SEARCH_ENGINE": settings.search_engine,
        "CHENGXIN_DATABASE_URL": settings.database_url,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
