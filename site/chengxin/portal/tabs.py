"""The tabs of one search: agencies, notices and updates, each with how much it holds of what was typed."""

from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from chengxin.bulletins import queries as bulletins
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address, spelled
from chengxin.core.web import installation
from chengxin.search import texts
from chengxin.search.queries import LookupRequest, lookup
from chengxin.search.sources import source_of
from chengxin.standing.sanctions import queries as sanctions


@dataclass(frozen=True)
class Tab:
    """One of the places a search looks in."""

    label: str
    url: str
    count: int
    current: bool


def tabs_of(session: Session, q: str, *, today: date, agencies: int | None = None) -> list[Tab]:
    """Return the tabs of a search; without words there are none."""
    if not q:
        return []
    counts = {
        "portal.agencies": _agencies(session, q, today) if agencies is None else agencies,
        "portal.notices": _notices(session, q, today),
        "portal.news": _articles(session, q),
    }
    words = {
        "portal.agencies": _("Agencies"),
        "portal.notices": _("Notices"),
        "portal.news": _("Updates"),
    }
    query = spelled({"q": q})
    return [
        Tab(word, address(endpoint, query), counts[endpoint], endpoint == request.endpoint)
        for endpoint, word in words.items()
    ]


def _agencies(session: Session, q: str, today: date) -> int:
    source = source_of(installation().settings)
    found = lookup(session, source, LookupRequest(q=q, limit=1), today=today, facets=False)
    return 0 if found.only_similar else found.total


def _notices(session: Session, q: str, today: date) -> int:
    among = texts.matching(texts.Kind.NOTICE, q)
    if among is None:
        return 0
    return sanctions.count_published(session, sanctions.Filters(q=q, among=among), today=today)


def _articles(session: Session, q: str) -> int:
    among = texts.matching(texts.Kind.ARTICLE, q)
    return bulletins.count_published(session, bulletins.Filters(q=q, among=among)) if among is not None else 0
