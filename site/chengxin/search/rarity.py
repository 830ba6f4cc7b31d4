"""Rarity: how much a term tells about the agency that is meant; the same numbers for every engine."""

from collections.abc import Mapping
from math import log

Weights = dict[str, int]

POSTINGS_WALKED = 6_000
STEPS = 16


def weighed(counts: Mapping[str, int], size: int) -> tuple[Weights, Weights]:
    """Return the weights of the rare terms, which choose candidates, and of the common ones, which only judge.

    Terms that no agency has are left out. Whole numbers keep sums equal in whatever order they are added.
    """
    rare: Weights = {}
    common: Weights = {}
    walked = 0
    for count, term in sorted((count, term) for term, count in counts.items() if count > 0):
        walked += count
        kind = rare if not rare or walked <= POSTINGS_WALKED else common
        kind[term] = max(1, round(STEPS * log(1 + size / count)))
    return rare, common
