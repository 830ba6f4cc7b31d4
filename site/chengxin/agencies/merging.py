"""Merge one agency of the register into another, and undo it; addresses and names go on leading somewhere.

The records of the merged agency stay its own: while a notice against it is in force, its file stays readable.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chengxin.agencies import queries
from chengxin.agencies.actions import keep_name, subject_of
from chengxin.agencies.leaving import check_merger, check_reason
from chengxin.agencies.models import Agency, AgencyName
from chengxin.agencies.rules import NameKind
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.ledger.actions import record

LONGEST_CHAIN = 16


def merge(session: Session, *, actor: str, old: Agency, new: Agency, reason: str) -> Agency:
    """Merge an agency into another, which takes over its names; return the one that stays."""
    given = check_reason(reason)
    check_merger(old.id, new.id, old_into=old.merged_into_id, new_into=new.merged_into_id)
    old.merged_into_id, old.left_on = new.id, clock.today()
    old.updated_at = new.updated_at = clock.now()
    session.flush()
    _rewrite_names(session, new)
    _tell(session, actor=actor, verb="merged", old=old, new=new, reason=given)
    return new


def unmerge(session: Session, *, actor: str, old: Agency, reason: str) -> Agency:
    """Undo a merger: the agency stands by itself again."""
    given = check_reason(reason)
    new = queries.by_id(session, old.merged_into_id) if old.merged_into_id else None
    if new is None:
        raise DomainError("This agency is not merged into another.")
    old.merged_into_id, old.left_on = None, None
    old.updated_at = new.updated_at = clock.now()
    session.flush()
    _rewrite_names(session, new)
    _tell(session, actor=actor, verb="unmerged", old=old, new=new, reason=given)
    return old


def successor_of(session: Session, agency: Agency) -> Agency | None:
    """Return the agency a merged one has become, through every later merger; None while it stands alone."""
    at: Agency | None = agency
    for _step in range(LONGEST_CHAIN):
        if at is None or at.merged_into_id is None:
            break
        at = queries.by_id(session, at.merged_into_id)
    return at if at is not None and at.id != agency.id else None


def merged_into(session: Session, agency_id: int) -> Sequence[Agency]:
    """Return the agencies that were merged into one, directly or step by step; the latest first."""
    found: list[Agency] = []
    wanted = [agency_id]
    for _step in range(LONGEST_CHAIN):
        rows = select(Agency).where(Agency.merged_into_id.in_(wanted)).order_by(Agency.id)
        some = session.scalars(rows).all() if wanted else []
        found += some
        wanted = [each.id for each in some]
    return sorted(found, key=lambda each: (-(each.left_on or each.opened_on).toordinal(), each.id))


def _rewrite_names(session: Session, new: Agency) -> None:
    """Keep for an agency, and for those it was merged into, the names of all that were merged into it."""
    at: Agency | None = new
    for _step in range(LONGEST_CHAIN):
        if at is None:
            return
        gone = delete(AgencyName).where(AgencyName.agency_id == at.id, AgencyName.kind == NameKind.MERGED)
        session.execute(gone)
        for name in dict.fromkeys(_names_of(session, merged_into(session, at.id))):
            keep_name(session, agency=at, kind=NameKind.MERGED, name=name)
        at = queries.by_id(session, at.merged_into_id) if at.merged_into_id else None


def _names_of(session: Session, agencies: Sequence[Agency]) -> Iterable[str]:
    others = queries.names_of(session, [each.id for each in agencies])
    for agency in agencies:
        yield agency.name
        yield from (each.name for each in others[agency.id] if each.kind != NameKind.MERGED)


def _tell(session: Session, *, actor: str, verb: str, old: Agency, new: Agency, reason: str) -> None:
    """Record what happened to the one and to the other; whoever follows the ledger looks at both again."""
    record(
        session,
        actor=actor,
        verb=f"agency.{verb}",
        subject=subject_of(old),
        new={"with": new.uid, "name": new.name},
        reason=reason,
        public=True,
    )
    record(
        session,
        actor=actor,
        verb=f"agency.other_{verb}",
        subject=subject_of(new),
        new={"with": old.uid, "name": old.name},
        reason=reason,
        public=True,
    )
