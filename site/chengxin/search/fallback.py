"""The lookup without an index: plain comparison of text in the database, slower and less clever."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit
from chengxin.agencies.vocabulary import narrower
from chengxin.core.folding import fold_name, fold_number
from chengxin.search import facts
from chengxin.search.engine import Narrowing, Order
from chengxin.search.ranking import Hit, Matched
from chengxin.search.reading import LONGEST_QUERY

WORDS = 6
ORDERS = {Order.NAME: Agency.folded_name, Order.NEWEST: Agency.opened_on.desc()}


def find(
    session: Session,
    text: str,
    narrowing: Narrowing,
    *,
    today: date,
    start: int,
    size: int,
    order: Order = Order.RELEVANCE,
) -> tuple[int, list[Hit]]:
    """Return how many agencies contain each word of a text, and one page of them, shortest name first."""
    wanted = [Agency.merged_into_id.is_(None), *_containing(text), *_narrowed(narrowing)]
    wanted += [*facts.of_licence(narrowing.licence, today), *facts.of_standing(narrowing.standing, today)]
    total = session.scalar(select(func.count()).select_from(Agency).where(*wanted)) or 0
    rows = select(Agency.id, Agency.folded_name).where(*wanted)
    first = ORDERS.get(order, func.length(Agency.name))
    ordered = rows.order_by(first, Agency.id).limit(size).offset(start)
    words = _words(text)
    return total, [Hit(row.id, _reason(row.folded_name, words), 0.0) for row in session.execute(ordered)]


def _words(text: str) -> list[str]:
    folded = fold_name(text[: LONGEST_QUERY * 4])[:LONGEST_QUERY]
    return [word for word in folded.split() if any(map(str.isalnum, word))][:WORDS]


def _reason(name: str, words: list[str]) -> Matched:
    return Matched.NAME if all(word in name for word in words) else Matched.ALIAS


def _containing(text: str) -> Iterator[ColumnElement[bool]]:
    for word in _words(text):
        other = select(AgencyName.agency_id).where(AgencyName.folded_name.contains(word, autoescape=True))
        ways = [Agency.folded_name.contains(word, autoescape=True), Agency.id.in_(other)]
        number = fold_number(word)
        if number and any(map(str.isdecimal, number)):
            held = select(Permit.agency_id).where(Permit.folded_number.contains(number, autoescape=True))
            ways += [Agency.uscc.startswith(number.upper(), autoescape=True), Agency.id.in_(held)]
        yield or_(*ways)


def _narrowed(narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    if narrowing.region:
        stem = narrowing.region.removesuffix("00").removesuffix("00")
        yield Agency.region_code.startswith(stem, autoescape=True)
    if narrowing.grade:
        yield Agency.grade == narrowing.grade
    if narrowing.service:
        meant = [narrowing.service, *narrower(narrowing.service)]
        yield exists().where(AgencyService.agency_id == Agency.id, AgencyService.service.in_(meant))
