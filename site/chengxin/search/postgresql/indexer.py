"""The indexer of the PostgreSQL engine: a new set of tables for a rebuild, changed rows for an update."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger import queries as ledger
from chengxin.search import events, gathering, words
from chengxin.search.documents import Dated, SearchDocument
from chengxin.search.errors import IndexBusyError
from chengxin.search.orders import alphabet_of
from chengxin.search.postgresql.tables import (
    INDEXES,
    TABLES,
    State,
    alone,
    make_schema,
    schema_of,
    state_in,
    sweep,
)
from chengxin.search.progress import Progress, quiet
from chengxin.search.sounds import Sounds
from chengxin.search.terms import NAME, SOUND
from chengxin.search.tokens import Tokenizer, lexemes
from chengxin.search.whoosh.columns import FOREVER, names_of
from chengxin.search.whoosh.shelf import SCHEMA

SHARE_FOR_REBUILD = 10
SMALLEST_SHARE = 1_000
COLUMNS = (
    "rank", "agency_id", "names", "region", "grade", "standing", "standing_last", "standing_after",
    "licence", "licence_last", "licence_after", "services", "opened", "alphabet", "tokens",
)  # fmt: skip

Row = tuple[Any, ...]
_known: dict[str, Sounds] = {}


class _Rows:
    """Makes rows of agencies and counts the terms whose rarity matters."""

    def __init__(self, sounds: Sounds) -> None:
        self._tokens, self._alphabet = Tokenizer(sounds), alphabet_of(sounds)
        self.counts: Counter[str] = Counter()
        self.size = 0

    def row(self, document: SearchDocument) -> Row:
        terms = self._tokens.terms(document)
        self.counts.update(term for term in terms if term[0] in NAME + SOUND)
        self.size += 1
        return (
            document.rank, document.agency_id, names_of(document), document.region, document.grade,
            *_dated(document.standing), *_dated(document.licence), list(document.services),
            document.opened.toordinal(), self._alphabet.key(document.name), lexemes(terms),
        )  # fmt: skip


def _dated(fact: Dated) -> tuple[str, int, str]:
    if fact.last_day is None:
        return fact.value, FOREVER, fact.value
    return fact.value, fact.last_day.toordinal(), fact.after


def rebuild(database: Database, progress: Progress = quiet) -> int:
    """Build the index anew and switch to it; return how many agencies it holds."""
    with alone(database):
        return _rebuild(database, progress)


def update(database: Database) -> int:
    """Bring the index to the end of the ledger; return how many agencies were looked at again."""
    with database.reading() as session:
        state = state_in(session, schema_of(session.connection()))
        if state and state.version == SCHEMA and not _waits(session, state):
            return 0
    try:
        with alone(database):
            done = _follow(database)
            return _rebuild(database, quiet) if done is None else done
    except IndexBusyError:
        return 0


def _waits(session: Session, state: State) -> bool:
    """Tell whether the ledger went on, or time alone changed a fact."""
    if ledger.last_id(session) != state.position:
        return True
    return bool(_outdated(session, state, clock.today(), limit=1))


def _outdated(session: Session, state: State, today: date, limit: int) -> list[int]:
    """Return agencies of which a dated fact has passed its last day."""
    past = (
        f"SELECT agency_id FROM {state.agency} WHERE LEAST(standing_last, licence_last) < :day LIMIT :limit"
    )
    return list(session.scalars(text(past), {"day": today.toordinal(), "limit": limit}))


def _rebuild(database: Database, progress: Progress) -> int:
    with database.engine.begin() as connection:
        schema = schema_of(connection)
        make_schema(connection, schema)
    _sweep(database, schema)
    with database.reading() as session, database.engine.begin() as connection:
        register = gathering.register_words(session)
        ids = gathering.ids_by_rank(session)
        fresh = State(schema, secrets.token_hex(6), SCHEMA, ledger.last_id(session), 0)
        connection.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
        _run(connection, TABLES, fresh)
        rows = _Rows(Sounds(register.readings))
        found = gathering.documents(session, ids, today=clock.today())
        _copy(
            connection, fresh.agency, COLUMNS, (rows.row(each) for each in _told(found, len(ids), progress))
        )
        _copy(connection, fresh.frequency, ("term", "count"), rows.counts.items())
        _copy(connection, fresh.words, ("body",), [(words.written(register),)])
        _run(connection, INDEXES, fresh)
        _switch(connection, replace(fresh, size=rows.size))
    return rows.size


def _told(documents: Iterable[SearchDocument], total: int, progress: Progress) -> Iterator[SearchDocument]:
    for done, document in enumerate(documents, 1):
        yield document
        progress(done, total)


def _run(connection: Connection, statements: str, state: State) -> None:
    for statement in statements.format(schema=state.schema, generation=state.generation).split(";"):
        if statement.strip():
            connection.execute(text(statement))


def _copy(connection: Connection, table: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write rows in one stream."""
    driver = cast("Any", connection.connection.driver_connection)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream,
    ):
        for row in rows:
            stream.write_row(row)


def _switch(connection: Connection, state: State) -> None:
    values = {"g": state.generation, "v": state.version, "p": state.position, "s": state.size}
    connection.execute(
        text(
            f"INSERT INTO {state.schema}.state (generation, version, position, size) VALUES (:g, :v, :p, :s) "
            "ON CONFLICT (one) DO UPDATE SET generation = :g, version = :v, position = :p, size = :s"
        ),
        values,
    )


def _sweep(database: Database, schema: str) -> None:
    """Drop what earlier rebuilds left; tables somebody still reads stay until the next time."""
    try:
        with database.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '1s'"))
            sweep(connection, schema, state_in(connection, schema))
    except OperationalError:
        return


def _follow(database: Database) -> int | None:
    """Change the rows the ledger names; None when a new index is cheaper, or the only way."""
    options = {"isolation_level": "REPEATABLE READ"}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        session = Session(connection, autoflush=False, expire_on_commit=False)
        state, last = state_in(connection, schema_of(connection)), ledger.last_id(session)
        if state is None or state.version != SCHEMA or last < state.position:
            return None
        news = events.since(session, state.position, last)
        most = max(SMALLEST_SHARE, state.size // SHARE_FOR_REBUILD)
        due = news.agencies | set(_outdated(session, state, clock.today(), most + 1))
        if news.divisions or len(due) > most:
            return None
        size = _replace(session, state, sorted(due)) if due else state.size
        _switch(connection, replace(state, position=news.position, size=size))
    return len(due)


def _sounds(connection: Connection, state: State) -> Sounds:
    """Return the readings a set of tables was made with; those of the last one are remembered."""
    if state.words not in _known:
        body = connection.scalar(text(f"SELECT body FROM {state.words}"))
        _known.clear()
        _known[state.words] = Sounds(words.read(str(body)).readings)
    return _known[state.words]


def _replace(session: Session, state: State, due: Collection[int]) -> int:
    """Replace the rows of some agencies, correct the frequencies, and return how many agencies there are now."""
    connection = session.connection()
    rows = _Rows(_sounds(connection, state))
    gone = text(f"DELETE FROM {state.agency} WHERE agency_id = ANY(:due) RETURNING tsvector_to_array(tokens)")
    held = connection.scalars(gone, {"due": list(due)}).all()
    found = gathering.documents(session, due, today=clock.today())
    _copy(connection, state.agency, COLUMNS, [rows.row(each) for each in found])
    rows.counts.subtract(term for terms in held for term in terms if term[0] in NAME + SOUND)
    changed = {term: count for term, count in rows.counts.items() if count}
    connection.execute(
        text(
            f"INSERT INTO {state.frequency} AS old (term, count) SELECT * FROM unnest(CAST(:t AS text[]), "
            "CAST(:c AS integer[])) ON CONFLICT (term) DO UPDATE SET count = old.count + excluded.count"
        ),
        {"t": list(changed), "c": list(changed.values())},
    )
    return state.size + rows.size - len(held)


def verify(database: Database) -> list[str]:
    """Return a sentence for each thing that is wrong with the index; nothing when it is whole."""
    with database.reading() as session:
        state = state_in(session, schema_of(session.connection()))
        if state is None:
            return ["There is no index. Run: chengxin index rebuild"]
        if state.version != SCHEMA:
            return ["The index was written by another version. Run: chengxin index rebuild"]
        behind = ledger.last_id(session) - state.position
        if behind:
            return [f"The index is {behind} events behind the ledger. Run: chengxin index update"]
        ids = set(gathering.ids_by_rank(session))
        held = set(session.scalars(text(f"SELECT agency_id FROM {state.agency}")))
    if held != ids or len(held) != state.size:
        return [f"The index misses {len(ids - held)} agencies and has {len(held - ids)} too many."]
    return []
