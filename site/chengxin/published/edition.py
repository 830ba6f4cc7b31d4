"""Which edition of the site readers must see now: the publication version and the day in Shanghai."""

import weakref
from datetime import date
from typing import Any, NamedTuple

from chengxin.core import clock
from chengxin.core.database import Database

NEWEST = "SELECT max(public_version) FROM event"
IDLE_CONNECTIONS = 16


class Edition(NamedTuple):
    """A state of the public record; every page of one edition is always the same."""

    version: int
    day: date


class Editions:
    """Reads the newest publication version in a few microseconds, past the session and its pool.

    A query lets go of the interpreter's lock, and under many readers getting it back costs more than the
    page, so the database is asked only when its count of commits has moved. The connections wait in a
    stack: its pop and append are one step each, so threads need no lock, and there are far fewer than
    threads, because each is in use for microseconds only.
    """

    def __init__(self, database: Database) -> None:
        """Open no connection yet."""
        self._engine = database.engine
        self._commits = database.commits
        self._held: tuple[int | None, int] = (None, 0)
        self._idle: list[Any] = []
        weakref.finalize(self, _close_all, self._idle)

    def now(self) -> Edition:
        """Return the edition that holds at this moment."""
        return Edition(self._version(), clock.today())

    def _version(self) -> int:
        """Return the version; while nobody has committed since it was read, without asking again."""
        commits = self._commits()
        held, version = self._held
        if commits is not None and commits == held:
            return version
        version = self._read()
        self._held = (commits, version)
        return version

    def _read(self) -> int:
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._ask(self._open())
        try:
            return self._ask(connection)
        except Exception:  # noqa: BLE001 (any failure of a connection that was left idle: try a new one)
            _close_all(self._idle)
            return self._ask(self._open())

    def _ask(self, connection: Any) -> int:
        try:
            row = connection.execute(NEWEST).fetchone()
        except BaseException:
            connection.close()
            raise
        if len(self._idle) < IDLE_CONNECTIONS:
            self._idle.append(connection)
        else:
            connection.close()
        return row[0] or 0

    def _open(self) -> Any:
        """Take a driver's connection out of the pool for good; every statement stands alone on it."""
        fairy = self._engine.raw_connection()
        fairy.detach()
        connection: Any = fairy.dbapi_connection
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True
        return connection


def _close_all(connections: list[Any]) -> None:
    while connections:
        connections.pop().close()
