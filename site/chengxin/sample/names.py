"""Names of agencies: place, trade name, service and form; none belongs to a real firm."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chengxin.sample.dice import dice, pick
from chengxin.sample.reading import table


@dataclass(frozen=True)
class Named:
    """A drawn name, its trade name, its line of business and its region."""

    name: str
    trade: str
    region: str
    line: dict[str, Any]


def drawn(count: int, *, taken: frozenset[str]) -> Iterator[Named]:
    """Yield names that differ from each other and from those taken."""
    seen = set(taken)
    attempt = 0
    while count:
        attempt += 1
        made = _name(attempt)
        if made.name not in seen:
            seen.add(made.name)
            count -= 1
            yield made


def person(*of: object) -> str:
    """Return an invented person's name."""
    people, lots = table("words")["people"], dice("person", *of)
    return str(lots.choice(people["surnames"].split()) + lots.choice(people["given"].split()))


def _name(attempt: int) -> Named:
    words, lots = table("words"), dice("name", attempt)
    regions = {each["code"]: each for each in table("places")["region"]}
    region = pick(lots, {code: each["weight"] for code, each in regions.items()})
    lines = words["line"]
    line = lines[pick(lots, {at: each["weight"] for at, each in enumerate(lines)})]
    trade = lots.choice(words["trade"].split())
    place = lots.choice(regions[region]["prefixes"])
    return Named(f"{place}{trade}{line['word']}{lots.choice(line['forms'])}", trade, region, line)
