"""Read batches: their notices, what the checks find, and how they compare with the last one."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.scope import WHOLE
from chengxin.accounts.scope import Part as Seen
from chengxin.core.counting import counted
from chengxin.core.folding import fold_number
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import NEEDED, Change, Finding, Item, State, findings
from chengxin.standing.sanctions.models import Sanction, SanctionHand
from chengxin.standing.sanctions.rules import Part
from chengxin.standing.sanctions.rules import State as NoticeState
from chengxin.standing.sanctions.stages import is_internal

PAGE = 30
# What an imported row was kept with that is no doubt about what will be published.
NO_DOUBT = frozenset({"term_capped", "party_not_in_register", "no_basis", "no_decision_no"})


def by_id(session: Session, batch_id: int) -> NoticeBatch | None:
    """Return a batch in whatever state it is."""
    return session.get(NoticeBatch, batch_id)


def labelled(session: Session, label: str, authority: str) -> NoticeBatch | None:
    """Return the batch of a label and an authority."""
    rows = select(NoticeBatch).where(NoticeBatch.label == label, NoticeBatch.authority == authority)
    return session.scalar(rows)


def listed(
    session: Session, *, state: str = "", seen: Seen = WHOLE, limit: int = PAGE, offset: int = 0
) -> Sequence[NoticeBatch]:
    """Return the batches, newest label first."""
    rows = select(NoticeBatch).where(seen).order_by(NoticeBatch.label.desc(), NoticeBatch.id.desc())
    if state:
        rows = rows.where(NoticeBatch.state == state)
    return session.scalars(rows.limit(limit).offset(offset)).all()


def counts_by_state(session: Session, *, seen: Seen = WHOLE) -> Mapping[str, int]:
    """Return how many batches are in each state; none is a zero."""
    rows = select(NoticeBatch.state, func.count()).where(seen).group_by(NoticeBatch.state)
    return {**dict.fromkeys(State, 0), **counted(session, rows)}


def sizes(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many notices some batches hold."""
    rows = select(Sanction.batch_id, func.count()).where(Sanction.batch_id.in_(ids))
    held = {batch: count for batch, count in session.execute(rows.group_by(Sanction.batch_id)) if batch}
    return {**dict.fromkeys(ids, 0), **held}


def notices_in(session: Session, batch_id: int) -> Sequence[Sanction]:
    """Return the notices of a batch in the order they will be numbered: by decision, then as they came."""
    rows = select(Sanction).where(Sanction.batch_id == batch_id)
    return session.scalars(rows.order_by(Sanction.decision_date, Sanction.id)).all()


def free_notices(session: Session, *, seen: Seen = WHOLE, limit: int = 200) -> Sequence[Sanction]:
    """Return the served decisions that wait for publication in no batch, oldest first."""
    rows = select(Sanction).where(Sanction.state == NoticeState.SERVED, Sanction.batch_id.is_(None))
    return session.scalars(rows.where(seen).order_by(Sanction.decision_date, Sanction.id).limit(limit)).all()


def authors_of(session: Session, batch: NoticeBatch) -> set[str]:
    """Return who put a batch together or wrote in one of its notices, as actors."""
    held = select(Sanction.id).where(Sanction.batch_id == batch.id)
    rows = select(SanctionHand.account_id).where(
        SanctionHand.sanction_id.in_(held), SanctionHand.part == Part.AUTHOR
    )
    people = {*session.scalars(rows.distinct()), batch.assembled_by, batch.handed_in_by}
    return {f"account:{each}" for each in people if each is not None}


def last_published(session: Session, batch: NoticeBatch) -> NoticeBatch | None:
    """Return the last batch the same authority published."""
    rows = select(NoticeBatch).where(
        NoticeBatch.authority == batch.authority,
        NoticeBatch.state == State.PUBLISHED,
        NoticeBatch.id != batch.id,
    )
    return session.scalar(rows.order_by(NoticeBatch.published_at.desc(), NoticeBatch.id.desc()).limit(1))


def change_of(session: Session, batch: NoticeBatch) -> Change | None:
    """Return how a batch compares with the last one, if there was one."""
    last = last_published(session, batch)
    now = sizes(session, [batch.id])[batch.id]
    return Change(last.label, last.published_count, now) if last is not None else None


def checked(session: Session, batch: NoticeBatch, *, today: date) -> list[Finding]:
    """Return everything the checks find in a batch today."""
    notices = notices_in(session, batch.id)
    return findings(
        [item_of(each) for each in notices],
        authority=batch.authority,
        published=_known_elsewhere(session, batch, notices),
        change=change_of(session, batch),
        today=today,
    )


def item_of(sanction: Sanction) -> Item:
    """Return what the checks have to know of a notice."""
    internal = is_internal(sanction.legal_kind, sanction.severity)
    return Item(
        id=sanction.id,
        name=sanction.party_name,
        key=_key(sanction),
        authority=sanction.authority,
        resolved=bool(sanction.agency_id or sanction.withheld_agency_id),
        served=sanction.state == NoticeState.SERVED,
        publishable=not internal or bool(sanction.publication_basis.strip()),
        max_until=sanction.max_until,
        missing=tuple(name for name in NEEDED if not str(getattr(sanction, name) or "").strip()),
        flags=tuple(sorted(set(sanction.flags.split()) - NO_DOUBT)),
    )


def _key(sanction: Sanction) -> str:
    """Return what one decision against one party has once: its number, kind and party."""
    if not sanction.decision_no:
        return ""
    party = sanction.withheld_uscc or sanction.party_uscc or sanction.withheld_name or sanction.party_name
    return f"{fold_number(sanction.decision_no)} {sanction.notice_kind} {party}"


def _known_elsewhere(session: Session, batch: NoticeBatch, notices: Sequence[Sanction]) -> set[str]:
    """Return the decisions of this batch that stand in another notice too."""
    numbers = {each.decision_no for each in notices if each.decision_no}
    rows = select(Sanction).where(
        Sanction.decision_no.in_(numbers),
        Sanction.state != NoticeState.REJECTED,
        (Sanction.batch_id != batch.id) | Sanction.batch_id.is_(None),
    )
    return {_key(each) for each in session.scalars(rows)} - {""}
