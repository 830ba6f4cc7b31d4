"""GET /api/v1/agencies: the lookup for programs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, jsonify, request, url_for
from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies import regions
from chengxin.agencies.leaving import departure_of
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import KINDS_BY_WEIGHT, LicenceStatus, PermitKind, licence_status, status_at
from chengxin.api.blueprint import bp, problem
from chengxin.core import clock
from chengxin.core.limits import minutes_to_wait
from chengxin.core.web import installation, reading
from chengxin.search.engine import Narrowing
from chengxin.search.lookalikes import look_alikes
from chengxin.search.queries import MOST_PER_PAGE, SORTS, LookupRequest, lookup
from chengxin.search.ranking import Hit, Matched
from chengxin.search.sources import source_of
from chengxin.standing.abnormal import queries as abnormal
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing

RATE = "300/minute"
NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
FILTERS = {
    "standing": re.compile("|".join(Standing)),
    "licence": re.compile("|".join(LicenceStatus)),
    "region": re.compile(r"[0-9]{6}", re.ASCII),
    "grade": re.compile(r"[A-Z0-9]{1,10}", re.ASCII),
    "service": re.compile(r"[^\x00-\x1f]{1,60}"),
}
SORT = re.compile("|".join(SORTS))
YES = re.compile("1|true")


class _MalformedError(Exception):
    """A parameter has a value that means nothing."""


@bp.get("/agencies")
def agencies() -> Response:
    """Answer a lookup: the exact total and the best matches."""
    minutes = minutes_to_wait("api", RATE)
    if minutes:
        return problem(429, "Too many requests", f"Ask again in {minutes} minutes.")
    try:
        wanted, alike = _wanted(request.args), bool(_value("look_alikes", YES, request.args))
    except _MalformedError as error:
        return problem(400, "Malformed request", str(error))
    source, today = source_of(installation().settings), clock.today()
    with reading() as session:
        found = lookup(session, source, wanted, today=today, facets=False)
        answer: dict[str, Any] = {"total": found.total, "items": _items(session, found.hits, today)}
        if alike:
            answer["look_alikes"] = _look_alikes(session, found.hits, today)
    return jsonify(answer)


def _wanted(given: Mapping[str, str]) -> LookupRequest:
    """Return the request the parameters spell."""
    filters = {name: _value(name, pattern, given) for name, pattern in FILTERS.items()}
    return LookupRequest(
        q=given.get("q", ""),
        narrowing=Narrowing(**filters),
        order=SORTS[_value("sort", SORT, given) or "relevance"],
        page=_number(given, "page", 1),
        limit=min(_number(given, "limit", 20), MOST_PER_PAGE),
    )


def _value(name: str, pattern: re.Pattern[str], given: Mapping[str, str]) -> str:
    value = given.get(name, "")
    if value and not pattern.fullmatch(value):
        raise _MalformedError(f"The value of {name} is not one it may have.")
    return value


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    raw = given.get(name, "")
    if not raw:
        return default
    if not NUMBER.fullmatch(raw) or not int(raw):
        raise _MalformedError(f"{name} takes a whole number from 1.")
    return int(raw)


def _items(session: Session, hits: Sequence[Hit], today: date) -> list[dict[str, Any]]:
    """Return the records of some hits in their order."""
    found = register.by_ids(session, [hit.agency_id for hit in hits])
    records = _records(session, list(found.values()), today)
    return [records[hit.agency_id] | {"matched": hit.matched} for hit in hits if hit.agency_id in records]


def _look_alikes(session: Session, hits: Sequence[Hit], today: date) -> list[dict[str, Any]]:
    """Return the agencies that the best match may be taken for, and why."""
    best = register.by_id(session, hits[0].agency_id) if hits else None
    if best is None or hits[0].matched is Matched.SIMILAR:
        return []
    alike = look_alikes(session, best).found
    records = _records(session, [each.agency for each in alike], today)
    return [records[each.agency.id] | {"why": each.why} for each in alike]


def _records(session: Session, found: Sequence[Agency], today: date) -> dict[int, dict[str, Any]]:
    """Return the records of some agencies by their ids, read in a fixed number of queries."""
    permits = register.permits_of(session, [each.id for each in found])
    standings = verdicts(session, found, today=today)
    marks = abnormal.by_agencies(session, [each.id for each in found])
    places = regions.names(session, {each.region_code for each in found if each.region_code})
    return {
        each.id: _item(each, permits[each.id], today)
        | {
            "place": places.get(each.region_code or "", ""),
            "standing": standings[each.id].standing,
            "abnormal": bool(marks[each.id]),
        }
        for each in found
    }


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
        "departure": _departure(agency, permits, today),
        "url": url_for("portal.agency", uid=agency.uid),
    }


def _licence_no(permits: Sequence[Permit], status: LicenceStatus, today: date) -> str | None:
    """Return the number of the permit that makes the licence stand as it does."""
    by_weight = sorted(permits, key=lambda each: KINDS_BY_WEIGHT.index(PermitKind(each.kind)))
    deciding = (each for each in by_weight if status_at(each.status, each.valid_to, today) == status.value)
    return next((each.number for each in deciding), None)


def _departure(agency: Agency, permits: Sequence[Permit], today: date) -> str | None:
    """Return why an agency that was listed is listed no longer, or None."""
    left = departure_of(
        status=agency.status,
        left_on=agency.left_on,
        merged=agency.merged_into_id is not None,
        permits=permits,
        today=today,
    )
    return left.kind if left else None
