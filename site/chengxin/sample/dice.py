"""Seeded chance: the sample draws the same lots on every machine."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")
SEED = "江州"


def dice(*of: object) -> Random:
    """Return the dice of one subject; its lots never depend on how many other subjects there are."""
    return Random(" ".join([SEED, *map(str, of)]))  # noqa: S311 (an invented city needs no secrets)


def pick(lots: Random, weights: Mapping[T, float]) -> T:
    """Draw one of several by weight."""
    return lots.choices(list(weights), list(weights.values()))[0]


def chance(lots: Random, share: float) -> bool:
    """Tell whether a lot falls within a share of all."""
    return lots.random() < share
