"""The lines of the queue for objections and for requests for credit repair."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.desk.waiting import Kind, Place
from chengxin.standing.objections.labels import APPLICANT, GROUND, TARGET
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant, Ground, Target
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions.models import Sanction

Lines = dict[tuple[Kind, int], dict[str, Any]]


def of_places(session: Session, places: Sequence[Place], *, today: date) -> Mapping[tuple[Kind, int], Any]:
    """Return what the queue shows of disputes, with one query a kind whatever their number."""
    due = {(place.kind, place.id): (place.due_on - today).days for place in places}
    lines = {**_objections(session, places), **_repairs(session, places)}
    return {key: {**line, "days": due[key], "paused": False} for key, line in lines.items()}


def _objections(session: Session, places: Sequence[Place]) -> Lines:
    wanted = [place.id for place in places if place.kind is Kind.OBJECTION]
    rows = select(Objection, Agency.name).outerjoin(Agency, Agency.id == Objection.agency_id)
    found = session.execute(rows.where(Objection.id.in_(wanted))) if wanted else ()
    return {(Kind.OBJECTION, held.id): _objection(held, name or "") for held, name in found}


def _objection(held: Objection, name: str) -> dict[str, Any]:
    target = str(TARGET[Target(held.target_kind)])
    return {
        "id": f"objection-{held.id}",
        "code": _("Objection %(n)s", n=held.id),
        "title": name or target,
        "text": str(GROUND[Ground(held.ground)]),
        "cells": (target, str(APPLICANT[Applicant(held.applicant)]), _("Everybody")),
    }


def _repairs(session: Session, places: Sequence[Place]) -> Lines:
    wanted = [place.id for place in places if place.kind is Kind.REPAIR]
    rows = select(Repair, Sanction.party_name).join(Sanction, Sanction.id == Repair.sanction_id)
    found = session.execute(rows.where(Repair.id.in_(wanted))) if wanted else ()
    return {(Kind.REPAIR, held.id): _repair(held, name) for held, name in found}


def _repair(held: Repair, name: str) -> dict[str, Any]:
    return {
        "id": f"repair-{held.id}",
        "code": _("Credit repair %(n)s", n=held.id),
        "title": name,
        "text": " ".join(held.text.split())[:40],
        "cells": (_("Credit repair"), str(APPLICANT[Applicant(held.applicant)]), _("Everybody")),
    }
