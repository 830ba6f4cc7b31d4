"""The database: one engine, snapshot reads, and writes that queue fairly."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core.anchor import Anchor, Growth
from chengxin.core.keys import secret_of
from chengxin.core.writers import WriterQueue

BUSY_MILLISECONDS = 10_000
GROWTH = "chengxin.growth"


class Database:
    """One installation's database: `reading()` for a snapshot, `writing()` for one transaction.

    SQLite runs in WAL mode with synchronous=FULL, so an acknowledged commit is on the disk. Writers first
    take a file lock: it queues them fairly, where the busy handler alone lets one starve.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the engine; no connection is made yet."""
        url = make_url(settings.database)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._queue = WriterQueue(Path(f"{url.database}.lock")) if self.is_sqlite else None
        if self.is_sqlite:
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        self.anchor = Anchor(settings.data_dir / "ledger.anchor", partial(secret_of, settings))
        self.engine = (
            _sqlite_engine(settings.database) if self.is_sqlite else _postgresql_engine(settings.database)
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one snapshot for all its queries; it is never committed."""
        options = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with self.engine.connect().execution_options(**options) as connection:
            session = Session(connection, expire_on_commit=False, autoflush=False)
            try:
                yield session
            finally:
                session.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed when the block ends, or undone when it raises."""
        with self._turn() as committing, Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"chengxin_write": True})
            try:
                yield session
                with self._anchored(session), committing():
                    session.commit()
            except BaseException:
                session.rollback()
                raise

    def _anchored(self, session: Session) -> AbstractContextManager[None]:
        """Follow the end of the ledger when the transaction says that it moved it."""
        growth: Growth | None = session.info.get(GROWTH)
        return self.anchor.following(growth) if growth else nullcontext()

    def commits(self) -> int | None:
        """Return a number that every commit changes, or None where only the database itself can tell."""
        return self._queue.commits() if self._queue else None

    @contextmanager
    def _turn(self) -> Iterator[Callable[[], AbstractContextManager[None]]]:
        if self._queue is None:
            yield nullcontext
            return
        with self._queue.turn() as turn:
            yield turn.committing

    def wipe_the_log(self) -> bool:
        """Write SQLite's log into the file and empty it, so that what was erased lies in neither; tell if it did.

        A reader that still needs the log keeps it for as long as it reads.
        """
        if not self.is_sqlite:
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.close()
        finally:
            connection.close()
        return not busy

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
        pool_size=16,
        max_overflow=64,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001
    """Switch off the driver's own transactions: it would not BEGIN before a SELECT, and reads would tear."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    write = connection.get_execution_options().get("chengxin_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgresql_engine(url: str) -> Engine:
    full = make_url(url)
    if full.drivername == "postgresql":
        full = full.set(drivername="postgresql+psycopg")
    return create_engine(full, pool_pre_ping=True, pool_size=10, max_overflow=20)
