"""The engine on PostgreSQL: clauses as tsquery over a column of tokens; small answers are held in memory."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from sqlalchemy import text
from sqlalchemy.orm import Session

from chengxin.search import rarity
from chengxin.search.counting import FACTS, as_tree
from chengxin.search.engine import Clause, Facets, Narrowing, Order, Profile
from chengxin.search.postgresql.rows import Row, Values, Wanted, columns_of, tsquery
from chengxin.search.postgresql.tables import State
from chengxin.search.terms import CODE, WILD
from chengxin.search.tokens import quoted
from chengxin.search.vocabulary import Vocabulary
from chengxin.search.whoosh.columns import profile_of

FEW = 400
COUNTS_KEPT = 200

Count = tuple[str, str, int]
Place = tuple[State, str, str]


class PostgresqlEngine:
    """An index as one transaction sees it."""

    def __init__(self, session: Session, state: State, vocabulary: Vocabulary, kept: "KeptCounts") -> None:
        """Ask within a session; the state names the tables."""
        self._kept = kept
        self.vocabulary = vocabulary
        self.state = state
        self._session = session

    def everything(self) -> "PostgresqlMatches":
        """Return all agencies."""
        return self.found(Wanted())

    def coded(self, prefix: str) -> "PostgresqlMatches":
        """Return the agencies with a credit code or licence number that begins so."""
        return self.all_of([Clause(((CODE + prefix + WILD,),))])

    def these(self, ids: Sequence[int]) -> "PostgresqlMatches":
        """Return some agencies by their ids; those it does not know are left out."""
        return self.found(Wanted(("agency_id = ANY(:ids)",), {"ids": list(ids)}))

    def all_of(self, clauses: Sequence[Clause]) -> "PostgresqlMatches":
        """Return the agencies that meet every clause."""
        if not clauses or not all(clause.alternatives for clause in clauses):
            return Few([])
        return self.found(Wanted(("tokens @@ CAST(:query AS tsquery)",), {"query": tsquery(clauses)}))

    def most_of(self, terms: Sequence[str], *, limit: int) -> "PostgresqlMatches":
        """Return the agencies with the weightiest share of the terms, best first."""
        counted = text(f"SELECT term, count FROM {self.state.frequency} WHERE term = ANY(:terms)")
        counts: dict[str, int] = dict(map(tuple, self._session.execute(counted, {"terms": list(terms)})))
        rare, common = rarity.weighed(counts, self.state.size)
        if not rare:
            return Few([])
        chosen = (
            "SELECT held.rank, sum(wanted.weight) AS score "
            "FROM unnest(CAST(:rare AS tsquery[]), CAST(:weights AS integer[])) AS wanted(term, weight) "
            f"CROSS JOIN LATERAL (SELECT rank FROM {self.state.agency} WHERE tokens @@ wanted.term) AS held "
            "GROUP BY held.rank ORDER BY score DESC, held.rank LIMIT :limit"
        )
        judged = (
            "SELECT coalesce(sum(weight), 0) "
            "FROM unnest(CAST(:common AS tsquery[]), CAST(:lighter AS integer[])) AS more(term, weight) "
            "WHERE agency.tokens @@ more.term"
        )
        rows = (
            f"WITH chosen AS MATERIALIZED ({chosen}) SELECT {columns_of('agency')} FROM chosen "
            f"JOIN {self.state.agency} AS agency USING (rank) "
            f"ORDER BY chosen.score + ({judged}) DESC, rank"
        )
        values = {
            "rare": list(map(quoted, rare)), "weights": list(rare.values()), "limit": limit,
            "common": list(map(quoted, common)), "lighter": list(common.values()),
        }  # fmt: skip
        return Few(self.rows(rows, values))

    def found(self, wanted: Wanted) -> "PostgresqlMatches":
        """Return what is wanted; a small answer comes whole."""
        head = self.rows(*wanted.question(self.state.agency, 0, FEW + 1))
        return Few(head) if len(head) <= FEW else Many(self, wanted)

    def rows(self, question: str, values: Values) -> list[Row]:
        """Return the rows that answer a question."""
        return [Row(*row) for row in self._session.execute(text(question), values)]

    def counts(self, question: str, values: Values) -> list[Count]:
        """Return counts: of which filter, of which value, how many; those of one state never change."""
        place = (self.state, question, repr(sorted(values.items())))
        known = self._kept.get(place)
        if known is None:
            rows = self._session.execute(text(question), values)
            known = self._kept.keep(place, [(row[0], row[1], row[2]) for row in rows])
        return known


class KeptCounts:
    """The last counts that were asked for, shared by all requests of a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: OrderedDict[Place, list[Count]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, place: Place) -> list[Count] | None:
        """Return counts if they are known."""
        return self._held.get(place)

    def keep(self, place: Place, counts: list[Count]) -> list[Count]:
        """Remember counts, forgetting the oldest ones."""
        with self._lock:
            self._held[place] = counts
            while len(self._held) > COUNTS_KEPT:
                self._held.popitem(last=False)
        return counts


class Few:
    """Agencies held in memory, in the order they are to be shown."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Keep the rows."""
        self._rows = rows

    @property
    def total(self) -> int:
        """Return how many there are, exactly."""
        return len(self._rows)

    def narrowed(self, narrowing: Narrowing, today: date) -> "Few":
        """Return those that pass the filters as they stand on a day."""
        day = today.toordinal()
        return Few([row for row in self._rows if row.passes(narrowing, day)])

    def sorted_by(self, order: Order, today: date) -> "Few":
        """Return them in another order."""
        if order is Order.RELEVANCE:
            return self
        day = today.toordinal()
        return Few(sorted(self._rows, key=lambda row: row.key(order, day)))

    def profiles(self, start: int, stop: int) -> list[Profile]:
        """Return a stretch of them with what ranking needs."""
        return [profile_of(row.agency_id, row.names, row.region) for row in self._rows[start:stop]]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the agency ids of a stretch."""
        return [row.agency_id for row in self._rows[start:stop]]

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        """Return the counts of every filter; each filter's own value does not count against it."""
        day = today.toordinal()
        counts: dict[str, dict[str, int]] = {}
        for fact in FACTS:
            passing = (row for row in self._rows if row.passes(narrowing, day, but=fact))
            counts[fact] = dict(Counter(value for row in passing for value in row.values(fact, day) if value))
        return _facets(counts)


class Many:
    """Agencies left in the tables: a question that is asked again for every stretch and count."""

    def __init__(self, engine: PostgresqlEngine, wanted: Wanted) -> None:
        """Keep the question."""
        self._engine, self._wanted = engine, wanted

    @cached_property
    def total(self) -> int:
        """Return how many there are, exactly."""
        ((_, _, total),) = self._engine.counts(*self._wanted.total(self._engine.state.agency))
        return total

    def narrowed(self, narrowing: Narrowing, today: date) -> "PostgresqlMatches":
        """Return those that pass the filters as they stand on a day."""
        wanted = self._wanted.also(narrowing, today)
        return self if wanted is self._wanted else self._engine.found(wanted)

    def sorted_by(self, order: Order, today: date) -> "Many":
        """Return them in another order."""
        return Many(self._engine, self._wanted.ordered(order, today))

    def profiles(self, start: int, stop: int) -> list[Profile]:
        """Return a stretch of them with what ranking needs."""
        return Few(self._rows(start, stop)).profiles(0, stop)

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the agency ids of a stretch."""
        return Few(self._rows(start, stop)).ids(0, stop)

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        """Return the counts of every filter; each filter's own value does not count against it."""
        counts: dict[str, dict[str, int]] = {fact: {} for fact in FACTS}
        for fact, value, count in self._engine.counts(
            *self._wanted.counts(self._engine.state.agency, narrowing, today)
        ):
            if value:
                counts[fact][value] = count
        return _facets(counts)

    def _rows(self, start: int, stop: int) -> list[Row]:
        return self._engine.rows(*self._wanted.question(self._engine.state.agency, start, stop))


PostgresqlMatches = Few | Many


def _facets(counts: dict[str, dict[str, int]]) -> Facets:
    return Facets(**{**counts, "region": as_tree(counts["region"])})
