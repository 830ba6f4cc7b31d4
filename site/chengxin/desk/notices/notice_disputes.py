"""What hangs on a notice on the desk: its objections, requests for repair and corrections, as links."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import gettext as _
from chengxin.standing.corrections import queries as corrections
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.labels import STATE as OBJECTION_STATE
from chengxin.standing.objections.rules import State as ObjectionState
from chengxin.standing.objections.rules import Target
from chengxin.standing.repairs import queries as repairs
from chengxin.standing.repairs.labels import STATE as REPAIR_STATE
from chengxin.standing.repairs.rules import State as RepairState
from chengxin.standing.sanctions.models import Sanction


@dataclass(frozen=True)
class Link:
    """One record that hangs on the notice, or one that can be made."""

    label: str
    url: str
    state: str = ""


def links_of(session: Session, sanction: Sanction, *, officer: Officer, public: bool) -> list[Link]:
    """Return the disputes of a notice, newest first, and what an officer can begin."""
    return [
        *_corrections(session, sanction, officer=officer, public=public),
        *(_disputes(session, sanction, public=public) if officer.may(Right.ANSWER_DISPUTES) else []),
    ]


def _corrections(session: Session, sanction: Sanction, *, officer: Officer, public: bool) -> list[Link]:
    waiting = corrections.open_of_sanction(session, sanction.id)
    if waiting is not None:
        url = url_for("desk.correction", correction_id=waiting.id)
        return [Link(_("Correction %(n)s", n=waiting.id), url, _("Waiting for a second person"))]
    if public and officer.may(Right.DRAFT_NOTICES):
        return [Link(_("Correct the notice"), url_for("desk.correction_new", notice_id=sanction.id))]
    return []


def _disputes(session: Session, sanction: Sanction, *, public: bool) -> list[Link]:
    links = [
        Link(
            _("Objection %(n)s", n=each.id),
            url_for("desk.objection", objection_id=each.id),
            str(OBJECTION_STATE[ObjectionState(each.state)]),
        )
        for each in objections.about(session, Target.SANCTION, sanction.id)
    ]
    links += [
        Link(
            _("Credit repair %(n)s", n=each.id),
            url_for("desk.repair", repair_id=each.id),
            str(REPAIR_STATE[RepairState(each.state)]),
        )
        for each in repairs.of_sanction(session, sanction.id)
    ]
    return [*links, *_papers(sanction)] if public else links


def _papers(sanction: Sanction) -> list[Link]:
    record = f"notices/{sanction.year}/{sanction.number}"
    return [
        Link(_("Enter an objection from paper"), url_for("desk.objection_new", record=record)),
        Link(_("Enter a request for repair from paper"), url_for("desk.repair_new", notice_id=sanction.id)),
    ]
