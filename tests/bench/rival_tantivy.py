"""The rival tantivy: the same tokens in one field, facts as fast fields, ordered by the same static rank."""

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Clause
from chengxin.search.terms import WILD
from chengxin.search.tokens import Tokenizer
from tests.bench.rivals import FACTS, Asked, facts_of, token, tokens

HEAP = 256_000_000
MOST_VALUES = 1_000


class TantivyStore:
    """An open tantivy index."""

    def __init__(self, folder: Path) -> None:
        """Open the index of a folder."""
        self.index = tantivy.Index.open(str(folder))
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    def first(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        """Return the exact total and the numbers of the first documents."""
        if asked.weights:
            found = self.searcher.search(self._query(asked), limit, count=False)
            numbers = [int(self.searcher.doc(address)["number"][0]) for _, address in found.hits]
            return len(numbers), numbers
        found = self.searcher.search(
            self._query(asked), limit, order_by_field="number", order=tantivy.Order.Asc
        )
        total: int = found.count  # type: ignore[attr-defined]  # missing in its types
        return total, [int(number) for number, _ in found.hits]

    def count(self, asked: Asked, fact: str) -> dict[str, int]:
        """Return how many matches have each value of a fact."""
        wanted = {"values": {"terms": {"field": fact, "size": MOST_VALUES}}}
        found: dict[str, Any] = self.searcher.aggregate(self._query(asked), wanted)
        return {each["key"]: each["doc_count"] for each in found["values"]["buckets"]}

    def frequency(self, term: str) -> int:
        """Return how many documents hold a term."""
        return int(self.searcher.doc_freq("terms", token(term)))

    def _query(self, asked: Asked) -> Any:
        if asked.weights:
            weighed = [
                (tantivy.Occur.Should, tantivy.Query.boost_query(
                    tantivy.Query.const_score_query(self._term(term), 1.0), float(weight)))
                for term, weight in asked.weights.items()
            ]  # fmt: skip
            return tantivy.Query.boolean_query(weighed)
        must = [(tantivy.Occur.Must, self._clause(clause)) for clause in asked.clauses]
        return tantivy.Query.boolean_query(must) if must else tantivy.Query.all_query()

    def _clause(self, clause: Clause) -> Any:
        ways = [self._way(way) for way in clause.alternatives]
        return (
            ways[0]
            if len(ways) == 1
            else tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in ways])
        )

    def _way(self, way: tuple[str, ...]) -> Any:
        terms = [self._term(term) for term in way]
        return (
            terms[0]
            if len(terms) == 1
            else tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in terms])
        )

    def _term(self, term: str) -> Any:
        if term.endswith(WILD):
            return tantivy.Query.regex_query(self.schema, "terms", re.escape(token(term[:-1])) + ".*")
        return tantivy.Query.term_query(self.schema, "terms", token(term), "basic")


def schema() -> Any:
    """Return the fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    for fact in FACTS:
        builder.add_text_field(fact, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def row(document: SearchDocument, number: int, tokenizer: Tokenizer) -> Any:
    """Return a document of tantivy."""
    made = tantivy.Document()
    made.add_text("terms", " ".join(tokens(document, tokenizer)))
    made.add_unsigned("number", number)
    for fact, value in facts_of(document).items():
        if value:
            made.add_text(fact, value)
    for service in document.services:
        made.add_text("service", service)
    return made


def build(folder: Path, documents: Iterable[SearchDocument], tokenizer: Tokenizer) -> float:
    """Write the index and return the processor time it took."""
    start = time.process_time()
    writer = tantivy.Index(schema(), path=str(folder)).writer(heap_size=HEAP, num_threads=1)
    for number, document in enumerate(documents):
        writer.add_document(row(document, number, tokenizer))
    writer.commit()
    writer.wait_merging_threads()
    return time.process_time() - start
