"""A case is matched to the register afterwards: what the public counts moves with it, and so do the figures."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, StaleError
from chengxin.core.sealing import Keyring
from chengxin.figures import following
from chengxin.figures import queries as figures
from chengxin.figures.models import CaseCount
from chengxin.figures.rules import Facet, Step
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.voices.complaints import actions, queries
from chengxin.voices.complaints.matching import Match, match, match_of
from chengxin.voices.complaints.models import Complaint

DESK = Keyring.generate()
TODAY, MONTH = date(2026, 11, 20), date(2026, 11, 1)
REASON = "按营业执照核对"
UPHELD: dict[str, Any] = {"state": "closed", "finding": "upheld", "accepted_on": TODAY}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def case(session: Session, number: int = 1, **values: Any) -> Complaint:
    return make.complaint(session, make.filing(DESK.recipients, nonce=f"form {number}"), **values)


def matched(session: Session, held: Complaint, *, reason: str = REASON, **to: object) -> Complaint:
    now = match_of(held)
    wanted = Match(**{**vars(now), **to})
    return match(session, to=wanted, actor="account:1", case_id=held.id, version=held.version, reason=reason)


def last(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def upheld(session: Session, agency_id: int) -> int:
    return sum(sum(each.outcomes.values()) for each in queries.quarters(session, agency_id, today=TODAY))


def test_what_the_public_counts_moves_to_the_agency_that_is_meant(session: Session) -> None:
    wrong, right = make.agency(session), make.agency(session, name="江州捷聘人力资源有限公司")
    held = case(session, agency_id=wrong.id, **UPHELD)
    before = ledger.publication_version(session)
    matched(session, held, agency_id=right.id)
    assert (upheld(session, wrong.id), upheld(session, right.id)) == (0, 1)
    assert ledger.publication_version(session) == before + 1
    assert (last(session).verb, last(session).reason) == ("match", REASON)


def test_a_match_nobody_sees_yet_publishes_nothing_and_needs_no_reason(session: Session) -> None:
    right, held = make.agency(session), case(session)
    before = ledger.publication_version(session)
    matched(session, held, agency_id=right.id, reason="")
    assert (held.agency_id, held.version) == (right.id, 2)
    assert ledger.publication_version(session) == before


def test_what_the_public_counts_moves_only_with_a_reason(session: Session) -> None:
    right, held = make.agency(session), case(session, **UPHELD)
    with pytest.raises(DomainError):
        matched(session, held, agency_id=right.id, reason=" ")
    matched(session, held, category="wages", reason="")
    assert held.category == "wages"


def test_a_match_that_changes_nothing_is_refused(session: Session) -> None:
    held = case(session)
    with pytest.raises(DomainError):
        matched(session, held)


def test_of_two_who_match_at_once_one_is_told(session: Session) -> None:
    held = case(session)
    to = Match(make.agency(session).id, "fees", None)
    match(session, to=to, actor="account:1", case_id=held.id, version=1)
    with pytest.raises(StaleError):
        match(session, to=Match(None, "wages", None), actor="account:2", case_id=held.id, version=1)


def flow(session: Session, facet: Facet, value: str) -> int:
    """Return what waits of a value by the counts: received and taken up, less what ended."""
    counts = figures.by_value(session, facet, since=MONTH, until=MONTH)
    sums = dict.fromkeys(Step, 0)
    for (name, step, _detail), count in counts.items():
        sums[Step(step)] += count if name == value else 0
    return sums[Step.RECEIVED] + sums[Step.TAKEN_UP] - sums[Step.ENDED]


@pytest.mark.parametrize("late", [False, True])
def test_the_figures_of_each_category_and_region_follow_a_correction(
    database: Database, *, late: bool
) -> None:
    with database.writing() as session:
        make.region(session)
        held, other = case(session), case(session, 2)
    if not late:
        following.follow(database)
    with database.writing() as session:
        held = session.get_one(Complaint, held.id)
        matched(session, held, category="wages", region_code="990000")
        again = {"actor": "account:1", "case_id": held.id, "version": held.version}
        actions.accept(session, note="", intake_key=DESK.recipients, **again)  # type: ignore[arg-type]
    following.follow(database)
    with database.reading() as session:
        for facet, known in ((Facet.CATEGORY, ("fees", "wages")), (Facet.REGION, ("", "990000"))):
            waiting = figures.waiting_by(session, facet)
            assert {name: flow(session, facet, name) for name in known} == {n: waiting[n] for n in known}
        assert flow(session, Facet.ALL, "") == 2
        assert (
            figures.by_value(session, Facet.CATEGORY, since=MONTH, until=MONTH)["wages", "accepted", ""] == 1
        )
    assert other.category == "fees"


def test_counting_again_after_a_correction_gives_the_same(database: Database) -> None:
    with database.writing() as session:
        held = case(session)
    following.follow(database)
    with database.writing() as session:
        matched(session, session.get_one(Complaint, held.id), category="wages")
    following.follow(database)
    before = counts(database)
    following.recount(database)
    assert counts(database) == before
    assert ("category", "fees", "received") in before


def counts(database: Database) -> dict[tuple[str, str, str], int]:
    with database.reading() as session:
        rows = session.scalars(select(CaseCount)).all()
        return {(each.facet, each.value, each.step): each.count for each in rows}
