"""The tables of the PostgreSQL engine: derived, in a schema of their own, a fresh set for each rebuild.

A row of `state` names the set in use, so that a rebuild is switched to by one row and waits for no reader.
They belong to no migration and to no backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from chengxin.core.database import Database
from chengxin.search.errors import IndexBusyError, NoPlaceForIndexError

SCHEMA_NAME = "lookup"
LOCK = 0x6C6F6F6B

TABLES = """
CREATE TABLE {schema}.agency_{generation} (
    rank bigint NOT NULL, agency_id integer NOT NULL, names text NOT NULL, region text NOT NULL,
    grade text NOT NULL, standing text NOT NULL, standing_last integer NOT NULL, standing_after text NOT NULL,
    licence text NOT NULL, licence_last integer NOT NULL, licence_after text NOT NULL, services text[] NOT NULL,
    opened integer NOT NULL, alphabet bytea NOT NULL, tokens tsvector NOT NULL
);
CREATE TABLE {schema}.frequency_{generation} (term text NOT NULL, count integer NOT NULL);
CREATE TABLE {schema}.words_{generation} (body text NOT NULL);
"""
INDEXES = """
ALTER TABLE {schema}.agency_{generation} ADD PRIMARY KEY (rank);
CREATE UNIQUE INDEX ON {schema}.agency_{generation} (agency_id);
CREATE INDEX ON {schema}.agency_{generation} (LEAST(standing_last, licence_last));
CREATE INDEX ON {schema}.agency_{generation} USING gin (tokens) WITH (fastupdate = off);
ALTER TABLE {schema}.frequency_{generation} ADD PRIMARY KEY (term);
ANALYZE {schema}.agency_{generation};
ANALYZE {schema}.frequency_{generation};
"""
STATE = """
CREATE TABLE IF NOT EXISTS {schema}.state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), generation text NOT NULL, version integer NOT NULL,
    position bigint NOT NULL, size integer NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class State:
    """Which set of tables is in use, and what it holds."""

    schema: str
    generation: str
    version: int
    position: int
    size: int

    @property
    def agency(self) -> str:
        """Return the name of the table of agencies."""
        return f"{self.schema}.agency_{self.generation}"

    @property
    def frequency(self) -> str:
        """Return the name of the table that tells how many agencies hold a term."""
        return f"{self.schema}.frequency_{self.generation}"

    @property
    def words(self) -> str:
        """Return the name of the table of the register's words."""
        return f"{self.schema}.words_{self.generation}"


def schema_of(connection: Connection) -> str:
    """Return the quoted name of the schema: lookup, or one beside the schema the records stand in."""
    current = connection.scalar(text("SELECT current_schema()")) or "public"
    own = SCHEMA_NAME if current == "public" else f"{current}_{SCHEMA_NAME}"
    return str(connection.scalar(text("SELECT quote_ident(:own)"), {"own": own}))


def state_in(session: Session | Connection, schema: str) -> State | None:
    """Return the state of the index, or None when there is none or its tables are gone."""
    there = text("SELECT to_regclass(:name) IS NOT NULL")
    if not session.scalar(there, {"name": f"{schema}.state"}):
        return None
    own = "to_regclass('{schema}.{table}_' || generation) IS NOT NULL"
    whole = " AND ".join(own.format(schema=schema, table=table) for table in ("agency", "frequency", "words"))
    row = session.execute(
        text(f"SELECT generation, version, position, size FROM {schema}.state WHERE {whole}")
    ).first()
    return State(schema, *row) if row else None


def make_schema(connection: Connection, schema: str) -> None:
    """Make the schema and the table of the state unless they are there."""
    there = connection.scalar(text("SELECT to_regnamespace(:name) IS NOT NULL"), {"name": schema})
    allowed = text("SELECT has_database_privilege(current_database(), 'CREATE')")
    if not there and not connection.scalar(allowed):
        raise NoPlaceForIndexError(
            f"The database role may not make the schema of the index. As the owner of the database, run: "
            f"CREATE SCHEMA {schema} AUTHORIZATION the_role"
        )
    if not there:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    connection.execute(text(STATE.format(schema=schema)))


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Keep every other process from writing the index, or raise IndexBusyError when one does."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = {"lock": LOCK, "schema": schema_of(connection)}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock, hashtext(:schema))"), lock):
            raise IndexBusyError
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock, hashtext(:schema))"), lock)


def sweep(connection: Connection, schema: str, state: State | None) -> None:
    """Drop every set of tables but the one in use."""
    named = text(
        "SELECT tablename FROM pg_tables WHERE quote_ident(schemaname) = :schema "
        "AND tablename ~ '^(agency|frequency|words)_[0-9a-f]+$'"
    )
    for name in connection.scalars(named, {"schema": schema}).all():
        if state is None or not name.endswith(state.generation):
            connection.execute(text(f"DROP TABLE IF EXISTS {schema}.{name}"))
