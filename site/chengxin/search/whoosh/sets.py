"""Sets of document numbers as sorted arrays: the arithmetic of a lookup inside one segment."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from chengxin.search.engine import Alternative, Clause
from chengxin.search.whoosh.postings import NOTHING, Numbers
from chengxin.search.whoosh.segments import Segment

SPARSE = 64

Rows = Mapping[str, range]
Scores = npt.NDArray[np.int64]


def either(sets: Sequence[Numbers], size: int) -> Numbers:
    """Return what is in at least one of some sorted sets; `size` is the number of all documents."""
    if len(sets) == 1:
        return sets[0]
    if sum(map(len, sets)) * SPARSE > size:
        marks = np.zeros(size, np.bool_)
        for each in sets:
            marks[each] = True
        return np.flatnonzero(marks).astype(np.uint32)
    together = np.sort(np.concatenate(sets)) if sets else NOTHING
    return together[np.append(True, together[1:] != together[:-1])] if len(together) else NOTHING


def meeting(segment: Segment, clauses: Sequence[Clause]) -> Numbers:
    """Return the documents of a segment that meet every clause, taking the rarest first."""
    terms = list(dict.fromkeys(t for clause in clauses for way in clause.alternatives for t in way))
    rows = dict(zip(terms, segment.rows(terms), strict=True))
    possible = [[way for way in clause.alternatives if all(rows[t] for t in way)] for clause in clauses]
    if not all(possible):
        return NOTHING
    costs = {term: segment.count(term[0], rows[term]) for term in terms}
    possible.sort(key=lambda ways: sum(min(costs[t] for t in way) for way in ways))
    found: Numbers | None = None
    for ways in possible:
        held = [_holding(segment, _rarest_first(way, costs), rows, found) for way in ways]
        found = either(held, segment.columns.size)
        if not len(found):
            return NOTHING
    return NOTHING if found is None else found


def _rarest_first(way: Alternative, costs: Mapping[str, int]) -> list[str]:
    return sorted(way, key=costs.__getitem__)


def _holding(segment: Segment, terms: Iterable[str], rows: Rows, among: Numbers | None) -> Numbers:
    """Return the documents that hold every term, among some or all."""
    found = among
    for term in terms:
        place = (term[0], rows[term])
        found = segment.documents(*place) if found is None else segment.among(found, *place)
        if not len(found):
            return NOTHING
    return NOTHING if found is None else found


def weighed(segment: Segment, weights: Mapping[str, int]) -> Scores:
    """Return for each document the sum of the weights of the terms it holds."""
    terms = list(weights)
    rows = segment.rows(terms)
    held = [segment.documents(term[0], place) for term, place in zip(terms, rows, strict=True)]
    if not held:
        return np.zeros(segment.columns.size, np.int64)
    shares = np.repeat([weights[term] for term in terms], [len(each) for each in held])
    summed = np.bincount(np.concatenate(held), weights=shares, minlength=segment.columns.size)
    return summed.astype(np.int64)


def count_among(segment: Segment, field: str, rows: range, among: Numbers) -> int:
    """Return how many of some documents a term has."""
    return len(segment.among(among, field, rows))


def add_weights(segment: Segment, weights: Mapping[str, int], among: Numbers, scores: Scores) -> None:
    """Add to the scores of some documents the weights of the terms they hold."""
    terms = list(weights)
    for term, rows in zip(terms, segment.rows(terms), strict=True):
        held = segment.among(among, term[0], rows)
        scores[held] += weights[term]
