"""Random inspections (双随机、一公开): the published batches, each with its drawing and its results."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import (
    FEED_LENGTH,
    Entry,
    Feed,
    absolute,
    atom_answer,
    csv_answer,
    instant,
    json_answer,
)
from chengxin.portal.paging import paging
from chengxin.standing.inspections import queries
from chengxin.standing.inspections.labels import RESULT
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.inspections.rules import Result


@dataclass(frozen=True)
class Inspected:
    """An agency of a batch with its result in words."""

    inspection: Inspection
    agency: Agency

    @property
    def result(self) -> str:
        """Return the words for the result."""
        return str(RESULT[Result(self.inspection.result)])


@bp.get("/supervision/inspections/")
@published(query=("page",))
def inspections() -> ResponseReturnValue:
    """List the published batches, newest first."""
    with reading() as session:
        where = paging(queries.count_published(session), size=queries.PAGE)
        batches = queries.published(session, limit=queries.PAGE, offset=where.offset)
        results = queries.results_of(session, [each.id for each in batches])
    return render_template(
        "supervision/inspections.html",
        rows=[{"batch": each, "summary": _summary(results[each.id])} for each in batches],
        where=where,
        formats={"json": url_for("portal.inspections_json"), "feed": url_for("portal.inspections_feed")},
    )


@bp.get("/supervision/inspections/inspections.json")
@published(query=("page",))
def inspections_json() -> ResponseReturnValue:
    """Give the list of batches as JSON."""
    with reading() as session:
        where = paging(queries.count_published(session), size=queries.PAGE)
        batches = queries.published(session, limit=queries.PAGE, offset=where.offset)
        results = queries.results_of(session, [each.id for each in batches])
    return json_answer(where.envelope([{**_brief(each), "results": results[each.id]} for each in batches]))


@bp.get("/supervision/inspections/feed.atom")
@published()
def inspections_feed() -> ResponseReturnValue:
    """Give the newest batches as a feed."""
    with reading() as session:
        batches = queries.published(session, limit=FEED_LENGTH)
        results = queries.results_of(session, [each.id for each in batches])
    return atom_answer(
        Feed(
            title=_("Random inspections"),
            page_url=absolute("portal.inspections"),
            own_url=absolute("portal.inspections_feed"),
            entries=[_entry(each, results[each.id]) for each in batches],
        )
    )


@bp.get("/supervision/inspections/<year:year>/<number:number>/")
@published()
def inspection_batch(year: int, number: int) -> ResponseReturnValue:
    """Show a published batch: how it was drawn and what was found."""
    with reading() as session:
        batch = _published(session, year, number)
        rows = _rows(session, batch)
        frame = regions.names(session, [batch.region_code]) if batch.region_code else {}
    given: dict[str, Any] = {"year": year, "number": number}
    return render_template(
        "supervision/inspection.html",
        batch=batch,
        rows=rows,
        frame=frame.get(batch.region_code or "", ""),
        formats={
            "csv": url_for("portal.inspection_batch_csv", **given),
            "json": url_for("portal.inspection_batch_json", **given),
        },
    )


@bp.get("/supervision/inspections/<year:year>/<number:number>/results.csv")
@published()
def inspection_batch_csv(year: int, number: int) -> ResponseReturnValue:
    """Give the results of a batch as a table."""
    with reading() as session:
        rows = _rows(session, _published(session, year, number))
    head = [
        *(
            _("Order of the lot"),
            _("Agency"),
            _("Credit code"),
            _("Inspected on"),
            _("Result of the inspection"),
        ),
        *(_("Note"), _("Address")),
    ]
    return csv_answer(f"inspection-{year}-{number}", head, [_cells(each) for each in rows])


@bp.get("/supervision/inspections/<year:year>/<number:number>/results.json")
@published()
def inspection_batch_json(year: int, number: int) -> ResponseReturnValue:
    """Give a batch as JSON: everything its page shows."""
    with reading() as session:
        batch = _published(session, year, number)
        rows = _rows(session, batch)
    return json_answer({**_brief(batch), "items": [_record(each) for each in rows]})


def _published(session: Session, year: int, number: int) -> InspectionBatch:
    return queries.published_numbered(session, year, number) or abort(404)


def _rows(session: Session, batch: InspectionBatch) -> list[Inspected]:
    held = queries.of_batch(session, batch.id)
    drawn = agencies.by_ids(session, {each.agency_id for each in held})
    return [Inspected(each, drawn[each.agency_id]) for each in held]


def _summary(results: dict[str, int]) -> str:
    counted = [
        _("%(result)s: %(n)s", result=words, n=results[result])
        for result, words in RESULT.items()
        if result in results
    ]
    return _("; ").join(counted)


def _brief(batch: InspectionBatch) -> dict[str, object]:
    return {
        "year": batch.year,
        "number": batch.number,
        "title": batch.title,
        "scope": batch.scope or None,
        "basis": batch.basis or None,
        "region": batch.region_code,
        "drawn_on": batch.drawn_on,
        "published_on": batch.published_on,
        "drawing": {
            "method": "the smallest SHA-256 of seed/uid",
            "seed": batch.seed,
            "drawn": batch.wanted,
            "pool": batch.pool_size,
            "pool_sha256": batch.pool_hash,
        },
        "address": absolute("portal.inspection_batch", year=batch.year, number=batch.number),
    }


def _cells(row: Inspected) -> list[object]:
    held, agency = row.inspection, row.agency
    return [
        *(held.position, agency.name, agency.uscc, held.inspected_on, row.result, held.note),
        absolute("portal.agency", uid=agency.uid),
    ]


def _record(row: Inspected) -> dict[str, object]:
    held, agency = row.inspection, row.agency
    return {
        "position": held.position,
        "agency": {"uid": agency.uid, "name": agency.name, "uscc": agency.uscc},
        "inspected_on": held.inspected_on,
        "result": held.result,
        "note": held.note or None,
    }


def _entry(batch: InspectionBatch, results: dict[str, int]) -> Entry:
    url = absolute("portal.inspection_batch", year=batch.year, number=batch.number)
    told = instant(batch.published_on or batch.drawn_on)
    return Entry(id=url, title=batch.title, url=url, published=told, updated=told, summary=_summary(results))
