"""Read ratings: what an integrity file shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Dimension, Score, State, score

MARKS = [getattr(Rating, dimension) for dimension in Dimension]


@dataclass(frozen=True)
class Listed:
    """One page of ratings and how many there are."""

    ratings: Sequence[Rating]
    total: int


def by_id(session: Session, rating_id: int) -> Rating | None:
    """Return the rating of an internal id."""
    return session.get(Rating, rating_id)


def by_form_hash(session: Session, form: str) -> Rating | None:
    """Return the rating a form already gave."""
    return session.scalar(select(Rating).where(Rating.form_hash == form))


def published(session: Session, agency_id: int, *, page: int = 1, size: int = 10) -> Listed:
    """Return a page of the published ratings of an agency, newest first."""
    shown = (Rating.agency_id == agency_id) & (Rating.state == State.PUBLISHED)
    rows = select(Rating).where(shown).order_by(Rating.received_on.desc(), Rating.id.desc())
    ratings = session.scalars(rows.limit(size).offset((page - 1) * size)).all()
    return Listed(ratings, session.scalar(select(func.count()).select_from(Rating).where(shown)) or 0)


def score_of(session: Session, agency_id: int) -> Score | None:
    """Return the score of an agency, or None while it has too few published ratings."""
    shown = (Rating.agency_id == agency_id) & (Rating.state == State.PUBLISHED)
    rows = session.execute(select(*MARKS).where(shown).order_by(Rating.id))
    return score([tuple(row) for row in rows])
