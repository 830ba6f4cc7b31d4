"""The short public id of an agency: eight characters that are not mistaken for one another."""

import secrets
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 8


def new_uid(session: Session) -> str:
    """Return an id no agency has."""
    return new_uids(session, 1)[0]


def new_uids(session: Session, count: int) -> list[str]:
    """Return ids no agency has."""
    drawn: set[str] = set()
    while len(drawn) < count:
        more = {_draw() for _ in range(count - len(drawn))}
        drawn |= more - _taken(session, more)
    return list(drawn)


def _draw() -> str:
    number, drawn = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        drawn += ALPHABET[at]
    return drawn


def _taken(session: Session, uids: Collection[str]) -> set[str]:
    return set(session.scalars(select(Agency.uid).where(Agency.uid.in_(uids))))
