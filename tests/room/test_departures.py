"""Departures: what its source lists no longer is kept and marked, and the mark goes when it comes back."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.lists import Imports, listed, row

from chengxin.agencies import actions
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.ledger import queries as ledger

LAST_MAY, THIS_MAY = datetime(2025, 5, 6, 4, tzinfo=UTC), datetime(2026, 5, 7, 4, tzinfo=UTC)


def state(session: Session, number: int) -> tuple[str, date | None]:
    wanted = select(Agency.status, Agency.left_on).where(Agency.name == f"江州{number}号人力资源有限公司")
    status, left_on = session.execute(wanted).one()
    return status, left_on


def two_lists(session: Session, folder: Path) -> Imports:
    take = Imports(session, folder)
    with clock.frozen(LAST_MAY):
        take(listed(row(1), row(2)))
    with clock.frozen(THIS_MAY):
        take(listed(row(1)), allow_shrink=True)
    return take


def test_an_agency_its_source_lists_no_longer_is_marked_with_the_day(
    session: Session, tmp_path: Path
) -> None:
    two_lists(session, tmp_path)
    assert state(session, 1) == ("active", None)
    assert state(session, 2) == ("unlisted", date(2026, 5, 7))


def test_the_same_list_again_marks_nothing_twice(session: Session, tmp_path: Path) -> None:
    take = two_lists(session, tmp_path)
    before = ledger.last_id(session)
    take(listed(row(1)), allow_shrink=True)
    assert ledger.last_id(session) == before


def test_an_agency_that_is_listed_again_loses_the_mark(session: Session, tmp_path: Path) -> None:
    take = two_lists(session, tmp_path)
    take(listed(row(1), row(2)))
    assert state(session, 2) == ("active", None)
    verbs = [event.verb for event in ledger.since(session, 0)]
    assert verbs[-1] == "agency.listed_again"


def test_another_source_marks_nothing(session: Session, tmp_path: Path) -> None:
    take = Imports(session, tmp_path)
    take(listed(row(1), row(2)))
    take(listed(row(3)), source="another list")
    assert state(session, 1) == state(session, 2) == ("active", None)


def test_closing_an_agency_keeps_the_day_and_opening_it_again_forgets_it(
    session: Session, tmp_path: Path
) -> None:
    Imports(session, tmp_path)(listed(row(1)))
    agency = session.scalars(select(Agency)).one()
    with clock.frozen(THIS_MAY):
        actions.change(session, actor="command", agency=agency, status="closed")
    assert agency.left_on == date(2026, 5, 7)
    actions.change(session, actor="command", agency=agency, status="active")
    assert agency.left_on is None
