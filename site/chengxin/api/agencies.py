"""GET /api/v1/agencies: the lookup for programs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, jsonify, request, url_for
from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies import regions
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import KINDS_BY_WEIGHT, LicenceStatus, PermitKind, licence_status, status_at
from chengxin.api.blueprint import bp, problem
from chengxin.core import clock
from chengxin.core.limits import minutes_to_wait
from chengxin.core.web import installation, reading
from chengxin.search.engine import Narrowing
from chengxin.search.queries import MOST_PER_PAGE, LookupRequest, lookup
from chengxin.search.ranking import Hit
from chengxin.search.sources import source_of
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing

RATE = "300/minute"
NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
FILTERS = {
    "standing": re.compile("|".join(Standing)),
    "licence": re.compile("|".join(LicenceStatus)),
    "region": re.compile(r"[0-9]{6}", re.ASCII),
    "grade": re.compile(r"[A-Z0-9]{1,10}", re.ASCII),
    "service": re.compile(r".{1,60}"),
}


class _MalformedError(Exception):
    """A parameter has a value that means nothing."""


@bp.get("/agencies")
def agencies() -> Response:
    """Answer a lookup: the exact total and the best matches."""
    minutes = minutes_to_wait("api", RATE)
    if minutes:
        return problem(429, "Too many requests", f"Ask again in {minutes} minutes.")
    try:
        wanted = _wanted(request.args)
    except _MalformedError as error:
        return problem(400, "Malformed request", str(error))
    source, today = source_of(installation().settings), clock.today()
    with reading() as session:
        found = lookup(session, source, wanted, today=today, facets=False)
        items = _items(session, found.hits, today)
    return jsonify(total=found.total, items=items)


def _wanted(given: Mapping[str, str]) -> LookupRequest:
    """Return the request the parameters spell."""
    filters = {name: _filter(name, given.get(name, "")) for name in FILTERS}
    return LookupRequest(
        q=given.get("q", ""),
        narrowing=Narrowing(**filters),
        page=_number(given, "page", 1),
        limit=min(_number(given, "limit", 20), MOST_PER_PAGE),
    )


def _filter(name: str, value: str) -> str:
    if value and not FILTERS[name].fullmatch(value):
        raise _MalformedError(f"The value of {name} is not one this filter knows.")
    return value


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    raw = given.get(name, "")
    if not raw:
        return default
    if not NUMBER.fullmatch(raw) or not int(raw):
        raise _MalformedError(f"{name} takes a whole number from 1.")
    return int(raw)


def _items(session: Session, hits: Sequence[Hit], today: date) -> list[dict[str, Any]]:
    """Return the records of some hits in their order, read in a fixed number of queries."""
    found = register.by_ids(session, [hit.agency_id for hit in hits])
    permits = register.permits_of(session, list(found))
    standings = verdicts(session, found.values(), today=today)
    places = regions.names(session, {each.region_code for each in found.values() if each.region_code})
    return [
        _item(found[hit.agency_id], permits[hit.agency_id], today)
        | {
            "place": places.get(found[hit.agency_id].region_code or "", ""),
            "standing": standings[hit.agency_id].standing,
            "matched": hit.matched,
        }
        for hit in hits
        if hit.agency_id in found
    ]


def _item(agency: Agency, permits: Sequence[Permit], today: date) -> dict[str, Any]:
    status = licence_status(permits, today)
    return {
        "uid": agency.uid,
        "name": agency.name,
        "uscc": agency.uscc,
        "licence_no": _licence_no(permits, status, today),
        "licence_status": status,
        "region": agency.region_code,
        "grade": agency.grade or None,
        "url": url_for("portal.agency", uid=agency.uid),
    }


def _licence_no(permits: Sequence[Permit], status: LicenceStatus, today: date) -> str | None:
    """Return the number of the permit that makes the licence stand as it does."""
    by_weight = sorted(permits, key=lambda each: KINDS_BY_WEIGHT.index(PermitKind(each.kind)))
    deciding = (each for each in by_weight if status_at(each.status, each.valid_to, today) == status.value)
    return next((each.number for each in deciding), None)
