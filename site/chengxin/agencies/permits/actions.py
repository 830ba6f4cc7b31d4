"""Change a permit that goes on, and write down the terms that are over."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.permits import recording
from chengxin.agencies.permits.rules import ONE_DAY, PERMIT_FACTS, Change, Fact, Told, changes_of, news_until
from chengxin.agencies.rules import PermitStatus
from chengxin.core import clock
from chengxin.core.errors import N_, DomainError
from chengxin.core.folding import fold_number
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import WORKER, Entry, Subject


def change(
    session: Session,
    *,
    actor: str,
    permit: Permit,
    fact: Fact,
    new: str | date,
    on: date,
    decision_no: str = "",
    reason: str = "",
) -> Permit:
    """Change one fact of a permit by a decision; a later last day is a renewal."""
    if fact not in PERMIT_FACTS:
        raise DomainError(N_("This is a fact of the agency, not of its permit."))
    old = getattr(permit, fact)
    if not new or new == old:
        raise DomainError(N_("Write the new words: they have to differ from those on record."))
    (told,) = changes_of({fact: old}, {fact: new}, learnt_on=on) if old else (_first(fact, new, on),)
    _set(permit, fact, new)
    session.flush()
    dated = Told(change=told.change, on=on, fact=fact, old=told.old, new=told.new)
    agency = session.get_one(Agency, permit.agency_id)
    recording.write(
        session, [recording.row_of(permit, dated, region=agency.region_code, decision_no=decision_no)]
    )
    agency.updated_at = clock.now()
    ledger.record(
        session,
        actor=actor,
        verb="agency.permit_changed",
        subject=Subject("agency", permit.agency_id),
        old={"permit": permit.id, "number": permit.number, fact.value: old},
        new={"permit": permit.id, "number": permit.number, fact.value: new, "decision_no": decision_no},
        reason=reason,
        public=True,
    )
    return permit


def _first(fact: Fact, new: str | date, on: date) -> Told:
    return Told(change=Change.CHANGED, on=on, fact=fact, new=str(new))


def _set(permit: Permit, fact: Fact, new: str | date) -> None:
    setattr(permit, fact, new)
    if fact is Fact.NUMBER:
        permit.folded_number = fold_number(str(new))
    if fact is Fact.VALID_TO:
        permit.runs_until = news_until(permit.valid_to, recorded_on=clock.today())
        if permit.status == PermitStatus.EXPIRED and permit.runs_until:
            permit.status, permit.status_on = PermitStatus.VALID, permit.valid_from


def has_due(session: Session, *, today: date) -> bool:
    """Tell whether a term is over that nobody has written down yet."""
    return session.scalar(select(Permit.id).where(Permit.runs_until < today).limit(1)) is not None


def expire_due(session: Session, *, today: date) -> int:
    """Write down the end of every term that is over and return how many there were."""
    rows = select(Permit, Agency.region_code).join(Agency, Agency.id == Permit.agency_id)
    over = rows.where(Permit.runs_until < today).order_by(Permit.id)
    found = session.execute(over.with_for_update(of=Permit, skip_locked=True)).all()
    events: list[dict[str, Any]] = []
    entries: list[Entry] = []
    for permit, region in found:
        ended = (permit.runs_until or today) + ONE_DAY
        permit.runs_until = None
        if permit.status not in {PermitStatus.VALID, PermitStatus.SUSPENDED}:
            continue
        old = {"permit": permit.id, "number": permit.number, "status": permit.status}
        permit.status, permit.status_on = PermitStatus.EXPIRED.value, ended
        told = Told(change=Change.EXPIRED, on=ended)
        events.append(recording.row_of(permit, told, region=region))
        entries.append(_expiry(permit, old))
    session.flush()
    recording.write(session, events)
    return ledger.record_many(session, entries)


def _expiry(permit: Permit, old: dict[str, Any]) -> Entry:
    return Entry(
        actor=WORKER,
        verb="agency.permit_changed",
        subject=Subject("agency", permit.agency_id),
        old=old,
        new={**old, "status": permit.status, "status_on": permit.status_on},
        public=True,
    )
