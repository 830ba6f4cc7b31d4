"""Objections, requests for credit repair and corrections, in the queue."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.filtering import Waits
from chengxin.desk.queue.glimpses import first_words
from chengxin.desk.queue.kinds.kind import NOBODY, Line, Opener, WaitingKind
from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import State as CorrectionState
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections import rules as objection_rules
from chengxin.standing.objections.labels import APPLICANT, GROUND, TARGET
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant, Ground, Target
from chengxin.standing.repairs import queries as repairs
from chengxin.standing.repairs import rules as repair_rules
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions.models import Sanction, SanctionHand
from chengxin.standing.sanctions.rules import Part


def objection_lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some objections."""
    rows = select(Objection.id, Objection.target_kind, Objection.applicant, Objection.ground, Agency.name)
    joined = rows.outerjoin(Agency, Agency.id == Objection.agency_id)
    return {
        row.id: Line(
            code=called_objection(row.id),
            title=row.name or str(TARGET[Target(row.target_kind)]),
            text=str(GROUND[Ground(row.ground)]),
            cells=(
                str(TARGET[Target(row.target_kind)]),
                str(APPLICANT[Applicant(row.applicant)]),
                _("Everybody"),
            ),
        )
        for row in session.execute(joined.where(Objection.id.in_(ids)))
    }


def repair_lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some requests for credit repair."""
    rows = select(Repair.id, Repair.text, Repair.applicant, Sanction.party_name)
    joined = rows.join(Sanction, Sanction.id == Repair.sanction_id)
    return {
        row.id: Line(
            code=called_repair(row.id),
            title=row.party_name,
            text=first_words(row.text),
            cells=(_("Credit repair"), str(APPLICANT[Applicant(row.applicant)]), _("Everybody")),
        )
        for row in session.execute(joined.where(Repair.id.in_(ids)))
    }


def correction_lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some corrections."""
    rows = select(Correction.id, Correction.note, Sanction.party_name, Account.name)
    joined = rows.join(Sanction, Sanction.id == Correction.sanction_id).outerjoin(
        Account, Account.id == Correction.proposed_by
    )
    return {
        row.id: Line(
            code=called_correction(row.id),
            title=row.party_name,
            text=first_words(row.note),
            cells=(_("Correction"), row.name or _("Nobody"), _("A second person")),
        )
        for row in session.execute(joined.where(Correction.id.in_(ids)))
    }


def called_objection(number: int) -> str:
    """Return the name of an objection."""
    return _("Objection %(n)s", n=number)


def called_repair(number: int) -> str:
    """Return the name of a request for credit repair."""
    return _("Credit repair %(n)s", n=number)


def called_correction(number: int) -> str:
    """Return the name of a correction."""
    return _("Correction %(n)s", n=number)


def able_to_answer(officer: Officer) -> ColumnElement[bool]:
    """Return which objections an officer can answer: nobody decides on their own work, or reviews their own answer."""
    wrote = select(SanctionHand.sanction_id).where(
        SanctionHand.account_id == officer.id, SanctionHand.part == Part.AUTHOR
    )
    published = select(Sanction.id).where(Sanction.published_by == officer.id)
    own_work = and_(
        Objection.target_kind == Target.SANCTION,
        or_(Objection.target_id.in_(wrote), Objection.target_id.in_(published)),
    )
    state = objection_rules.State
    return case(
        (Objection.state == state.REVIEW, func.coalesce(Objection.decided_by, NOBODY) != officer.id),
        (Objection.state == state.MARKED, ~func.coalesce(own_work, false())),
        else_=Objection.state == state.RECEIVED,
    )


def able_to_grant(officer: Officer) -> ColumnElement[bool]:
    """Return which requests an officer can go on with: a grant is confirmed by a publisher who did not propose it."""
    undecided = Repair.state != repair_rules.State.GRANTING
    if not officer.may(Right.PUBLISH_NOTICES):
        return undecided
    return or_(undecided, func.coalesce(Repair.proposed_by, NOBODY) != officer.id)


def able_to_correct(officer: Officer) -> ColumnElement[bool]:
    """Return which corrections an officer can put in force: a publisher those of somebody else."""
    if not officer.may(Right.PUBLISH_NOTICES):
        return false()
    return func.coalesce(Correction.proposed_by, NOBODY) != officer.id


OBJECTIONS = WaitingKind(
    name="objection",
    label=_l("Objections"),
    rights=(Right.ANSWER_DISPUTES,),
    id=Objection.id,
    due_on=objections.deadline,
    waiting=(Objection.state.in_(sorted(objection_rules.OPEN)),),
    lines=objection_lines,
    endpoint="desk.objection",
    parameter="objection_id",
    agency=Objection.agency_id,
    waits=case(
        (Objection.state == objection_rules.State.REVIEW, Waits.SECOND.value), else_=Waits.STAFF.value
    ),
    able=able_to_answer,
    called=called_objection,
)
REPAIRS = WaitingKind(
    name="repair",
    label=_l("Credit repair"),
    rights=(Right.ANSWER_DISPUTES,),
    id=Repair.id,
    due_on=repairs.deadline,
    waiting=(Repair.state.in_(sorted(repair_rules.OPEN)),),
    lines=repair_lines,
    endpoint="desk.repair",
    parameter="repair_id",
    agency=Repair.agency_id,
    waits=case((Repair.state == repair_rules.State.GRANTING, Waits.SECOND.value), else_=Waits.STAFF.value),
    able=able_to_grant,
    called=called_repair,
)
CORRECTIONS = WaitingKind(
    name="correction",
    label=_l("Corrections"),
    rights=(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES),
    id=Correction.id,
    waiting=(Correction.state == CorrectionState.PROPOSED,),
    lines=correction_lines,
    endpoint="desk.correction",
    parameter="correction_id",
    agency=select(Sanction.agency_id).where(Sanction.id == Correction.sanction_id).scalar_subquery(),
    owner=Correction.proposed_by,
    waits=Waits.SECOND.value,
    able=able_to_correct,
    called=called_correction,
)
