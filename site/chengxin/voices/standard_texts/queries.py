"""Read standard texts: all of them for their editors, those that fit a letter for the others."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.voices.standard_texts.models import StandardText
from chengxin.voices.standard_texts.rules import AUTHORITY, SUGGESTION


def by_id(session: Session, text_id: int) -> StandardText | None:
    """Return a text, whether it is in use or not."""
    return session.get(StandardText, text_id)


def everything(session: Session) -> Sequence[StandardText]:
    """Return all texts in the order the letters offer them."""
    return session.scalars(_ordered(select(StandardText))).all()


def fitting(session: Session, *, moves: Collection[str], track: str) -> Sequence[StandardText]:
    """Return the texts in use that fit some moves of a case of a track."""
    rows = select(StandardText).where(StandardText.active, StandardText.move.in_(moves))
    return session.scalars(_ordered(rows.where(StandardText.track.in_(["", track])))).all()


def authorities(session: Session) -> Sequence[StandardText]:
    """Return the authorities that cases are handed to."""
    rows = select(StandardText).where(StandardText.active, StandardText.move == AUTHORITY)
    return session.scalars(_ordered(rows)).all()


def replies(session: Session) -> Sequence[StandardText]:
    """Return the texts for public replies to suggestions."""
    rows = select(StandardText).where(StandardText.active, StandardText.move == SUGGESTION)
    return session.scalars(_ordered(rows)).all()


def _ordered(rows: Select[StandardText]) -> Select[StandardText]:
    return rows.order_by(StandardText.position, StandardText.id)
