"""The lines of the queue for notices whose next step has a deadline."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.core.i18n import gettext as _
from chengxin.desk.waiting import Kind, Place
from chengxin.standing.sanctions.labels import STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State


def of_places(session: Session, places: Sequence[Place], *, today: date) -> Mapping[tuple[Kind, int], Any]:
    """Return what the queue shows of notices, with one query whatever their number."""
    due = {place.id: (place.due_on - today).days for place in places if place.kind is Kind.NOTICE}
    rows = select(Sanction, Account.name).outerjoin(Account, Account.id == Sanction.drafted_by)
    found = session.execute(rows.where(Sanction.id.in_(due))) if due else ()
    return {(Kind.NOTICE, held.id): _line(held, name or "", due[held.id]) for held, name in found}


def _line(held: Sanction, name: str, days: int) -> dict[str, Any]:
    return {
        "id": f"notice-{held.id}",
        "code": _("Notice %(n)s", n=held.id),
        "days": days,
        "paused": False,
        "title": held.withheld_name or held.party_name,
        "text": held.summary or held.title,
        "cells": (_("Notice"), str(STATE[State(held.state)]), name or _("Nobody")),
    }
