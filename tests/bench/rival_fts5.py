"""The rival SQLite FTS5: the same tokens in a contentless table, facts in a table beside it."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Clause
from chengxin.search.terms import WILD
from chengxin.search.tokens import Tokenizer
from tests.bench.rivals import Asked, facts_of, token, tokens

TABLES = """
CREATE VIRTUAL TABLE words USING fts5(terms, content='', detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
CREATE TABLE facts (number INTEGER PRIMARY KEY, standing TEXT, region TEXT, grade TEXT, licence TEXT);
CREATE TABLE service (number INTEGER, service TEXT, PRIMARY KEY (number, service)) WITHOUT ROWID;
"""


class Fts5Store:
    """An open FTS5 index."""

    def __init__(self, file: Path) -> None:
        """Open the index of a file."""
        self.base = sqlite3.connect(file)

    def first(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        """Return the exact total and the numbers of the first documents."""
        if not asked.clauses and not asked.weights:
            (total,) = self.base.execute("SELECT count(*) FROM facts").fetchone()
            return total, list(range(min(limit, total)))
        words = expression(asked)
        if asked.weights:
            ranked = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
            numbers = [number for (number,) in self.base.execute(ranked, (words, limit))]
            return len(numbers), numbers
        (total,) = self.base.execute("SELECT count(*) FROM words WHERE words MATCH ?", (words,)).fetchone()
        rows = self.base.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?", (words, limit)
        )
        return total, [number for (number,) in rows]

    def count(self, asked: Asked, fact: str) -> dict[str, int]:
        """Return how many matches have each value of a fact."""
        table = "service" if fact == "service" else "facts"
        inside = "WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?)" if asked.clauses else ""
        values = (expression(asked),) if asked.clauses else ()
        rows = self.base.execute(f"SELECT {fact}, count(*) FROM {table} {inside} GROUP BY 1", values)
        return {value: count for value, count in rows if value}

    def frequency(self, term: str) -> int:
        """Return how many documents hold a term."""
        found = self.base.execute("SELECT doc FROM vocabulary WHERE term = ?", (token(term),)).fetchone()
        return found[0] if found else 0


def expression(asked: Asked) -> str:
    """Return a question in FTS5's own words."""
    if asked.weights:
        return " OR ".join(map(_quoted, asked.weights))
    return " AND ".join(f"({_clause(clause)})" for clause in asked.clauses)


def _clause(clause: Clause) -> str:
    return " OR ".join(f"({' AND '.join(map(_quoted, way))})" for way in clause.alternatives)


def _quoted(term: str) -> str:
    return f'"{token(term[:-1])}" *' if term.endswith(WILD) else f'"{token(term)}"'


def build(file: Path, documents: Iterable[SearchDocument], tokenizer: Tokenizer) -> float:
    """Write the index and return the processor time it took."""
    start = time.process_time()
    base = sqlite3.connect(file)
    base.executescript(TABLES)
    for number, document in enumerate(documents):
        facts = facts_of(document)
        base.execute(
            "INSERT INTO words (rowid, terms) VALUES (?, ?)", (number, " ".join(tokens(document, tokenizer)))
        )
        base.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (number, *facts.values()))
        base.executemany(
            "INSERT INTO service VALUES (?, ?)", [(number, each) for each in set(document.services)]
        )
    base.execute("INSERT INTO words (words) VALUES ('optimize')")
    base.commit()
    base.close()
    return time.process_time() - start
