"""Put a batch together, hand it in, and publish all of it by one approval of a second person."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of
from chengxin.standing.batches import queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import (
    Act,
    State,
    check_findings,
    check_label,
    check_second_person,
    move,
)
from chengxin.standing.sanctions import actions as sanctions
from chengxin.standing.sanctions import rules as notices
from chengxin.standing.sanctions.deadlines import USUAL, Practice
from chengxin.standing.sanctions.models import Sanction

_VERBS = {
    Act.ADD: "added",
    Act.REFUSE: "refused",
    Act.HAND_IN: "handed_in",
    Act.RETURN: "returned",
    Act.PUBLISH: "published",
    Act.DISSOLVE: "dissolved",
}
# From these on a notice is public or over: no batch can take it any more.
NOT_FREE = frozenset(
    {notices.State.PUBLISHED, notices.State.REJECTED, notices.State.ARCHIVED, *notices.ENDED}
)


def open_batch(
    session: Session,
    *,
    actor: str,
    label: str,
    authority: str,
    region_code: str | None = None,
    source: str = "",
) -> NoticeBatch:
    """Open the batch of a quarter or half-year; an authority has one of each label."""
    check_label(label)
    if not authority.strip():
        raise DomainError(N_("Say which authority publishes this batch."))
    if queries.labelled(session, label, authority.strip()) is not None:
        raise DomainError(N_("This authority has a batch %(label)s already."), label=label)
    made = NoticeBatch(
        label=label,
        authority=authority.strip(),
        region_code=region_code,
        state=State.ASSEMBLING,
        assembled_by=account_of(actor),
        created_at=clock.now(),
        source=source,
    )
    session.add(made)
    session.flush()
    _record(session, made, actor=actor, verb="batch.opened", new={"state": State.ASSEMBLING, "label": label})
    return made


def add(
    session: Session, *, actor: str, batch_id: int, version: int, sanction_ids: Collection[int]
) -> NoticeBatch:
    """Put notices that are not yet public and in no other batch into a batch."""
    batch = _by_version(session, batch_id, version)
    if not sanction_ids:
        raise DomainError(N_("Choose at least one notice."))
    for sanction_id in sorted(set(sanction_ids)):
        sanction = session.get(Sanction, sanction_id)
        if sanction is None or sanction.batch_id is not None or sanction.state in NOT_FREE:
            raise DomainError(N_("Notice %(id)s cannot be put into this batch."), id=sanction_id)
        change(session, sanction, version=sanction.version, batch_id=batch.id)
    return _step(session, batch, Act.ADD, actor=actor, told={"notices": sorted(set(sanction_ids))})


def refuse(
    session: Session,
    *,
    actor: str,
    batch_id: int,
    version: int,
    sanction_id: int,
    reason: str,
    practice: Practice = USUAL,
) -> NoticeBatch:
    """Take one notice out of a batch with a reason; a finished one goes back to its author with it."""
    batch = _by_version(session, batch_id, version)
    move(batch.state, Act.REFUSE, reason=reason)
    sanction = session.get(Sanction, sanction_id)
    if sanction is None or sanction.batch_id != batch.id:
        raise NotFoundError(N_("There is no such notice in this batch."))
    change(session, sanction, version=sanction.version, batch_id=None)
    if sanction.state in notices.MOVES[notices.Act.RETURN].sources:
        sanctions.return_for_changes(
            session,
            actor=actor,
            sanction_id=sanction.id,
            version=sanction.version,
            reason=reason,
            practice=practice,
        )
    return _step(session, batch, Act.REFUSE, actor=actor, reason=reason, told={"notices": [sanction_id]})


def hand_in(session: Session, *, actor: str, batch_id: int, version: int, reason: str = "") -> NoticeBatch:
    """Hand a batch without stopping findings to a second person."""
    batch = _by_version(session, batch_id, version)
    move(batch.state, Act.HAND_IN)
    check_findings(queries.checked(session, batch, today=clock.today()))
    return _step(
        session,
        batch,
        Act.HAND_IN,
        actor=actor,
        reason=reason,
        handed_in_by=account_of(actor),
        handed_in_at=clock.now(),
    )


def give_back(session: Session, *, actor: str, batch_id: int, version: int, reason: str) -> NoticeBatch:
    """Give a whole batch back to be put together anew."""
    batch = _by_version(session, batch_id, version)
    return _step(session, batch, Act.RETURN, actor=actor, reason=reason, handed_in_by=None, handed_in_at=None)


def dissolve(session: Session, *, actor: str, batch_id: int, version: int, reason: str) -> NoticeBatch:
    """Give a batch up; its notices are free again and keep their own states."""
    batch = _by_version(session, batch_id, version)
    move(batch.state, Act.DISSOLVE, reason=reason)
    held = queries.notices_in(session, batch.id)
    for sanction in held:
        change(session, sanction, version=sanction.version, batch_id=None)
    told = {"notices": [each.id for each in held]}
    return _step(session, batch, Act.DISSOLVE, actor=actor, reason=reason, told=told)


def publish(
    session: Session,
    *,
    actor: str,
    batch_id: int,
    version: int,
    reason: str,
    practice: Practice = USUAL,
) -> NoticeBatch:
    """Publish every notice of a batch, each under its own number and by its own event, in one transaction."""
    batch = _by_version(session, batch_id, version)
    move(batch.state, Act.PUBLISH, reason=reason)
    check_second_person(actor, first_persons=queries.authors_of(session, batch))
    check_findings(queries.checked(session, batch, today=clock.today()))
    held = queries.notices_in(session, batch.id)
    for sanction in held:
        change(session, sanction, version=sanction.version, period=batch.label)
        sanctions.publish(
            session,
            actor=actor,
            sanction_id=sanction.id,
            version=sanction.version,
            reason=reason,
            practice=practice,
        )
    return _step(
        session,
        batch,
        Act.PUBLISH,
        actor=actor,
        reason=reason,
        told={"notices": len(held)},
        approved_by=account_of(actor),
        published_at=clock.now(),
        published_on=clock.today(),
        published_count=len(held),
    )


def _by_version(session: Session, batch_id: int, version: int) -> NoticeBatch:
    batch = session.get(NoticeBatch, batch_id)
    if batch is None:
        raise NotFoundError(N_("There is no such batch."))
    check_version(batch, version)
    return batch


def _step(
    session: Session,
    batch: NoticeBatch,
    act: Act,
    *,
    actor: str,
    reason: str = "",
    told: dict[str, Any] | None = None,
    **values: Any,
) -> NoticeBatch:
    """Take one step by compare-and-set and record it; this is the only door between states."""
    old, target = batch.state, move(batch.state, act, reason=reason)
    change(session, batch, version=batch.version, state=target, **values)
    new = {"state": target, "label": batch.label, **(told or {})}
    _record(session, batch, actor=actor, verb=f"batch.{_VERBS[act]}", new=new, old=old, reason=reason)
    return batch


def _record(
    session: Session,
    batch: NoticeBatch,
    *,
    actor: str,
    verb: str,
    new: dict[str, Any],
    old: str = "",
    reason: str = "",
) -> None:
    """Record a fact of a batch; it is no public event itself, for each notice has its own."""
    ledger.record(
        session,
        actor=actor,
        verb=verb,
        subject=Subject("batch", batch.id),
        old={"state": old} if old else None,
        new=new,
        reason=reason.strip(),
    )
