"""Suggestions while typing: a few names with their place, for the box that asks; never needed."""

from flask import Response, jsonify, request

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.limits import minutes_to_wait
from chengxin.core.publishing import LONGEST_VALUE
from chengxin.core.web import installation, reading
from chengxin.portal.blueprint import bp
from chengxin.search.queries import LookupRequest, lookup
from chengxin.search.ranking import Matched
from chengxin.search.sources import source_of

MOST = 8
RATE = "240/minute"
KEPT_SECONDS = 60


@bp.get("/agencies/suggest")
def suggest() -> Response:
    """Answer with the names that hold what was typed so far; one that only resembles it is not suggested."""
    if minutes_to_wait("suggest", RATE):
        refused = jsonify(items=[])
        refused.status_code = 429
        return refused
    answer = jsonify(items=_items(request.args.get("q", "")[:LONGEST_VALUE]))
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _items(q: str) -> list[dict[str, str]]:
    if not q.strip():
        return []
    with reading() as session:
        source = source_of(installation().settings)
        found = lookup(session, source, LookupRequest(q=q, limit=MOST), today=clock.today(), facets=False)
        hits = [hit.agency_id for hit in found.hits if hit.matched is not Matched.SIMILAR]
        known = agencies.by_ids(session, hits)
        places = regions.names(session, {each.region_code for each in known.values() if each.region_code})
    return [
        {
            "uid": known[each].uid,
            "name": known[each].name,
            "place": places.get(known[each].region_code or "", ""),
        }
        for each in hits
        if each in known
    ]
