"""What part of the queue somebody looks at: filters, the views built on them, and how an address names one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from chengxin.core.forms import clean_line
from chengxin.core.numbers import number_in

MOST_WORDS = 60


class Chip(StrEnum):
    """How near a deadline is, as the chips show it."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    PAUSED = "paused"


class Waits(StrEnum):
    """Whom a record waits for."""

    STAFF = "staff"
    COMPLAINANT = "complainant"
    AGENCY = "agency"
    SECOND = "second"


class Whose(StrEnum):
    """Whose records to show when it is no one colleague's: one's own, or nobody's."""

    ME = "me"
    NOBODY = "nobody"


class Stage(StrEnum):
    """Which records to show when it is not those this officer can act on now."""

    HEARD = "heard"
    OTHERS = "others"
    ENDED = "ended"
    ANY = "any"
    MINE = "mine"


@dataclass(frozen=True)
class Filter:
    """A part of the queue: everything an officer can act on, narrowed by what is not empty.

    Words are looked for in what waits for others too, unless a stage is chosen.
    """

    stage: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    officer: str = ""
    chip: str = ""
    track: str = ""
    waits: str = ""
    words: str = ""

    @property
    def in_address(self) -> str | None:
        """Return the name of this part for an address; everything needs none."""
        return _in_address(self)

    def __str__(self) -> str:
        """Return the name for an address, and nothing for everything, as a hidden field carries it."""
        return self.in_address or ""

    def narrowed(self, **changes: str) -> "Filter":
        """Return this part with some of its filters changed."""
        return replace(self, **changes)


EVERYTHING = Filter()
# The views everybody has, by their names in addresses.
VIEWS: Mapping[str, Filter] = {
    "overdue": Filter(chip=Chip.OVERDUE),
    "today": Filter(chip=Chip.TODAY),
    "mine": Filter(officer=Whose.ME),
    "unassigned": Filter(officer=Whose.NOBODY),
    "paused": Filter(chip=Chip.PAUSED),
    "agency": Filter(waits=Waits.AGENCY),
    "second": Filter(waits=Waits.SECOND),
    "heard": Filter(stage=Stage.HEARD),
    "others": Filter(stage=Stage.OTHERS),
    "ended": Filter(stage=Stage.ENDED),
}
FIELDS = tuple(each.name for each in fields(Filter))


@lru_cache(1_000)
def _in_address(part: Filter) -> str | None:
    named = next((name for name, each in VIEWS.items() if each == part), "")
    given = {name: value for name in FIELDS if (value := getattr(part, name))}
    return named or urlencode(given) or None


def named(name: str) -> Filter:
    """Return the part of the queue an address names; nonsense names everything."""
    return VIEWS.get(name) or chosen(dict(parse_qsl(name)))


def chosen(values: Mapping[str, str]) -> Filter:
    """Return the part that a filter form or an address spells out; what cannot be is left out."""
    given = {name: str(clean_line(values.get(name, "")))[:MOST_WORDS] for name in FIELDS}
    for name, known in (("chip", Chip), ("waits", Waits), ("stage", Stage)):
        if given[name] not in set(known):
            given[name] = ""
    if given["officer"] not in set(Whose) and number_in(given["officer"]) is None:
        given["officer"] = ""
    return Filter(**given)
