"""Where each kind of record lies, asked of both databases."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts.rules import Officer, Role
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.reach import PLACES, ROUTES, in_reach
from chengxin.opinions.ratings.models import Rating
from chengxin.standing.sanctions.models import Sanction

HERE, THERE = "990102", "990103"


def of_region(code: str | None, number: int = 77) -> Officer:
    return Officer(number, "limin", "李敏", frozenset({Role.MODERATOR}), region=code)


@pytest.mark.parametrize("model", list(PLACES), ids=lambda model: model.__tablename__)
@pytest.mark.parametrize("code", [HERE, "990100", None])
def test_every_kind_can_be_asked_where_it_lies(session: Session, model: Any, code: str | None) -> None:
    assert session.scalars(select(model.id).where(in_reach(model, of_region(code)))).all() == []


def test_every_kind_of_the_queue_and_of_the_routes_has_a_place() -> None:
    assert {each.id.class_ for each in KINDS.values()} | set(ROUTES.values()) == set(PLACES)


def test_a_rating_lies_where_its_agency_does_and_without_one_with_those_of_the_whole(
    session: Session,
) -> None:
    for code in (HERE, THERE):
        make.region(session, code=code, name=code)
    made = [
        make.rating(session, make.agency(session, uid=f"agency{at}", region_code=code))
        for at, code in enumerate((HERE, THERE, None))
    ]
    seen = {
        code: set(session.scalars(select(Rating.id).where(in_reach(Rating, of_region(code)))))
        for code in (HERE, THERE, "990100", None)
    }
    here, there, nowhere = (each.id for each in made)
    assert seen == {HERE: {here}, THERE: {there}, "990100": {here, there}, None: {here, there, nowhere}}


def test_who_drafted_a_notice_keeps_it_wherever_it_lies(session: Session) -> None:
    make.region(session, code=THERE, name="江东区")
    notice = make.notice(session, region_code=THERE)
    author = notice.drafted_by or 0
    asked = select(Sanction.id).where(in_reach(Sanction, of_region(HERE, author)))
    assert session.scalars(asked).all() == [notice.id]
    other = select(Sanction.id).where(in_reach(Sanction, of_region(HERE, author + 1_000)))
    assert session.scalars(other).all() == []
