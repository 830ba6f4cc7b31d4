"""The filters of an exemplary list: what the address asks for, and what a reader may choose from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core.i18n import gettext as _
from chengxin.core.regions import region_start
from chengxin.portal.selects import Option, Select
from chengxin.standing.exemplars import queries
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL
from chengxin.standing.exemplars.queries import Filters

KEYS = ("kind", "level", "region")


def filters_asked() -> Filters:
    """Return what the address narrows the list by."""
    args = request.args
    return Filters(kind=args.get("kind", ""), level=args.get("level", ""), region=args.get("region", ""))


def selects(session: Session, year: int, filters: Filters) -> list[Select]:
    """Return the filters of a year; each count holds with the other filters as they are."""
    kinds = queries.counts_by_kind(session, year, replace(filters, kind=""))
    levels = queries.counts_by_level(session, year, replace(filters, level=""))
    codes = queries.counts_by_region(session, year, replace(filters, region=""))
    names = regions.names(session, codes)
    every = Option("", _("All"))
    places = [Option(code, names.get(code, code), _inside(code, codes), "zh-Hans") for code in codes]
    return [
        Select("kind", _("Kind"), filters.kind, [every, *_options(HONOUR_KIND, kinds)]),
        Select("level", _("Level"), filters.level, [every, *_options(LEVEL, levels)]),
        Select("region", _("Region"), filters.region, [every, *places]),
    ]


def _options(words: Mapping[Any, str], counts: Mapping[str, int]) -> list[Option]:
    return [Option(value, str(label), counts.get(value, 0)) for value, label in words.items()]


def _inside(code: str, counts: Mapping[str, int]) -> int:
    start = region_start(code)
    return sum(count for each, count in counts.items() if each.startswith(start))
