"""Read ratings: what an integrity file shows, and what waits for moderation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Dimension, Score, State, score

PAGE = 30
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
    return scores_of(session, [agency_id]).get(agency_id)


def scores_of(session: Session, agency_ids: Collection[int]) -> dict[int, Score]:
    """Return the scores of those of some agencies that have enough published ratings."""
    rows = session.execute(
        select(Rating.agency_id, *MARKS)
        .where(Rating.agency_id.in_(agency_ids), Rating.state == State.PUBLISHED)
        .order_by(Rating.id)
    )
    marks: dict[int, list[Sequence[int]]] = {}
    for agency_id, *given in rows:
        marks.setdefault(agency_id, []).append(given)
    scores = {agency_id: score(given) for agency_id, given in marks.items()}
    return {agency_id: found for agency_id, found in scores.items() if found is not None}


def waiting(session: Session, *, page: int = 1, size: int = PAGE) -> Listed:
    """Return a page of the ratings that wait for moderation, the nearest deadline first."""
    rows = select(Rating).where(Rating.state == State.PENDING).order_by(Rating.decide_by, Rating.id)
    return Listed(session.scalars(rows.limit(size).offset((page - 1) * size)).all(), count_waiting(session))


def count_waiting(session: Session) -> int:
    """Return how many ratings wait for moderation."""
    rows = select(func.count()).select_from(Rating).where(Rating.state == State.PENDING)
    return session.scalar(rows) or 0


def next_waiting(session: Session, *, after: int) -> Rating | None:
    """Return the waiting rating with the nearest deadline, other than the one just done."""
    rows = select(Rating).where(Rating.state == State.PENDING, Rating.id != after)
    return session.scalar(rows.order_by(Rating.decide_by, Rating.id).limit(1))
