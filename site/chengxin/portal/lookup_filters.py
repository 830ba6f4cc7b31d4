"""The filters of the lookup: what may be chosen, with how many agencies each choice would leave."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.agencies.labels import LICENCE_STATUS, service_label
from chengxin.core.i18n import gettext as _
from chengxin.portal.notice_filters import Option, Select
from chengxin.search.engine import Facets, Narrowing
from chengxin.standing.labels import STANDING

MOST_REGIONS = 60
MOST_SERVICES = 40

Code = TypeVar("Code", bound=StrEnum)


def selects_of(session: Session, facets: Facets, chosen: Narrowing) -> list[Select]:
    """Return the filters that have something to choose."""
    services = sorted(facets.service, key=lambda each: (-facets.service[each], each))[:MOST_SERVICES]
    made = [
        _select("standing", _("Standing"), chosen.standing, _worded(STANDING, facets.standing)),
        _select("region", _("Region"), chosen.region, _region_options(session, facets.region, chosen.region)),
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
    return [each for each in made if len(each.options) > 1]


def _select(name: str, label: str, value: str, options: list[Option]) -> Select:
    return Select(name, label, value, [Option("", _("All")), *options])


def _worded(words: Mapping[Code, str], counts: Mapping[str, int]) -> list[Option]:
    """Return the choices in the order of their table of words."""
    return [Option(str(code), str(word), counts[code]) for code, word in words.items() if code in counts]


def _region_options(session: Session, counts: Mapping[str, int], chosen: str) -> list[Option]:
    codes = sorted(_shown(counts, chosen))
    names = regions.names(session, codes)
    return [Option(code, names[code], counts.get(code, 0)) for code in codes if code in names]


def _shown(counts: Mapping[str, int], chosen: str) -> set[str]:
    """Return the regions to offer: all while they are few, else the provinces and what lies on the way down."""
    if len(counts) <= MOST_REGIONS:
        return set(counts)
    shown = {f"{code[:2]}0000" for code in counts}
    if chosen:
        shown |= {f"{code[:4]}00" for code in counts if code[:2] == chosen[:2]}
        shown |= {code for code in counts if code[:4] == chosen[:4]}
    return shown
