"""Campaigns: the list of a year, and one with the agencies that take part."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.bulletins.campaigns import queries
from chengxin.bulletins.campaigns.labels import KIND, RESULT, STAGE
from chengxin.bulletins.campaigns.models import Campaign, CampaignEntry
from chengxin.bulletins.campaigns.queries import ENTRIES_PAGE, Entered, Tombstone
from chengxin.bulletins.campaigns.rules import Kind, Result, stage
from chengxin.bulletins.markdown import to_html
from chengxin.core import clock
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import absolute, csv_answer, json_answer
from chengxin.portal.paging import paging

CSV_COLUMNS = ("uid", "agency", "enrolled_on", "result", "note", "address")


@bp.get("/campaigns/")
@published(query=("year",))
def campaigns() -> ResponseReturnValue:
    """List the campaigns, of one year or of all."""
    asked = request.args.get("year", "")
    with reading() as session:
        years = queries.years(session)
        year = whole(asked) if asked else None
        if asked and year not in years:
            abort(404)
        found = queries.published(session, year=year, limit=sum(years.values()))
        taking_part = queries.count_entries(session, [each.id for each in found])
    rows = [{**_words(each), "campaign": each, "agencies": taking_part[each.id]} for each in found]
    return render_template("campaigns/list.html", rows=rows, years=years, year=year)


@bp.get("/campaigns/<year:year>/<slug:slug>/")
@published(query=("page",))
def campaign(year: int, slug: str) -> ResponseReturnValue:
    """Show a campaign, its results and its agencies, or what is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            return render_template("campaigns/withdrawn.html", left=found), 410
        counts = queries.count_by_result(session, found.id)
        where = paging(sum(counts.values()) - counts[Result.LEFT], size=ENTRIES_PAGE)
        entered = queries.entries(session, found.id, offset=where.offset)
    return render_template(
        "campaigns/campaign.html",
        campaign=found,
        words=_words(found),
        body=to_html(found.body),
        results=to_html(found.results),
        where=where,
        entered=[(each, RESULT[Result(each.entry.result)]) for each in entered],
        counts=[(RESULT[each], counts[each]) for each in _COUNTED if counts[each]],
        address=absolute("portal.campaign", year=year, slug=slug),
    )


@bp.get("/campaigns/<year:year>/<slug:slug>.json")
@published()
def campaign_json(year: int, slug: str) -> ResponseReturnValue:
    """Give a campaign with all its agencies as JSON, or what is left of it."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            left = {"year": year, "slug": slug, "state": "withdrawn", "reason": found.reason}
            return json_answer(left), 410
        entered = queries.entries(session, found.id, limit=queries.ALL_ENTRIES)
    told = {name: getattr(found, name) for name in ("year", "slug", "kind", "title", "starts_on", "ends_on")}
    texts = {"body": found.body, "results": found.results}
    return json_answer({**told, **texts, "agencies": [_told(each) for each in entered]})


@bp.get("/campaigns/<year:year>/<slug:slug>.csv")
@published()
def campaign_csv(year: int, slug: str) -> ResponseReturnValue:
    """Give the agencies of a campaign as CSV."""
    with reading() as session:
        found = queries.by_slug(session, year, slug) or abort(404)
        if isinstance(found, Tombstone):
            abort(410)
        entered = queries.entries(session, found.id, limit=queries.ALL_ENTRIES)
    return csv_answer(f"campaign-{year}-{slug}", CSV_COLUMNS, _csv_rows(entered))


def campaign_rows(taken: Iterable[tuple[Campaign, CampaignEntry]]) -> list[dict[str, Any]]:
    """Return the campaigns of an agency for the part on promises of its file, with how it did in each."""
    return [
        {
            "title": campaign.title,
            "url": url_for("portal.campaign", year=campaign.year, slug=campaign.slug),
            "enrolled_on": entry.enrolled_on,
            "result": RESULT[Result(entry.result)],
            "note": entry.note,
        }
        for campaign, entry in taken
    ]


_COUNTED = (Result.TAKING_PART, Result.COMPLETED, Result.COMMENDED)


def _words(found: Campaign) -> dict[str, Any]:
    now = stage(found.starts_on, found.ends_on, clock.today())
    return {"kind": KIND[Kind(found.kind)], "stage": STAGE[now]}


def _told(each: Entered) -> dict[str, Any]:
    return {
        "uid": each.uid,
        "name": each.name,
        "enrolled_on": each.entry.enrolled_on,
        "result": each.entry.result,
        "note": each.entry.note,
        "address": absolute("portal.agency", uid=each.uid),
    }


def _csv_rows(entered: Sequence[Entered]) -> list[tuple[object, ...]]:
    return [tuple(_told(each).values()) for each in entered]
