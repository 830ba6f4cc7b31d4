"""Bring a database to the newest schema; several processes may try at once."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.paths import PACKAGE

MIGRATION_LOCK = 46_2013


def upgrade_database(settings: Settings, revision: str = "head") -> None:
    """Run the migrations up to a revision."""
    _migrate(settings, lambda config: command.upgrade(config, revision))


def downgrade_database(settings: Settings, revision: str) -> None:
    """Take the migrations after a revision back; what only the newer schema could hold is lost."""
    _migrate(settings, lambda config: command.downgrade(config, revision))


def schema_of(settings: Settings) -> str | None:
    """Return the revision of the schema the database has now, or None while it has none."""
    database = Database(settings)
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        database.dispose()


def _migrate(settings: Settings, run: Callable[[Config], None]) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings)
    try:
        with _alone(settings), database.engine.connect() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
                connection.commit()
            run(_config(connection))
            connection.commit()
    finally:
        database.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with (settings.data_dir / "migrate.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
