"""What the index holds of one agency, free of any engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chengxin.core.folding import compact
from chengxin.search.terms import CODE, OFFER, PLACE, SERVICE, numbers


@lru_cache(maxsize=4_096)
def service_key(service: str) -> str:
    """Return a service as it stands in its term."""
    return compact(service)


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact that changes by itself: its value through the last day, and its value from then on."""

    value: str
    last_day: date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One agency as the index knows it; all names are compact.

    `services` holds what the register names and the broader services that includes; `named_services`
    only what it names.
    """

    agency_id: int
    name: str
    rank: int = 0
    opened: date = date.min
    aliases: tuple[str, ...] = ()
    formers: tuple[str, ...] = ()
    region: str = ""
    places: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    named_services: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    grade: str = ""
    standing: Dated = Dated("")
    licence: Dated = Dated("")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name the agency is or was known by."""
        return (self.name, *self.aliases, *self.formers)

    def exact_terms(self) -> Iterator[str]:
        """Return the terms of places, services and codes."""
        yield from (PLACE + place for place in self.places)
        yield from (SERVICE + service_key(service) for service in self.services)
        yield from (OFFER + service_key(service) for service in self.named_services)
        yield from (CODE + number for code in self.codes for number in numbers(code))
