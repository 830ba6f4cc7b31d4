"""Everything that changes a rating: it is given once and decided by the staff."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject, account_of
from chengxin.opinions.ratings import queries, rules
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Reason, State


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a rater wrote."""

    agency_id: int
    rater_kind: str
    service: str
    service_month: str
    openness: int
    honesty: int
    fees: int
    result: int
    attitude: int
    text: str


def form_hash(secret: str, nonce: str, opinion: Opinion) -> str:
    """Return what tells a form sent twice from two forms."""
    written = json.dumps([nonce, *vars(opinion).values()])
    return hmac.new(secret.encode(), f"rating {written}".encode(), hashlib.sha256).hexdigest()


def rate(session: Session, *, actor: str, form: str, opinion: Opinion) -> Rating:
    """Keep a rating for moderation, or return the one this very form already gave."""
    existing = queries.by_form_hash(session, form)
    if existing is not None:
        return existing
    rating = Rating(
        form_hash=form,
        state=State.PENDING,
        received_on=clock.today(),
        received_at=clock.now(),
        version=1,
        **vars(opinion),
    )
    try:
        with session.begin_nested():
            session.add(rating)
    except IntegrityError:
        twin = queries.by_form_hash(session, form)
        if twin is None:
            raise
        return twin
    record(
        session,
        actor=actor,
        verb="rate",
        subject=Subject("rating", rating.id),
        new={"state": State.PENDING, "agency_id": opinion.agency_id},
    )
    return rating


def publish(session: Session, *, actor: str, rating_id: int, version: int) -> Rating:
    """Show a rating on the agency's integrity file."""
    return _move(session, State.PUBLISHED, actor=actor, rating_id=rating_id, version=version, reason="")


def hide(session: Session, *, actor: str, rating_id: int, version: int, reason: Reason) -> Rating:
    """Keep a rating from being shown, for a reason of the list; it can be shown again."""
    return _move(session, State.HIDDEN, actor=actor, rating_id=rating_id, version=version, reason=reason)


def remove(session: Session, *, actor: str, rating_id: int, version: int, reason: Reason) -> Rating:
    """Take a rating out for good, for a reason of the list."""
    return _move(session, State.REMOVED, actor=actor, rating_id=rating_id, version=version, reason=reason)


def _move(session: Session, to: State, *, actor: str, rating_id: int, version: int, reason: str) -> Rating:
    rating = session.get(Rating, rating_id, populate_existing=True)
    if rating is None:
        raise NotFoundError(N_("There is no such rating."))
    check_version(rating, version)
    before = rating.state
    rules.may_move(before, to)
    change(
        session,
        rating,
        version=version,
        state=to,
        state_reason=reason,
        decided_by=account_of(actor),
        decided_at=clock.now(),
    )
    record(
        session,
        actor=actor,
        verb={State.PUBLISHED: "publish", State.HIDDEN: "hide", State.REMOVED: "remove"}[to],
        subject=Subject("rating", rating.id),
        old={"state": before},
        new={"state": to, "agency_id": rating.agency_id},
        reason=reason,
        public=State.PUBLISHED in {before, to},
    )
    return rating
