"""The rows of the queue: places filled with what an officer needs to choose a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import Keyring, SealError
from chengxin.desk import dispute_rows, notice_rows
from chengxin.desk.waiting import Kind, Place, View
from chengxin.opinions.ratings.models import Rating
from chengxin.voices.complaints.labels import CATEGORY_SHORT, CONTACT_SHORT
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Category, ContactKind
from chengxin.voices.complaints.sealed import first_words


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the queue, as the template shows it."""

    id: str
    code: str
    url: str
    days: int
    paused: bool
    title: str
    text: str
    cells: tuple[str, str, str]


def filled(
    session: Session, places: Sequence[Place], *, settings: Settings, view: View, today: date
) -> list[Row]:
    """Return the rows of some places, with one query a kind whatever their number."""
    cases = _cases(session, places)
    key = intake_keyring(settings) if cases else None
    ratings = _ratings(session, places)
    lines = {
        **dispute_rows.of_places(session, places, today=today),
        **notice_rows.of_places(session, places, today=today),
    }
    rows = []
    for place in places:
        link = address(place, view)
        if place.kind is Kind.COMPLAINT:
            rows.append(_case_row(place, *cases[place.id], url=link, key=key, today=today))
        elif place.kind is Kind.RATING:
            rows.append(_rating_row(place, *ratings[place.id], url=link, today=today))
        else:
            rows.append(Row(url=link, **lines[place.kind, place.id]))
    return rows


def address(place: Place, view: View) -> str:
    """Return the page of a place; the view stays in the address, so that the next case comes from it."""
    if place.kind is Kind.COMPLAINT:
        return url_for("desk.complaint", case_id=place.id, view=view.in_address)
    if place.kind is Kind.OBJECTION:
        return url_for("desk.objection", objection_id=place.id)
    if place.kind is Kind.REPAIR:
        return url_for("desk.repair", repair_id=place.id)
    if place.kind is Kind.NOTICE:
        return url_for("desk.notice", notice_id=place.id)
    return url_for("desk.rating", rating_id=place.id, view=view.in_address)


def _cases(session: Session, places: Sequence[Place]) -> Mapping[int, tuple[Complaint, str, str]]:
    wanted = [place.id for place in places if place.kind is Kind.COMPLAINT]
    rows = (
        select(Complaint, Agency.name, Account.name)
        .outerjoin(Agency, Agency.id == Complaint.agency_id)
        .outerjoin(Account, Account.id == Complaint.assigned_to)
        .where(Complaint.id.in_(wanted))
    )
    found = session.execute(rows) if wanted else ()
    return {case.id: (case, agency or case.respondent, owner or "") for case, agency, owner in found}


def _ratings(session: Session, places: Sequence[Place]) -> Mapping[int, tuple[Rating, str]]:
    wanted = [place.id for place in places if place.kind is Kind.RATING]
    rows = select(Rating, Agency.name).join(Agency, Agency.id == Rating.agency_id)
    found = session.execute(rows.where(Rating.id.in_(wanted))) if wanted else ()
    return {rating.id: (rating, name) for rating, name in found}


def _case_row(
    place: Place,
    case: Complaint,
    title: str,
    owner: str,
    *,
    url: str,
    key: Keyring | None,
    today: date,
) -> Row:
    return Row(
        id=f"complaint-{case.id}",
        code=case.case_no,
        url=url,
        days=(place.due_on - today).days,
        paused=place.paused,
        title=title,
        text=_words(case, key),
        cells=(
            str(CATEGORY_SHORT[Category(case.category)]),
            str(CONTACT_SHORT[ContactKind(case.contact_kind)]),
            owner or _("Nobody"),
        ),
    )


def _rating_row(place: Place, rating: Rating, title: str, *, url: str, today: date) -> Row:
    return Row(
        id=f"rating-{rating.id}",
        code=_("Rating %(n)s", n=rating.id),
        url=url,
        days=(place.due_on - today).days,
        paused=False,
        title=title,
        text=" ".join(rating.text.split())[:40],
        cells=(_("Rating"), _("Verified") if rating.verified else _("Unverified"), _("Everybody")),
    )


def _words(case: Complaint, key: Keyring | None) -> str:
    try:
        return first_words(case, key) if key else ""
    except SealError:
        return _("(cannot be opened with this key)")
