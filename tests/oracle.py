"""An engine anybody can check by reading: it holds whole documents in a list and looks at every one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.search import gathering, rarity
from chengxin.search.documents import Dated, SearchDocument
from chengxin.search.engine import Clause, Engine, Facets, Narrowing, Order, Profile
from chengxin.search.orders import Alphabet, weight_of
from chengxin.search.tokens import Tokenizer
from chengxin.search.vocabulary import RegisterWords, Vocabulary

FILTERS = ("standing", "region", "service", "grade", "licence")


@dataclass(frozen=True)
class Entry:
    """A document with all its terms."""

    document: SearchDocument
    terms: frozenset[str]

    def holds(self, term: str) -> bool:
        if term.endswith("*"):
            return any(each.startswith(term[:-1]) for each in self.terms)
        return term in self.terms

    def values(self, fact: str, day: date) -> list[str]:
        if fact == "service":
            return list(self.document.services)
        value = getattr(self.document, fact)
        return [on_day(value, day) if isinstance(value, Dated) else str(value)]

    def passes(self, fact: str, wanted: str, day: date) -> bool:
        if fact == "region":
            while wanted.endswith("00"):
                wanted = wanted[:-2]
            return self.document.region.startswith(wanted)
        return wanted in self.values(fact, day)


def on_day(fact: Dated, day: date) -> str:
    return fact.value if fact.last_day is None or day <= fact.last_day else fact.after


class Listed:
    """Matches in a plain list."""

    def __init__(self, entries: Iterable[Entry], alphabet: Alphabet) -> None:
        self.entries, self.alphabet = list(entries), alphabet

    @property
    def total(self) -> int:
        return len(self.entries)

    def narrowed(self, narrowing: Narrowing, today: date) -> "Listed":
        return self._passing(narrowing, today, but="")

    def _passing(self, narrowing: Narrowing, today: date, *, but: str) -> "Listed":
        wanted = {fact: getattr(narrowing, fact) for fact in FILTERS if fact != but}
        kept = (
            entry
            for entry in self.entries
            if all(entry.passes(fact, value, today) for fact, value in wanted.items() if value)
        )
        return Listed(kept, self.alphabet)

    def sorted_by(self, order: Order, today: date) -> "Listed":
        keys = {
            Order.RELEVANCE: lambda each: 0,
            Order.NAME: lambda each: self.alphabet.key(each.document.name),
            Order.NEWEST: lambda each: -each.document.opened.toordinal(),
            Order.WEIGHT: lambda each: -weight_of(on_day(each.document.standing, today)),
        }
        return Listed(sorted(self.entries, key=keys[order]), self.alphabet)

    def profiles(self, start: int, stop: int) -> list[Profile]:
        held = (entry.document for entry in self.entries[start:stop])
        return [Profile(d.agency_id, d.name, d.aliases, d.formers, d.region) for d in held]

    def ids(self, start: int, stop: int) -> list[int]:
        return [entry.document.agency_id for entry in self.entries[start:stop]]

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        counts: dict[str, Any] = {}
        for fact in FILTERS:
            passing = self._passing(narrowing, today, but=fact).entries
            found = Counter(value for entry in passing for value in entry.values(fact, today) if value)
            counts[fact] = _with_those_above(found) if fact == "region" else dict(found)
        return Facets(**counts)


def _with_those_above(found: Counter[str]) -> dict[str, int]:
    above: Counter[str] = Counter()
    for code, count in found.items():
        above.update(dict.fromkeys({code, code[:4] + "00", code[:2] + "0000"}, count))
    return dict(above)


class Oracle:
    """The register as a list, in its lasting order."""

    def __init__(self, session: Session, register: RegisterWords) -> None:
        self.vocabulary = Vocabulary(register)
        self.alphabet, tokens = Alphabet(register.readings), Tokenizer(self.vocabulary.sounds)
        held = gathering.documents(session, gathering.ids_by_rank(session), today=clock.today())
        self.entries = [Entry(document, frozenset(tokens.terms(document))) for document in held]

    def _listed(self, entries: Iterable[Entry]) -> Listed:
        return Listed(entries, self.alphabet)

    def everything(self) -> Listed:
        return self._listed(self.entries)

    def coded(self, prefix: str) -> Listed:
        return self._listed(entry for entry in self.entries if entry.holds(f"c{prefix}*"))

    def these(self, ids: Sequence[int]) -> Listed:
        return self._listed(entry for entry in self.entries if entry.document.agency_id in ids)

    def all_of(self, clauses: Sequence[Clause]) -> Listed:
        return self._listed(entry for entry in self.entries if clauses and _meets(entry, clauses))

    def most_of(self, terms: Sequence[str], *, limit: int) -> Listed:
        counts = {term: sum(entry.holds(term) for entry in self.entries) for term in dict.fromkeys(terms)}
        rare, common = rarity.weighed(counts, len(self.entries))
        by_rare = [(_score(entry, rare), entry) for entry in self.entries]
        chosen = sorted((each for each in by_rare if each[0]), key=lambda each: -each[0])[:limit]
        judged = [(score + _score(entry, common), entry) for score, entry in chosen]
        places = {id(entry): place for place, entry in enumerate(self.entries)}
        judged.sort(key=lambda each: (-each[0], places[id(each[1])]))
        return self._listed(entry for _, entry in judged)


def _meets(entry: Entry, clauses: Sequence[Clause]) -> bool:
    return all(any(all(map(entry.holds, way)) for way in clause.alternatives) for clause in clauses)


def _score(entry: Entry, weights: rarity.Weights) -> int:
    return sum(weight for term, weight in weights.items() if entry.holds(term))


@dataclass(frozen=True)
class Always:
    """A source that gives one engine."""

    held: Engine

    def engine(self, session: Session) -> Engine:
        return self.held

    def distrust(self, reason: BaseException) -> None:
        raise AssertionError(reason) from reason
