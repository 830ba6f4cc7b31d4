"""The rivals of the lookup: other engines with the same tokens, behind the same seam as ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from chengxin.search import rarity
from chengxin.search.counting import as_tree, stem_of
from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Clause, Facets, Matches, Narrowing, Order, Profile
from chengxin.search.terms import CODE, PLACE, SERVICE, WILD
from chengxin.search.tokens import Tokenizer
from chengxin.search.vocabulary import Vocabulary

FACTS = ("standing", "region", "grade", "licence", "service")
MARK = "f"


@dataclass(frozen=True)
class Asked:
    """A question to a rival: conditions that all must hold, or terms of which the weightiest count."""

    clauses: tuple[Clause, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    ids: tuple[int, ...] | None = None


class Store(Protocol):
    """What a rival has to be able to do."""

    def first(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        """Return the exact total and the numbers of the first documents."""

    def count(self, asked: Asked, fact: str) -> dict[str, int]:
        """Return how many matches have each value of a fact."""

    def frequency(self, term: str) -> int:
        """Return how many documents hold a term."""


def token(term: str) -> str:
    """Return a term as one word for tokenizers that cut at blanks."""
    return term.replace(" ", "_")


def tokens(document: SearchDocument, tokenizer: Tokenizer) -> set[str]:
    """Return all words of an agency, facts by which a question may be narrowed among them."""
    facts = {MARK + fact + value for fact, value in facts_of(document).items() if value}
    return {token(term) for term in tokenizer.terms(document)} | facts


def facts_of(document: SearchDocument) -> dict[str, str]:
    """Return the facts of an agency that have one value."""
    return {
        "standing": document.standing.value,
        "region": document.region,
        "grade": document.grade,
        "licence": document.licence.value,
    }


@dataclass(frozen=True)
class RivalEngine:
    """A rival behind the seam; profiles come from memory, as ours do."""

    store: Store
    profiles: Sequence[Profile]
    vocabulary: Vocabulary

    def everything(self) -> "RivalMatches":
        """Return all agencies."""
        return RivalMatches(self, Asked())

    def coded(self, prefix: str) -> "RivalMatches":
        """Return the agencies with a number that begins so."""
        return self.all_of([Clause(((CODE + prefix + WILD,),))])

    def these(self, ids: Sequence[int]) -> "RivalMatches":
        """Return some agencies by their ids."""
        return RivalMatches(self, Asked(ids=tuple(ids)))

    def all_of(self, clauses: Sequence[Clause]) -> "RivalMatches":
        """Return the agencies that meet every clause."""
        return RivalMatches(self, Asked(tuple(clauses)))

    def most_of(self, terms: Sequence[str], *, limit: int) -> "RivalMatches":
        """Return the agencies with the weightiest share of the terms; the rarest choose, as with ours."""
        rare, _ = rarity.weighed({term: self.store.frequency(term) for term in terms}, len(self.profiles))
        return RivalMatches(self, Asked(weights=dict(rare)))


class RivalMatches:
    """A set of agencies of a rival; asked only for what is wanted of it."""

    def __init__(self, engine: RivalEngine, asked: Asked) -> None:
        """Keep the question."""
        self._engine = engine
        self._asked = asked
        self._known: tuple[int, int, list[int]] | None = None

    def _first(self, limit: int) -> tuple[int, list[int]]:
        if self._known is None or self._known[0] < limit:
            self._known = (limit, *self._engine.store.first(self._asked, limit))
        return self._known[1], self._known[2][:limit]

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self._asked.ids) if self._asked.ids is not None else self._first(10)[0]

    def narrowed(self, narrowing: Narrowing, today: date) -> Matches:
        """Return those that pass the filters."""
        del today
        told = {fact: getattr(narrowing, fact) for fact in ("standing", "grade", "licence")}
        clauses = [*self._asked.clauses, *(Clause(((MARK + k + v,),)) for k, v in told.items() if v)]
        if narrowing.region:
            clauses.append(Clause(((PLACE + stem_of(narrowing.region) + WILD,),)))
        if narrowing.service:
            clauses.append(Clause(((SERVICE + narrowing.service,),)))
        if len(clauses) == len(self._asked.clauses):
            return self
        return RivalMatches(self._engine, replace(self._asked, clauses=tuple(clauses)))

    def sorted_by(self, order: Order, today: date) -> Matches:
        """Return them as they are: the measurement asks for no other order."""
        del order, today
        return self

    def profiles(self, start: int, stop: int) -> list[Profile]:
        """Return a stretch of them with what ranking needs."""
        return [self._engine.profiles[number] for number in self._first(stop)[1][start:]]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the ids of a stretch."""
        if self._asked.ids is not None:
            return list(self._asked.ids[start:stop])
        return [each.agency_id for each in self.profiles(start, stop)]

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        """Return the counts of every filter."""
        del narrowing, today
        counts = {fact: self._engine.store.count(self._asked, fact) for fact in FACTS}
        return Facets(**{**counts, "region": as_tree(counts["region"])})
