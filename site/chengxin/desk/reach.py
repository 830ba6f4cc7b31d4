"""The part of the jurisdiction each kind of record lies in, and the door before every route that names one.

An officer with a region sees and does nothing of what lies outside of it: such a record looks as if it did not
exist. A record whose place is not known belongs to those who serve the whole jurisdiction.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import Flask, abort, request
from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.accounts.scope import handled, within
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.errors import N_, DomainError
from chengxin.core.web import reading
from chengxin.desk.agency_choice import the_agency
from chengxin.desk.guard import current_account, officer_or_none
from chengxin.evidence.models import Evidence
from chengxin.opinions.ratings.models import Rating
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.corrections.models import Correction
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Target
from chengxin.standing.permits.models import PermitAct
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions.models import Suggestion

Lies = Callable[[Officer], ColumnElement[bool]]
OUTSIDE = N_("This lies outside of your part of the jurisdiction.")


def _inside(region: Any) -> Lies:
    return lambda officer: within(region, officer)


def _of(column: Any, owner: type[Any], lies: Lies) -> Lies:
    """Return the condition that a record hangs on one that lies in the officer's part."""
    return lambda officer: column.in_(select(owner.id).where(lies(officer)))


def _by_agency(column: Any) -> Lies:
    return _of(column, Agency, _inside(Agency.region_code))


def _notice(officer: Officer) -> ColumnElement[bool]:
    """Return where a notice lies; who drafted it from a case that was given to them keeps it."""
    return or_(within(Sanction.region_code, officer), Sanction.drafted_by == officer.id)


def _objection(officer: Officer) -> ColumnElement[bool]:
    """Return where an objection lies: with its agency, or with the notice it is about, which may name no agency."""
    notices = select(Sanction.id).where(_notice(officer))
    about = and_(Objection.target_kind == Target.SANCTION, Objection.target_id.in_(notices))
    return or_(_by_agency(Objection.agency_id)(officer), about)


def _case(officer: Officer) -> ColumnElement[bool]:
    theirs = handled(Complaint.region_code, Complaint.assigned_to, officer)
    approves = officer.may(Right.APPROVE_CASES)
    return or_(theirs, within(Complaint.region_code, officer)) if approves else theirs


PLACES: Mapping[type[Any], Lies] = {
    Complaint: _case,
    Evidence: _of(Evidence.subject_id, Complaint, _case),
    Suggestion: _inside(Suggestion.region_code),
    Rating: _by_agency(Rating.agency_id),
    Objection: _objection,
    Sanction: _notice,
    Repair: _of(Repair.sanction_id, Sanction, _notice),
    Correction: _of(Correction.sanction_id, Sanction, _notice),
    NoticeBatch: _inside(NoticeBatch.region_code),
    AbnormalMark: _by_agency(AbnormalMark.agency_id),
    PermitAct: _by_agency(PermitAct.agency_id),
    LineageLink: _by_agency(LineageLink.later_id),
    InspectionBatch: _inside(InspectionBatch.region_code),
    Inspection: _of(Inspection.batch_id, InspectionBatch, _inside(InspectionBatch.region_code)),
    Selection: _inside(Selection.region_code),
    Honour: _of(Honour.selection_id, Selection, _inside(Selection.region_code)),
}
# What is given to persons, and is theirs wherever it lies.
OF_PERSONS = (Complaint, Evidence)
# The routes that name a record of a place, by how they begin.
ROUTES: Mapping[str, type[Any]] = {
    "/complaints/<int:case_id>": Complaint,
    "/evidence/<int:evidence_id>": Evidence,
    "/suggestions/<int:suggestion_id>": Suggestion,
    "/ratings/<int:rating_id>": Rating,
    "/objections/<int:objection_id>": Objection,
    "/repairs/<int:repair_id>": Repair,
    "/notices/<int:notice_id>": Sanction,
    "/corrections/<int:correction_id>": Correction,
    "/batches/<int:batch_id>": NoticeBatch,
    "/abnormal/<int:mark_id>": AbnormalMark,
    "/permits/<int:act_id>": PermitAct,
    "/lineage/<int:link_id>": LineageLink,
    "/inspections/<int:batch_id>": InspectionBatch,
    "/inspections/results/<int:inspection_id>": Inspection,
    "/exemplars/rounds/<int:selection_id>": Selection,
    "/exemplars/<int:honour_id>": Honour,
}
# The kinds of sealed records whose reading is noted, by the name of their table.
READS: Mapping[str, type[Any]] = {
    model.__tablename__: model for model in (Complaint, Suggestion, Evidence, Objection)
}
READ = "/reads/<kind>"
# What belongs to one person or one agency alone; the views ask whose it is.
OF_ONE_PERSON = frozenset(
    {
        "/bulk/<int:act_id>",
        "/me/passkeys/<int:passkey_id>",
        "/me/sessions/<int:session_id>",
        "/views/<int:view_id>",
    }
)
OF_ONE_AGENCY = frozenset(
    {
        "/agency/notices/<int:notice_id>",
        "/agency/objections/<int:objection_id>",
        "/agency/repairs/<int:repair_id>",
    }
)
# What has no place: the site's own news, campaigns, ready texts and accounts.
OF_THE_SITE = frozenset(
    {
        "/accounts/<int:account_id>",
        "/campaigns/<int:campaign_id>",
        "/campaigns/entries/<int:entry_id>",
        "/news/<int:article_id>",
        "/news/pictures/<name>",
        "/texts/<int:text_id>",
    }
)
WITHOUT_A_PLACE = OF_ONE_PERSON | OF_ONE_AGENCY | OF_THE_SITE


def in_reach(model: Any, officer: Officer) -> ColumnElement[bool]:
    """Return the condition that a record of a kind lies in an officer's part of the jurisdiction."""
    return PLACES[model](officer) if _is_limited(model, officer) else true()


def mine(model: type[Any]) -> ColumnElement[bool]:
    """Return the condition that a record of a kind lies in the part of whoever is signed in."""
    return in_reach(model, current_account())


def check_region(region_code: str | None) -> None:
    """Refuse to begin something outside of the part of whoever is signed in."""
    if not current_account().covers(region_code):
        raise DomainError(OUTSIDE)


def check_agency(session: Session, agency_id: int | None) -> None:
    """Refuse to begin something about an agency outside of the part of whoever is signed in."""
    owner = agencies.by_id(session, agency_id) if agency_id else None
    check_region(owner.region_code if owner else None)


def an_agency(session: Session, text: str, *, known: Collection[int | None] = ()) -> Agency:
    """Return the agency an officer means, if it lies in their part or their record names it already."""
    owner = the_agency(session, text)
    if owner.id not in known:
        check_region(owner.region_code)
    return owner


def install(app: Flask) -> None:
    """Stand behind the first door of an app, before every route that names a record."""
    app.before_request(_refuse)


def _refuse() -> None:
    officer, rule = officer_or_none(), request.url_rule
    if officer is None or officer.is_guest or rule is None or not rule.arguments:
        return
    begin, values = beginning(rule.rule), list((request.view_args or {}).values())
    if begin in WITHOUT_A_PLACE:
        return
    model = READS.get(values[0]) if begin == READ else ROUTES.get(begin)
    if model is None or not _reaches(officer, model, values[1] if begin == READ else values[0]):
        abort(404)


def beginning(rule: str) -> str:
    """Return how a route begins: everything up to its first parameter."""
    return rule.split(">", maxsplit=1)[0] + ">"


def _reaches(officer: Officer, model: type[Any], record_id: int) -> bool:
    if not _is_limited(model, officer):
        return True
    with reading() as session:
        found = session.scalar(select(model.id).where(model.id == record_id, in_reach(model, officer)))
    return found is not None


def _is_limited(model: Any, officer: Officer) -> bool:
    """Tell whether there are records of a kind that an officer does not reach."""
    return officer.region is not None or (model in OF_PERSONS and officer.only_given)
