"""The source of PostgreSQL engines: the state of the tables as the snapshot of a request sees it."""

import threading
from functools import cache

from sqlalchemy import text
from sqlalchemy.orm import Session

from chengxin.search import words
from chengxin.search.postgresql.engine import KeptCounts, PostgresqlEngine
from chengxin.search.postgresql.tables import State, schema_of, state_in
from chengxin.search.vocabulary import Vocabulary
from chengxin.search.whoosh.shelf import SCHEMA


class Tables:
    """Gives an engine over the tables a request's snapshot sees, or none when they are not there."""

    def __init__(self) -> None:
        """Begin without knowing the schema or any words."""
        self._schema = ""
        self._lock = threading.Lock()
        self._vocabulary: tuple[str, Vocabulary] | None = None
        self._counts = KeptCounts()

    def engine(self, session: Session) -> PostgresqlEngine | None:
        """Return an engine that asks within the transaction of a request."""
        if not self._schema:
            self._schema = schema_of(session.connection())
        state = state_in(session, self._schema)
        if state is None or state.version != SCHEMA:
            return None
        return PostgresqlEngine(session, state, self._words(session, state), self._counts)

    def distrust(self, reason: BaseException) -> None:
        """Do nothing: the tables are looked for with every request."""

    def _words(self, session: Session, state: State) -> Vocabulary:
        known = self._vocabulary
        if known is not None and known[0] == state.generation:
            return known[1]
        with self._lock:
            if self._vocabulary is None or self._vocabulary[0] != state.generation:
                body = session.scalar(text(f"SELECT body FROM {state.words}"))
                self._vocabulary = (state.generation, Vocabulary(words.read(str(body))))
            return self._vocabulary[1]


@cache
def tables_of(database_url: str) -> Tables:  # noqa: ARG001 (one for each database)
    """Return this process's source for a database."""
    return Tables()
