"""Whom a case is about: the registered agency that is meant, or the few that could be."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.web import installation
from chengxin.search.queries import LookupRequest, lookup
from chengxin.search.sources import source_of
from chengxin.voices.complaints import queries

MOST = 4


@dataclass(frozen=True)
class Possible:
    """A registered agency that could be meant."""

    uid: str
    name: str
    place: str


def meant(session: Session, *, uid: str, name: str) -> Agency | None:
    """Return the agency of this very name, or the one that was chosen among those that could be meant."""
    sure = queries.respondent_of(session, uid=uid, name=name)
    if sure is not None or not uid:
        return sure
    return agencies.by_uid(session, uid) if uid in {each.uid for each in possible(session, name)} else None


def possible(session: Session, name: str) -> Sequence[Possible]:
    """Return the registered agencies a typed name could mean, the likest first."""
    settings = installation().settings
    request = LookupRequest(q=name, limit=MOST)
    try:
        found = lookup(session, source_of(settings), request, today=clock.today(), facets=False)
    except Exception as error:  # noqa: BLE001 (the question is a service; a case can be sent without it)
        current_app.logger.warning("no agencies were suggested: %s", type(error).__name__)
        return []
    known = agencies.by_ids(session, [hit.agency_id for hit in found.hits])
    places = regions.names(session, {each.region_code for each in known.values() if each.region_code})
    hits = [known[hit.agency_id] for hit in found.hits if hit.agency_id in known]
    return [Possible(each.uid, each.name, places.get(each.region_code or "", "")) for each in hits]
