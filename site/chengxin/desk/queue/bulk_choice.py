"""Which of the selected records an act can be done to, checked in one snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core import clock
from chengxin.core.web import installation
from chengxin.desk.queue import rows, waiting
from chengxin.desk.queue.bulk_table import MODELS, BulkDo, Member
from chengxin.desk.queue.filtering import EVERYTHING
from chengxin.desk.queue.queue_filters import colleagues
from chengxin.desk.queue.rows import Row


@dataclass(frozen=True)
class Choice:
    """The records an act fits, those it does not, and how many of other kinds or done by others were selected."""

    codes: Mapping[Member, str]
    fit: Sequence[Row]
    unfit: Sequence[Row]
    others: int
    gone: int
    officers: Mapping[int, str]


def chosen(session: Session, act: BulkDo, members: Sequence[Member], officer: Officer) -> Choice:
    """Return what became of a selection: only records that wait for this officer can be acted on."""
    seen, today = {each.record_id: each for each in members}, clock.today()
    places = waiting.still_waiting(session, act.kind, list(seen), officer=officer, today=today)
    settings = installation().settings
    shown = rows.filled(session, places, settings=settings, view=EVERYTHING, today=today)
    model = MODELS[act.kind]
    held = (
        {each.id: each for each in session.scalars(select(model).where(model.id.in_(seen)))} if seen else {}
    )
    allowed = {place.id for place in places if act.allows(held[place.id])}
    fit = [row for place, row in zip(places, shown, strict=True) if place.id in allowed]
    unfit = [row for place, row in zip(places, shown, strict=True) if place.id not in allowed]
    codes = {
        seen[place.id]: row.code for place, row in zip(places, shown, strict=True) if place.id in allowed
    }
    return Choice(
        codes=codes,
        fit=fit,
        unfit=unfit,
        others=len(request.form.getlist("case")) - len(members),
        gone=len(seen) - len(places),
        officers=colleagues(session),
    )
