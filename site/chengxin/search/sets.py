"""Sets of document numbers as sorted arrays: the arithmetic of a lookup inside one segment."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from chengxin.search.engine import Alternative, Clause
from chengxin.search.segments import NOTHING, Segment
from chengxin.search.whoosh_format import Numbers

FEW = 2_000

Rows = Mapping[str, range]
Weights = npt.NDArray[np.float64]


def both(few: Numbers, many: Numbers, size: int) -> Numbers:
    """Return what two sorted sets share; `size` is the number of all documents."""
    if len(few) > len(many):
        few, many = many, few
    if not len(few):
        return NOTHING
    if len(few) > FEW:
        marks = np.zeros(size, np.bool_)
        marks[many] = True
        return few[marks[few]]
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    shared: Numbers = few[many[at] == few]
    return shared


def either(sets: Sequence[Numbers]) -> Numbers:
    """Return what is in at least one of some sorted sets."""
    if len(sets) == 1:
        return sets[0]
    return np.unique(np.concatenate(sets)) if sets else NOTHING


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
        found = either([_holding(segment, _rarest_first(way, costs), rows, found) for way in ways])
        if not len(found):
            return NOTHING
    return NOTHING if found is None else found


def _rarest_first(way: Alternative, costs: Mapping[str, int]) -> list[str]:
    return sorted(way, key=costs.__getitem__)


def _holding(segment: Segment, terms: Iterable[str], rows: Rows, among: Numbers | None) -> Numbers:
    """Return the documents that hold every term, among some or all."""
    found = among
    for term in terms:
        documents = segment.documents(term[0], rows[term])
        found = documents if found is None else both(found, documents, segment.columns.size)
        if not len(found):
            return NOTHING
    return NOTHING if found is None else found


def weighed(segment: Segment, weights: Mapping[str, float]) -> Weights:
    """Return for each document the sum of the weights of the terms it holds."""
    terms = list(weights)
    rows = segment.rows(terms)
    held = [segment.documents(term[0], place) for term, place in zip(terms, rows, strict=True)]
    if not held:
        return np.zeros(segment.columns.size)
    shares = np.repeat([weights[term] for term in terms], [len(each) for each in held])
    return np.bincount(np.concatenate(held), weights=shares, minlength=segment.columns.size).astype(
        np.float64
    )


def add_weights(segment: Segment, weights: Mapping[str, float], among: Numbers, scores: Weights) -> None:
    """Add to the scores of some documents the weights of the terms they hold."""
    terms = list(weights)
    for term, rows in zip(terms, segment.rows(terms), strict=True):
        documents = segment.documents(term[0], rows)
        if len(documents) and len(among):
            at = np.searchsorted(documents, among)
            at[at == len(documents)] = 0
            scores[among[documents[at] == among]] += weights[term]
