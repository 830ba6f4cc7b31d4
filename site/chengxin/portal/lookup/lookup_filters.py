"""The filters of the lookup: what may be chosen, with how many agencies each choice would leave."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.agencies.labels import LICENCE_STATUS, service_label
from chengxin.agencies.models import Region
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.portal.lookup.lookup_address import Sort
from chengxin.portal.selects import Option, Select
from chengxin.search.engine import Facets, Narrowing
from chengxin.standing.labels import STANDING

MOST_SERVICES = 40
DEEPEST = 6
INDENT = "\u3000"
SORTS = {
    Sort.RELEVANCE: _l("Best match first"),
    Sort.NAME: _l("By name"),
    Sort.NEWEST: _l("Newest first"),
    Sort.STANDING: _l("Heaviest standing first"),
}

Code = TypeVar("Code", bound=StrEnum)


def selects_of(session: Session, facets: Facets, chosen: Narrowing, sort: Sort) -> list[Select]:
    """Return the filters that have something to choose, and the orders."""
    services = sorted(facets.service, key=lambda each: (-facets.service[each], each))[:MOST_SERVICES]
    made = [
        _select("standing", _("Standing"), chosen.standing, _worded(STANDING, facets.standing)),
        _select(
            "region",
            _("Region"),
            chosen.region,
            list(_region_options(session, facets.region, chosen.region)),
        ),
        _select(
            "service",
            _("Service"),
            chosen.service,
            [Option(each, str(service_label(each)), facets.service[each]) for each in services],
        ),
        _select(
            "grade",
            _("Integrity grade"),
            chosen.grade,
            [Option(each, each, facets.grade[each]) for each in sorted(facets.grade)],
        ),
        _select("licence", _("Licence"), chosen.licence, _worded(LICENCE_STATUS, facets.licence)),
    ]
    offered = [each for each in made if len(each.options) > 1]
    return [*offered, _orders(sort)] if offered else []


def _orders(sort: Sort) -> Select:
    options = [Option("" if each is Sort.RELEVANCE else each, str(word)) for each, word in SORTS.items()]
    return Select("sort", _("Order"), "" if sort is Sort.RELEVANCE else sort, options)


def _select(name: str, label: str, value: str, options: list[Option]) -> Select:
    return Select(name, label, value, [Option("", _("All")), *options])


def _worded(words: Mapping[Code, str], counts: Mapping[str, int]) -> list[Option]:
    """Return the choices in the order of their table of words."""
    return [Option(str(code), str(word), counts[code]) for code, word in words.items() if code in counts]


def _region_options(session: Session, counts: Mapping[str, int], chosen: str) -> Iterator[Option]:
    """Yield the way down to the chosen region and the regions below it, each a step further in."""
    way = _way_down(session, chosen)
    for depth, region in enumerate(way):
        yield _region_option(region, depth, counts)
    for region in _below(session, way, counts):
        yield _region_option(region, len(way), counts)


def _way_down(session: Session, chosen: str) -> list[Region]:
    way: list[Region] = []
    region = regions.by_code(session, chosen) if chosen else _only_root(session)
    while region is not None and region not in way and len(way) < DEEPEST:
        way.insert(0, region)
        region = regions.by_code(session, region.parent_code) if region.parent_code else None
    return way


def _only_root(session: Session) -> Region | None:
    """Return the region everything lies in, if there is one; a city's register begins with its districts."""
    roots = regions.below(session)
    return roots[0] if len(roots) == 1 else None


def _below(session: Session, way: list[Region], counts: Mapping[str, int]) -> list[Region]:
    inside = regions.below(session, way[-1].code if way else None)
    return [each for each in inside if counts.get(each.code)]


def _region_option(region: Region, depth: int, counts: Mapping[str, int]) -> Option:
    return Option(region.code, f"{INDENT * depth}{region.name}", counts.get(region.code, 0), "zh-Hans")
