"""Check the ledger: every event fits the one before it, and the end that was written down is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core.anchor import Anchor, End, ForgedError
from chengxin.core.database import Database
from chengxin.ledger import actions, queries, reads
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject

MOST_TOLD = 5
VERIFY = "ledger.verify"
ACCEPT = "ledger.accept"
MISSING = "the anchor is missing though the ledger is not empty; {accept}"
FORGED = "the anchor was not written by this installation; {accept}"
CUT = (
    "the ledger does not hold event {number}, which the anchor names: its end was cut, written anew, or comes \
from an older backup; {accept}"
)
ACCEPT_HINT = "if you know why (a restored backup, a new machine): chengxin log anchor --accept"


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many events it went through, out of how many, and each break in words."""

    checked: int
    events: int
    faults: list[str]


def verify(database: Database, *, most: int | None = None) -> Verdict:
    """Check the whole chain, or the newest events only, the rows of who read what, and the anchor."""
    # Read before the snapshot: the anchor may lag behind what the snapshot holds, never run ahead of it.
    anchor = _held(database.anchor)
    with database.reading() as session:
        last = queries.last_id(session)
        after = max(last - most, 0) if most else 0
        found = [
            *queries.faults(session, after=after),
            *reads.faults(session, after=after),
            *_anchor_faults(session, anchor, last),
        ]
    return Verdict(checked=last - after, events=last, faults=found)


def record_verdict(session: Session, *, actor: str, verdict: Verdict) -> None:
    """Write down that the ledger was checked, how far, how many breaks it has, and the first of them."""
    subject = Subject("event", verdict.events)
    told = {"checked": verdict.checked, "faults": len(verdict.faults), "first": verdict.faults[:MOST_TOLD]}
    actions.record(session, actor=actor, verb=VERIFY, subject=subject, new=told)


def accept(database: Database, *, actor: str) -> End:
    """Anchor the ledger as it is and write into it that this was done."""
    anchor = _held(database.anchor)
    named = anchor.number if isinstance(anchor, End) else None
    with database.writing() as session:
        last = queries.last_id(session)
        old, new = {"anchored": named}, {"anchored": last}
        actions.record(session, actor=actor, verb=ACCEPT, subject=Subject("event", last), old=old, new=new)
    with database.writing() as session:
        end = actions.end_of(session)
        database.anchor.accept(end)
    return end


def _held(anchor: Anchor) -> End | str | None:
    try:
        return anchor.held()
    except ForgedError:
        return FORGED


def _anchor_faults(session: Session, anchor: End | str | None, last: int) -> Iterator[str]:
    if isinstance(anchor, str):
        yield anchor.format(accept=ACCEPT_HINT)
    elif anchor is None:
        if last:
            yield MISSING.format(accept=ACCEPT_HINT)
    elif session.scalar(select(Event.hash).where(Event.id == anchor.number)) != anchor.digest:
        yield CUT.format(number=anchor.number, accept=ACCEPT_HINT)
