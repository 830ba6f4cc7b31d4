"""Titles and standing together: a title counts only while nothing heavier is known of its agency."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Mark, Standing, Verdict
from chengxin.standing.sanctions import queries as sanctions

LOOKED_AT = 40


def conflicts(verdict: Verdict) -> tuple[Mark, ...]:
    """Return the marks that weigh more than a title: while one holds, no title is given or shown."""
    return tuple(mark for mark in verdict.marks if mark.standing.weight > Standing.EXEMPLARY.weight)


def conflicts_of(
    session: Session, agency_ids: Iterable[int], *, today: date
) -> Mapping[int, tuple[Mark, ...]]:
    """Return the marks of some agencies that weigh more than a title, by agency; none is left out."""
    holders = register.by_ids(session, set(agency_ids))
    judged = verdicts(session, holders.values(), today=today)
    return {each: marks for each, verdict in judged.items() if (marks := conflicts(verdict))}


def counted_agencies(session: Session, *, today: date) -> int:
    """Return how many agencies are exemplary today: a title in force, and nothing heavier known."""
    doubtful = exemplars.holders_in_force(session, exemplars.OWN, _is_doubtful(today), today=today)
    outweighed = conflicts_of(session, doubtful, today=today)
    return exemplars.count_holders(session, today=today) - len(outweighed)


def latest(session: Session, *, today: date, limit: int = 4) -> Sequence[Honour]:
    """Return the titles of agencies that count today and were awarded last."""
    found: list[Honour] = []
    offset = 0
    while len(found) < limit:
        some = exemplars.in_force(session, today=today, limit=LOOKED_AT, offset=offset)
        outweighed = conflicts_of(session, (each.agency_id for each in some), today=today)
        found += [each for each in some if each.agency_id not in outweighed]
        offset += LOOKED_AT
        if len(some) < LOOKED_AT:
            break
    return found[:limit]


def outweighed_holders(session: Session, *, today: date) -> Mapping[int, tuple[Mark, ...]]:
    """Return the agencies that hold a title and something heavier at once; for the desk to look at."""
    doubtful = exemplars.holders_in_force(session, _is_doubtful(today), today=today)
    return conflicts_of(session, doubtful, today=today)


def _is_doubtful(today: date) -> ColumnElement[bool]:
    """Return whether a holder has to be judged; all others surely have a licence and no notice against them."""
    holder = Honour.agency_id
    return sanctions.is_party(holder, today) | ~register.is_surely_licensed(holder, today)
