"""The filters of the notices list: what the address asks for, and what a reader may choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core.i18n import gettext as _
from chengxin.core.regions import region_start
from chengxin.portal.addresses import whole
from chengxin.portal.selects import Option, Select
from chengxin.search import texts
from chengxin.standing.sanctions import archive, queries
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, SEVERITY
from chengxin.standing.sanctions.queries import Filters
from chengxin.standing.sanctions.rules import NoticeKind

CODES = ("legal", "severity", "category", "period")
KEYS = ("kind", "year", "region", "state", *CODES, "q")
FORMAT_KEYS = ("kind", "year", "region", *CODES, "q")
ENDED = "ended"
NO_YEAR = 0
FEW = 2


def filters_asked() -> Filters:
    """Return what the address narrows the list by; a year that is no number finds nothing."""
    args, year = request.args, request.args.get("year", "")
    return Filters(
        kind=args.get("kind", ""),
        year=(whole(year) or NO_YEAR) if year else None,
        region=args.get("region", ""),
        q=args.get("q", ""),
        among=texts.matching(texts.Kind.NOTICE, args.get("q", "")),
        **{name: args.get(name, "") for name in CODES},
    )


def asks_for_ended() -> bool:
    """Return whether the reader wants the notices that are over."""
    return request.args.get("state") == ENDED


def state_is_known() -> bool:
    """Return whether the address asks for a state there is."""
    return request.args.get("state", "") in {"", ENDED}


def is_many(filters: Filters) -> bool:
    """Return whether so many filters are set that few readers will ever ask for the same again."""
    return len([name for name in FORMAT_KEYS if getattr(filters, name)]) > FEW


def only_year(filters: Filters) -> Filters:
    """Return the filters that still tell ended notices apart."""
    return Filters(year=filters.year)


def selects(session: Session, filters: Filters, today: date) -> list[Select]:
    """Return the filters of the notices in force; each count holds with the other filters as they are."""
    kinds = queries.counts_by(session, "kind", filters, today=today)
    years = queries.counts_by_year(session, replace(filters, year=None), today=today)
    codes = queries.counts_by_region(session, replace(filters, region=""), today=today)
    names = regions.names(session, codes)
    every = Option("", _("All"))
    return [
        Select(
            "kind",
            _("Kind"),
            filters.kind,
            [every, *(Option(kind, str(NOTICE_KIND[kind]), kinds.get(kind, 0)) for kind in NoticeKind)],
        ),
        Select("year", _("Year"), filters.year or "", [every, *_years(years)]),
        Select(
            "region",
            _("Region"),
            filters.region,
            [
                every,
                *(Option(code, names.get(code, code), _inside(code, codes), "zh-Hans") for code in codes),
            ],
        ),
        _state_select(""),
    ]


def more_selects(session: Session, filters: Filters, today: date) -> list[Select]:
    """Return the filters fewer readers need, each only while there is something to choose."""
    names: Mapping[str, tuple[str, Mapping[Any, str]]] = {
        "legal": (_("Decision in law"), LEGAL_KIND),
        "severity": (_("Class"), SEVERITY),
        "category": (_("Conduct"), CATEGORY),
        "period": (_("Batch"), {}),
    }
    return [
        Select(name, label, getattr(filters, name), _choices(session, name, words, filters, today))
        for name, (label, words) in names.items()
    ]


def _choices(
    session: Session, name: str, words: Mapping[Any, str], filters: Filters, today: date
) -> list[Option]:
    counts = queries.counts_by(session, name, filters, today=today)
    found = sorted(counts, reverse=True) if name == "period" else [each for each in words if each in counts]
    return [Option("", _("All")), *(Option(each, str(words.get(each, each)), counts[each]) for each in found)]


def ended_selects(session: Session, filters: Filters, today: date) -> list[Select]:
    """Return the filters of the notices that are over; of their content only the year is left."""
    years = archive.counts_by_year(session, today=today)
    return [
        Select("year", _("Year"), filters.year or "", [Option("", _("All")), *_years(years)]),
        _state_select(ENDED),
    ]


def _years(counts: Mapping[int, int]) -> Iterable[Option]:
    return (Option(year, str(year), count) for year, count in counts.items())


def _state_select(value: str) -> Select:
    options = [Option("", _("In force")), Option(ENDED, _("No longer public"))]
    return Select("state", _("State"), value, options)


def _inside(code: str, counts: Mapping[str, int]) -> int:
    start = region_start(code)
    return sum(count for each, count in counts.items() if each.startswith(start))
