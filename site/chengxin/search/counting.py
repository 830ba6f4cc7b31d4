"""Counting: what the filters of every engine have in common; pure."""

from collections.abc import Mapping

FACTS = ("standing", "region", "service", "grade", "licence")
DATED = frozenset({"standing", "licence"})


def stem_of(region: str) -> str:
    """Return the digits that a division's code shares with all codes below it."""
    return region.removesuffix("00").removesuffix("00")


def as_tree(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts of divisions with those of the divisions above them added up."""
    tree: dict[str, int] = {}
    for code, count in counts.items():
        for above in {code[:2] + "0000", code[:4] + "00", code}:
            tree[above] = tree.get(above, 0) + count
    return dict(sorted(tree.items()))
