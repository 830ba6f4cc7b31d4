"""Which of the selected records an act can be done to, and what there is to choose, checked in one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core import clock
from chengxin.core.web import installation
from chengxin.desk.handling import case_officers, case_texts
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.queue import rows, waiting
from chengxin.desk.queue.bulk_table import MODELS, OFFICER, BulkDo, Member
from chengxin.desk.queue.filtering import EVERYTHING
from chengxin.desk.queue.rows import Row
from chengxin.desk.queue.waiting import Place

Found = Sequence[tuple[Place, Row]]


@dataclass(frozen=True)
class Choice:
    """The records an act fits, those it does not, and how many of other kinds or done by others were selected.

    `leads` are the records that cannot take the act themselves but that the others can be merged into.
    """

    codes: Mapping[Member, str]
    fit: Sequence[Row]
    leads: Sequence[Row]
    unfit: Sequence[Row]
    others: int
    gone: int
    tracks: Collection[str] = ("",)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def chosen(session: Session, act: BulkDo, members: Sequence[Member], officer: Officer) -> Choice:
    """Return what became of a selection: only records that wait for this officer can be acted on."""
    seen, held = {each.record_id: each for each in members}, _held(session, act, members)
    found = _waiting(session, act, list(seen), officer)
    fit = [each for each in found if act.allows(held[each[0].id], officer)]
    leads = [each for each in found if act.leads(held[each[0].id])]
    cases = [held[place.id] for place, _row in fit]
    return Choice(
        codes={seen[place.id]: row.code for place, row in fit},
        fit=_rows(fit),
        leads=_rows(each for each in leads if each not in fit),
        unfit=_rows(each for each in found if each not in fit and each not in leads),
        others=len(request.form.getlist("case")) - len(members),
        gone=len(seen) - len(found),
        tracks={getattr(each, "track", "") for each in cases} or {""},
        lists=_lists(session, act, cases, [held[place.id] for place, _row in leads]),
    )


def _rows(found: Any) -> list[Row]:
    return [row for _place, row in found]


def _held(session: Session, act: BulkDo, members: Sequence[Member]) -> Mapping[int, Any]:
    model, ids = MODELS[act.kind], [each.record_id for each in members]
    return {each.id: each for each in session.scalars(select(model).where(model.id.in_(ids)))} if ids else {}


def _waiting(session: Session, act: BulkDo, ids: Sequence[int], officer: Officer) -> Found:
    today = clock.today()
    places = waiting.still_waiting(session, act.kind, ids, officer=officer, today=today)
    shown = rows.filled(session, places, settings=installation().settings, view=EVERYTHING, today=today)
    return list(zip(places, shown, strict=True))


def _lists(
    session: Session, act: BulkDo, cases: Sequence[Any], mains: Sequence[Any]
) -> Mapping[str, Mapping[str, str]]:
    """Return what there is to choose for the fields of an act, for exactly these cases."""
    found: dict[str, Mapping[str, str]] = {}
    if OFFICER in act.asks:
        able = case_officers.serving(session, {each.region_code for each in cases})
        found[OFFICER] = {str(each.id): each.name for each in able}
    if Ask.LETTER in act.asks:
        tracks = {each.track for each in cases}
        found["standard"] = case_texts.ready_for(session, act=act.name, tracks=tracks)
    if Ask.TARGET in act.asks:
        found[Ask.TARGET] = case_texts.authorities(session)
    if Ask.MAIN in act.asks:
        found[Ask.MAIN] = {each.case_no: each.case_no for each in mains}
    return found
