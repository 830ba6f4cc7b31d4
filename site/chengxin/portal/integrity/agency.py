"""The page of one agency, its JSON and its feed, and the addresses that lead to it."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import merging
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import do_not_keep, published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import FEED_LENGTH, Feed, absolute, atom_answer, instant, json_answer
from chengxin.portal.formats import Entry as FeedEntry
from chengxin.portal.integrity.integrity_file import Entry, IntegrityFile, open_file
from chengxin.portal.integrity.integrity_json import as_json
from chengxin.portal.integrity.integrity_lines import Line
from chengxin.portal.integrity.integrity_page import banner_of, figures_of, timeline_of
from chengxin.portal.integrity.integrity_rows import (
    basic_rows,
    business_rows,
    complaints_of,
    licence_notes,
    opinion_of,
    promise_rows,
)
from chengxin.portal.lookup.neighbours import Neighbours, neighbours_of
from chengxin.portal.newsroom.campaigns import campaign_rows
from chengxin.search import following
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.queries import OpenMark
from chengxin.standing.objections.rules import Target
from chengxin.standing.sanctions import queries as sanctions


@bp.get("/agencies/<uid>/")
@published()
def agency(uid: str) -> ResponseReturnValue:
    """Show the integrity file of an agency; a merged one leads to the agency it became."""
    with reading() as session:
        found = _found(session, uid)
        heir = _heir(session, found)
        if heir:
            return redirect(url_for("portal.agency", uid=heir.uid), 301)
        file = open_file(session, found, today=clock.today())
        beside, marks = _beside(session, found), _marks(session, found)
    return _page(file, beside, marks)


@bp.get("/agencies/<uid>.json")
@published()
def agency_json(uid: str) -> ResponseReturnValue:
    """Answer with everything the page shows, for programs."""
    with reading() as session:
        found = _found(session, uid)
        heir = _heir(session, found)
        if heir:
            return redirect(url_for("portal.agency_json", uid=heir.uid), 301)
        file = open_file(session, found, today=clock.today())
        beside, marks = _beside(session, found), _marks(session, found)
    disputed = [{"words": each.words, "since": each.since, "due": each.due} for each in marks]
    return json_answer({**as_json(file), **beside.as_json(), "disputed": disputed})


@bp.get("/agencies/<uid>/feed.atom")
@published()
def agency_feed(uid: str) -> ResponseReturnValue:
    """Answer with the timeline of an agency as a feed."""
    with reading() as session:
        found = _found(session, uid)
        heir = _heir(session, found)
        if heir:
            return redirect(url_for("portal.agency_feed", uid=heir.uid), 301)
        file = open_file(session, found, today=clock.today())
    return atom_answer(_feed(file))


@bp.get("/agencies/by-uscc/<code>")
@published()
def agency_by_uscc(code: str) -> ResponseReturnValue:
    """Lead from a credit code to the page of the agency that holds it."""
    with reading() as session:
        found = agencies.by_uscc(session, code)
    if found is None:
        abort(404)
    return redirect(url_for("portal.agency", uid=found.uid), 302)


def _found(session: Session, uid: str) -> Agency:
    found = agencies.by_uid(session, uid)
    if found is None:
        abort(404)
    return found


def _heir(session: Session, found: Agency) -> Agency | None:
    """Return the agency a merged one leads to; while a notice against it is in force it keeps its own file."""
    if found.merged_into_id is None or sanctions.by_agency(session, found.id, today=clock.today()):
        return None
    return merging.successor_of(session, found)


def _beside(session: Session, found: Agency) -> Neighbours:
    """Return the agencies beside one; until their table has caught up with the register nothing is kept."""
    if not following.is_current(session):
        do_not_keep()
    return neighbours_of(session, found, today=clock.today())


def _marks(session: Session, found: Agency) -> list[OpenMark]:
    """Return what is objected to in an integrity file, until it is decided."""
    return objections.open_marks(session, Target.AGENCY, [found.id])[found.id]


def _page(file: IntegrityFile, beside: Neighbours, marks: list[OpenMark]) -> str:
    return render_template(
        "portal/agency.html",
        file=file,
        beside=beside,
        marks=marks,
        banner=banner_of(file),
        figure_items=figures_of(file),
        lines=timeline_of(file),
        cases=complaints_of(file.quarters),
        opinion=opinion_of(file),
        business=business_rows(file),
        licence_notes=licence_notes(file),
        promises=promise_rows(file),
        campaigns=campaign_rows(file.campaigns),
        basics=basic_rows(file),
    )


def _feed(file: IntegrityFile) -> Feed:
    uid = file.agency.uid
    told = list(zip(file.timeline, timeline_of(file), strict=True))
    return Feed(
        title=_("%(name)s: integrity file", name=file.agency.name),
        page_url=absolute("portal.agency", uid=uid),
        own_url=absolute("portal.agency_feed", uid=uid),
        entries=[_feed_entry(uid, entry, line) for entry, line in told if entry.on <= file.today][
            :FEED_LENGTH
        ],
    )


def _feed_entry(uid: str, entry: Entry, line: Line) -> FeedEntry:
    page = absolute("portal.agency", uid=uid)
    return FeedEntry(
        id=f"{page}#{entry.key}",
        title=line.title,
        url=page,
        published=instant(entry.on),
        updated=instant(entry.on),
        summary=line.text,
    )
