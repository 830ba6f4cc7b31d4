"""The engine on Whoosh: postings as sorted arrays, facts as columns, any number of segments."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from chengxin.search import rarity
from chengxin.search.counting import DATED, FACTS, as_tree, stem_of
from chengxin.search.engine import Clause, Facets, Narrowing, Order, Profile
from chengxin.search.orders import heaviest_first
from chengxin.search.terms import CODE, WILD
from chengxin.search.vocabulary import Vocabulary
from chengxin.search.whoosh.columns import Array, Mask, joined
from chengxin.search.whoosh.postings import Numbers
from chengxin.search.whoosh.segments import Segment
from chengxin.search.whoosh.sets import Scores, add_weights, count_among, meeting, weighed


class WhooshEngine:
    """An open index: segments in the order they were written; a later one replaces what it repeats."""

    def __init__(self, segments: Sequence[Segment], vocabulary: Vocabulary, gone: Sequence[int] = ()) -> None:
        """Join the segments' columns; `gone` are agencies no segment counts for any more."""
        self.vocabulary = vocabulary
        self._segments = list(segments)
        self.columns = joined([segment.columns for segment in segments])
        sizes = [segment.columns.size for segment in segments]
        self._starts = [sum(sizes[:at]) for at in range(len(sizes))]
        self._alive = _alive(self._segments, gone) if len(segments) > 1 or gone else None
        self._places = _places(self.columns.arrays["rank"]) if len(segments) > 1 else None
        self.mask: Callable[[str, str, date], Mask] = lru_cache(maxsize=64)(self._mask)
        self.values: Callable[[str, date], Array] = lru_cache(maxsize=8)(self._values)

    @property
    def size(self) -> int:
        """Return the number of agencies."""
        return int(self._alive.sum()) if self._alive is not None else self.columns.size

    def outdated(self, today: date) -> frozenset[int]:
        """Return the agencies of which a dated fact has passed its last day."""
        day, arrays = today.toordinal(), self.columns.arrays
        past = np.flatnonzero((arrays["standing_last"] < day) | (arrays["licence_last"] < day))
        return frozenset(arrays["agency"][self._living(past.astype(np.uint32))].tolist())

    def agencies_in(self, names: Collection[str]) -> frozenset[int]:
        """Return the agencies that some segments hold."""
        chosen = [segment for segment in self._segments if segment.name in names]
        return frozenset(each for segment in chosen for each in segment.columns.arrays["agency"].tolist())

    def everything(self) -> "WhooshMatches":
        """Return all agencies."""
        every = self._living(np.arange(self.columns.size, dtype=np.uint32))
        return WhooshMatches(self, self._in_order(every))

    def coded(self, prefix: str) -> "WhooshMatches":
        """Return the agencies with a credit code or licence number that begins so."""
        return self.all_of([Clause(((CODE + prefix + WILD,),))])

    def these(self, ids: Sequence[int]) -> "WhooshMatches":
        """Return some agencies by their ids; those it does not know are left out."""
        known, documents = self._by_agency
        wanted = np.array(ids, dtype=np.int64)
        places = np.searchsorted(known, wanted, side="right") - 1
        places = places[(places >= 0) & (known[places] == wanted)]
        numbers = np.unique(documents[places]).astype(np.uint32)
        return WhooshMatches(self, self._in_order(self._living(numbers)))

    @cached_property
    def _by_agency(self) -> tuple[Array, Array]:
        """Return all agency ids in order, and their documents; of several, the last one written stands last."""
        agencies = self.columns.arrays["agency"]
        documents = np.argsort(agencies, kind="stable")
        return agencies[documents], documents

    def all_of(self, clauses: Sequence[Clause]) -> "WhooshMatches":
        """Return the agencies that meet every clause."""
        found = [meeting(segment, clauses) for segment in self._segments]
        return WhooshMatches(self, self._in_order(self._living(self._renumbered(found))))

    def most_of(self, terms: Sequence[str], *, limit: int) -> "WhooshMatches":
        """Return the agencies with the weightiest share of the terms, best first.

        Rare terms choose the candidates; common ones, dear to walk, are only asked about those.
        """
        rare, common = rarity.weighed(self._counts(terms), self.size)
        scores = np.concatenate([weighed(segment, rare) for segment in self._segments])
        if self._alive is not None:
            scores[~self._alive] = 0
        chosen = self._highest(scores, limit)
        for start, segment in zip(self._starts, self._segments, strict=True):
            inside = chosen[(chosen >= start) & (chosen < start + segment.columns.size)]
            part = scores[start : start + segment.columns.size]
            add_weights(segment, common, np.sort(inside) - np.uint32(start), part)
        return WhooshMatches(self, chosen[np.lexsort((self._placed(chosen), -scores[chosen]))])

    def _counts(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many agencies hold each term; those that count no more are taken off."""
        counts = dict.fromkeys(terms, 0)
        for start, segment in zip(self._starts, self._segments, strict=True):
            alive = None if self._alive is None else self._alive[start : start + segment.columns.size]
            dead = None if alive is None or alive.all() else np.flatnonzero(~alive).astype(np.uint32)
            for term, rows in zip(terms, segment.rows(terms), strict=True):
                counts[term] += segment.count(term[0], rows)
                if dead is not None and rows:
                    counts[term] -= count_among(segment, term[0], rows, dead)
        return counts

    def _highest(self, scores: Scores, limit: int) -> Numbers:
        """Return the documents with the highest scores above nothing, found by counting instead of sorting."""
        some = np.flatnonzero(scores).astype(np.uint32)
        if len(some) <= limit:
            return some
        held = scores[some]
        above = np.cumsum(np.bincount(held)[::-1])
        least = len(above) - 1 - int(np.searchsorted(above, limit))
        surely, perhaps = some[held > least], self._in_order(some[held == least])
        return np.concatenate([surely, perhaps])[:limit]

    def _placed(self, numbers: Numbers) -> Array:
        """Return the places of documents in the lasting order of the index."""
        return numbers if self._places is None else self._places[numbers]

    def _in_order(self, numbers: Numbers) -> Numbers:
        """Return documents of all segments in the lasting order of the index."""
        if self._places is None:
            return numbers
        ordered: Numbers = numbers[np.argsort(self._places[numbers], kind="stable")]
        return ordered

    def laid_out(self, numbers: Numbers, order: Order, today: date) -> Numbers:
        """Return documents in an order of the reader's choice; equal ones keep theirs."""
        if order is Order.NAME:
            keys = self._alphabetical[numbers]
        elif order is Order.NEWEST:
            keys = -self.columns.arrays["opened"][numbers]
        elif order is Order.WEIGHT:
            weights = np.array(heaviest_first(self.columns.words["standing"].list), dtype=np.int32)
            keys = weights[self.values("standing", today)[numbers]]
        else:
            return numbers
        laid: Numbers = numbers[np.argsort(keys, kind="stable")]
        return laid

    @cached_property
    def _alphabetical(self) -> Array:
        """Return for each document its place among all by name; read from the disk at its first use."""
        keys = np.concatenate([segment.alphabet() for segment in self._segments])
        known = self._in_order(np.arange(self.columns.size, dtype=np.uint32))
        ordered = known[np.argsort(keys[known], kind="stable")]
        places = np.empty(self.columns.size, dtype=np.uint32)
        places[ordered] = np.arange(self.columns.size, dtype=np.uint32)
        return places

    def _renumbered(self, found: Sequence[Numbers]) -> Numbers:
        if len(found) == 1:
            return found[0]
        moved = (numbers + np.uint32(start) for numbers, start in zip(found, self._starts, strict=True))
        return np.concatenate(list(moved))

    def _living(self, numbers: Numbers) -> Numbers:
        return numbers if self._alive is None else numbers[self._alive[numbers]]

    def _values(self, fact: str, day: date) -> Array:
        return self.columns.on_day(fact, day) if fact in DATED else self.columns.arrays[fact]

    def _mask(self, fact: str, value: str, day: date) -> Mask:
        """Return which documents have a value of a filter on a day."""
        words = self.columns.words[fact]
        if fact == "service":
            return self._offering(words.find(value))
        if fact == "region":
            stem = stem_of(value)
            inside = np.array([word.startswith(stem) for word in words.list], dtype=np.bool_)
            return inside[self.columns.arrays["region"]]
        return np.asarray(self.values(fact, day) == words.find(value), dtype=np.bool_)

    def _offering(self, service: int) -> Mask:
        arrays = self.columns.arrays
        marks = np.zeros(self.columns.size, np.bool_)
        places = np.flatnonzero(arrays["service_values"] == service)
        marks[np.searchsorted(arrays["service"], places, side="right") - 1] = True
        return marks


class WhooshMatches:
    """A set of documents of an engine, in the order they are to be shown."""

    def __init__(self, engine: WhooshEngine, numbers: Numbers) -> None:
        """Keep the document numbers."""
        self._engine = engine
        self._numbers = numbers

    @property
    def total(self) -> int:
        """Return how many there are, exactly."""
        return len(self._numbers)

    def narrowed(self, narrowing: Narrowing, today: date) -> "WhooshMatches":
        """Return those that pass the filters as they stand on a day."""
        return WhooshMatches(self._engine, self._passing(narrowing, today, but=""))

    def sorted_by(self, order: Order, today: date) -> "WhooshMatches":
        """Return them in another order."""
        return WhooshMatches(self._engine, self._engine.laid_out(self._numbers, order, today))

    def profiles(self, start: int, stop: int) -> list[Profile]:
        """Return a stretch of them with what ranking needs."""
        return [self._engine.columns.profile(number) for number in self._numbers[start:stop].tolist()]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the agency ids of a stretch."""
        found: list[int] = self._engine.columns.arrays["agency"][self._numbers[start:stop]].tolist()
        return found

    def facets(self, narrowing: Narrowing, today: date) -> Facets:
        """Return the counts of every filter; each filter's own value does not count against it."""
        passing = self._passing(narrowing, today, but="")
        counts: dict[str, dict[str, int]] = {}
        for fact in FACTS:
            numbers = self._passing(narrowing, today, but=fact) if getattr(narrowing, fact) else passing
            counts[fact] = self._counted(fact, numbers, today)
        return Facets(**counts)

    def _passing(self, narrowing: Narrowing, today: date, *, but: str) -> Numbers:
        numbers = self._numbers
        for fact in FACTS:
            value = getattr(narrowing, fact)
            if value and fact != but:
                numbers = numbers[self._engine.mask(fact, value, today)[numbers]]
        return numbers

    def _counted(self, fact: str, numbers: Numbers, today: date) -> dict[str, int]:
        columns = self._engine.columns
        words = columns.words[fact].list
        if fact == "service" and len(numbers) == columns.size:
            held = columns.arrays["service_values"]
        elif fact == "service":
            held = _spread(columns.arrays["service"], columns.arrays["service_values"], numbers)
        else:
            held = self._engine.values(fact, today)[numbers]
        counted = np.bincount(held, minlength=len(words))
        found = {words[at]: int(counted[at]) for at in np.flatnonzero(counted).tolist() if words[at]}
        return as_tree(found) if fact == "region" else found


def _places(ranks: Array) -> Array | None:
    """Return the place of each document by rank, or None when all stand in that order."""
    order = np.argsort(ranks, kind="stable").astype(np.uint32)
    every = np.arange(len(ranks), dtype=np.uint32)
    if np.array_equal(order, every):
        return None
    places = np.empty(len(ranks), dtype=np.uint32)
    places[order] = every
    return places


def _alive(segments: Sequence[Segment], gone: Sequence[int]) -> Mask:
    """Return which documents still count: those no later segment holds again and that are not gone."""
    held = [segment.columns.arrays["agency"] for segment in segments]
    most = max((int(agencies.max()) for agencies in held if len(agencies)), default=0)
    seen = np.zeros(max(most, *gone, 0) + 1, np.bool_)
    seen[list(gone)] = True
    masks: list[Mask] = []
    for agencies in reversed(held):
        masks.append(~seen[agencies])
        seen[agencies] = True
    return np.concatenate(masks[::-1])


def _spread(ends: Array, values: Array, numbers: Numbers) -> Array:
    """Return the values of all lists of some documents, one after the other."""
    starts = ends[numbers]
    lengths = ends[numbers + np.uint32(1)] - starts
    if not lengths.sum():
        return values[:0]
    before = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return values[before + np.arange(int(lengths.sum()))]
