"""The address of a lookup: words, filters, order and page, each with the values it may have."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import request
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.rules import LicenceStatus, Service
from chengxin.core.publishing import address, spelled
from chengxin.portal.addresses import whole
from chengxin.search.engine import Narrowing
from chengxin.search.queries import SORTS, LookupRequest
from chengxin.standing.rules import Standing

SIZE = 20
FILTERS = ("standing", "region", "service", "grade", "licence")
KEYS = ("q", *FILTERS, "sort", "page")
REGION = re.compile(r"[0-9]{6}", re.ASCII)


class Sort(StrEnum):
    """The orders a reader may ask for."""

    RELEVANCE = "relevance"
    NAME = "name"
    NEWEST = "newest"
    STANDING = "standing"


KNOWN: Mapping[str, Callable[[Session, str], bool]] = {
    "standing": lambda _session, value: value in set(Standing),
    "region": lambda session, value: bool(REGION.fullmatch(value) and regions.by_code(session, value)),
    "service": lambda session, value: value in set(Service) or agencies.offers(session, value),
    "grade": agencies.grades,
    "licence": lambda _session, value: value in set(LicenceStatus),
    "sort": lambda _session, value: value in set(Sort) - {Sort.RELEVANCE},
}


def canonical(session: Session) -> str:
    """Return the address with only those values the filters know, or nothing when it is that already."""
    given = request.args
    kept = {name: value for name, value in given.items() if name not in KNOWN or KNOWN[name](session, value)}
    return "" if len(kept) == len(given) else address("portal.agencies", spelled(kept))


def asked() -> LookupRequest:
    """Return the request the address spells; a page that is no number is caught by the paging."""
    given = request.args
    return LookupRequest(
        q=given.get("q", ""),
        narrowing=Narrowing(**{name: given.get(name, "") for name in FILTERS}),
        order=SORTS[sort_asked()],
        page=whole(given.get("page", "1")) or 1,
        limit=SIZE,
    )


def sort_asked() -> Sort:
    """Return the order the address asks for."""
    value = request.args.get("sort", "")
    return Sort(value) if value in set(Sort) else Sort.RELEVANCE


def without_filters() -> str:
    """Return the address without filters and order, if there are any."""
    given = {"q": request.args.get("q", "")}
    narrowed = any(request.args.get(name) for name in (*FILTERS, "sort"))
    return address("portal.agencies", spelled(given)) if narrowed else ""
