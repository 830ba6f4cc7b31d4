"""Draw agencies by lot, enter what was found, and publish it by a second person."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.inspections import queries
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.inspections.rules import (
    MOVES,
    Act,
    Result,
    State,
    check_frame,
    check_result,
    check_second_person,
    check_whole,
    draw,
    inspectors_for,
    move,
    pool_hash,
)

VERBS = {Act.HAND_IN: "handed_in", Act.RETURN: "returned", Act.PUBLISH: "published", Act.DISCARD: "discarded"}


def draw_batch(
    session: Session,
    *,
    actor: str,
    title: str,
    wanted: int,
    inspectors: Sequence[str],
    scope: str = "",
    basis: str = "",
    region: str = "",
    seed: str = "",
) -> InspectionBatch:
    """Draw agencies and their inspectors by lot; a batch is drawn once and keeps its seed."""
    pool = queries.frame(session, region)
    check_frame(pool=len(pool), wanted=wanted, inspectors=inspectors)
    seed, today = seed or secrets.token_hex(8), clock.today()
    batch = InspectionBatch(
        year=today.year,
        number=_next_number(session, today.year),
        title=title,
        scope=scope,
        basis=basis,
        region_code=region or None,
        wanted=wanted,
        seed=seed,
        pool_size=len(pool),
        pool_hash=pool_hash(pool),
        inspectors="\n".join(sorted(set(inspectors))),
        drawn_on=today,
        state=State.DRAWN,
        drawn_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(batch)
    session.flush()
    _add_drawn(session, batch, pool, inspectors)
    new = {"seed": seed, "pool": len(pool), "pool_hash": batch.pool_hash, "wanted": wanted}
    _record(session, batch, actor=actor, verb="drawn", new=new)
    return batch


def record_result(
    session: Session,
    *,
    actor: str,
    inspection_id: int,
    version: int,
    result: Result,
    inspected_on: date | None,
    note: str = "",
) -> Inspection:
    """Enter, or enter again, what the inspection of one agency came to while the batch is open."""
    inspection = session.get(Inspection, inspection_id)
    if inspection is None:
        raise NotFoundError(N_("There is no such inspection."))
    check_version(inspection, version)
    batch = session.get_one(InspectionBatch, inspection.batch_id)
    if batch.state != State.DRAWN:
        raise DomainError(N_("This batch takes no more results: look at where it is now."))
    check_result(result, inspected_on=inspected_on, drawn_on=batch.drawn_on, today=clock.today())
    values = {"result": result, "inspected_on": inspected_on, "note": note.strip()}
    change(session, inspection, version=version, recorded_by=account_of(actor), **values)
    new = {"agency_id": inspection.agency_id, "result": result, "inspected_on": inspected_on}
    _record(session, batch, actor=actor, verb="result", new=new)
    return inspection


def step(
    session: Session, *, actor: str, batch_id: int, version: int, act: Act, reason: str = ""
) -> InspectionBatch:
    """Hand a batch in, return it, publish it or discard it."""
    batch = session.get(InspectionBatch, batch_id)
    if batch is None:
        raise NotFoundError(N_("There is no such batch."))
    check_version(batch, version)
    target = move(batch.state, act, reason=reason)
    account, held = account_of(actor), queries.of_batch(session, batch_id)
    if act is Act.HAND_IN:
        check_whole(missing=sum(not each.result for each in held))
    hands = [batch.drawn_by, batch.handed_in_by, *(each.recorded_by for each in held)]
    check_second_person(act, account=account, first=hands)
    values: dict[Act, dict[str, Any]] = {
        Act.HAND_IN: {"handed_in_by": account},
        Act.RETURN: {"handed_in_by": None, "state_reason": reason.strip()},
        Act.PUBLISH: {"published_by": account, "published_on": clock.today(), "state_reason": ""},
        Act.DISCARD: {"state_reason": reason.strip()},
    }
    old = batch.state
    change(session, batch, version=version, state=target, **values[act])
    _record(session, batch, actor=actor, verb=VERBS[act], old=old, reason=reason, public=MOVES[act].public)
    return batch


def _add_drawn(
    session: Session, batch: InspectionBatch, pool: Mapping[str, int], inspectors: Sequence[str]
) -> None:
    for position, uid in enumerate(draw(batch.seed, pool, batch.wanted), 1):
        names = "\n".join(inspectors_for(batch.seed, uid, inspectors))
        session.add(Inspection(batch_id=batch.id, agency_id=pool[uid], position=position, inspectors=names))
    session.flush()


def _next_number(session: Session, year: int) -> int:
    rows = select(func.max(InspectionBatch.number)).where(InspectionBatch.year == year)
    return (session.scalar(rows) or 0) + 1


def _record(
    session: Session,
    batch: InspectionBatch,
    *,
    actor: str,
    verb: str,
    new: dict[str, Any] | None = None,
    old: str = "",
    reason: str = "",
    public: bool = False,
) -> None:
    ledger.record(
        session,
        actor=actor,
        verb=f"inspection_batch.{verb}",
        subject=Subject("inspection_batch", batch.id),
        old={"state": old} if old else None,
        new={"state": batch.state, "year": batch.year, "number": batch.number, **(new or {})},
        reason=reason.strip(),
        public=public,
    )
