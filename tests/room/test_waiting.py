"""The order of the queue in both databases, and what comes after a place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts.rules import Officer, Role
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.sealing import Keyring
from chengxin.desk.queue import waiting
from chengxin.desk.queue.filtering import EVERYTHING, VIEWS, Chip, Filter, Waits
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.kinds.kind import NEVER, WaitingKind
from chengxin.desk.queue.waiting import Place
from chengxin.voices.complaints.models import Complaint

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = Keyring.generate().recipients
MODERATOR = Officer(id=1, username="limin", name="李敏", roles=frozenset({Role.MODERATOR}))
PUBLISHER = Officer(id=2, username="chenjie", name="陈洁", roles=frozenset({Role.PUBLISHER}))


@pytest.fixture
def places(session: Session) -> list[Place]:
    """Let five records wait, and return them in the order of the queue."""
    agency = make.agency(session)
    first = case(session, 1, accept_by=TODAY - DAY)
    rating = make.rating(session, agency, decide_by=TODAY)
    second = case(session, 2, accept_by=TODAY)
    third = case(session, 3, state="investigating", answer_by=TODAY + DAY)
    paused = case(session, 4, state="supplement")
    case(session, 5, state="closed", accept_by=TODAY - DAY)
    make.rating(session, agency, state="published", decide_by=TODAY - DAY)
    return [
        Place(TODAY - DAY, "complaint", first.id),
        Place(TODAY, "complaint", second.id),
        Place(TODAY, "rating", rating.id),
        Place(TODAY + DAY, "complaint", third.id),
        Place(NEVER, "complaint", paused.id),
    ]


def case(session: Session, number: int, **values: object) -> Complaint:
    return make.complaint(session, make.filing(KEY, nonce=f"form {number}"), **values)


def test_everything_stands_in_one_order(session: Session, places: list[Place]) -> None:
    found = waiting.page_of(session, view=EVERYTHING, officer=MODERATOR, today=TODAY)
    assert found == places
    assert found[-1].paused


PARTS = [EVERYTHING, *VIEWS.values(), Filter(kind="rating"), Filter(track="report"), Filter(category="fees")]


def test_every_part_counts_what_it_shows(session: Session, places: list[Place]) -> None:
    counts = waiting.counts(session, parts=PARTS, officer=MODERATOR, today=TODAY)
    for part, count in zip(PARTS, counts.of_part, strict=True):
        assert len(waiting.page_of(session, view=part, officer=MODERATOR, today=TODAY)) == count, part
    assert counts.all == len(places) == counts.of_part[0]
    assert {name: count for name, count in counts.of_kind.items() if count} == {"complaint": 4, "rating": 1}
    wanted = {Filter(chip=Chip.OVERDUE): 1, Filter(chip=Chip.TODAY): 2, Filter(waits=Waits.COMPLAINANT): 1}
    found = waiting.counts(session, parts=list(wanted), officer=MODERATOR, today=TODAY)
    assert found.of_part == list(wanted.values())


def test_each_place_leads_to_the_next_and_the_last_to_the_first(
    session: Session, places: list[Place]
) -> None:
    after = [
        waiting.after(session, place, view=EVERYTHING, officer=MODERATOR, today=TODAY) for place in places
    ]
    assert after == [*places[1:], places[0]]


def test_nothing_comes_after_the_only_place(session: Session) -> None:
    only = case(session, 1, accept_by=TODAY)
    place = waiting.place_of(session, kind="complaint", record_id=only.id, officer=MODERATOR)
    assert place
    assert waiting.after(session, place, view=EVERYTHING, officer=MODERATOR, today=TODAY) is None


def test_a_record_that_waits_no_longer_has_no_place(session: Session) -> None:
    done = case(session, 1, state="closed")
    assert waiting.place_of(session, kind="complaint", record_id=done.id, officer=MODERATOR) is None


def test_nothing_waits_for_those_without_the_right(session: Session, places: list[Place]) -> None:
    assert waiting.page_of(session, view=EVERYTHING, officer=PUBLISHER, today=TODAY) == []
    assert waiting.counts(session, parts=[], officer=PUBLISHER, today=TODAY).all == 0


def test_notices_wait_with_the_deadline_of_their_next_step(session: Session) -> None:
    author, reviewer = make.actors(session)
    with clock.frozen(NOON):
        served = make.served_notice(session, author=author, reviewer=reviewer)
        make.notice(session)
    (place,) = waiting.page_of(session, view=Filter(kind="notice"), officer=PUBLISHER, today=TODAY)
    assert (place.kind, place.id, place.due_on) == ("notice", served.id, served.due_on)
    for part in (Filter(chip=Chip.OVERDUE), Filter(waits=Waits.SECOND)):
        assert waiting.page_of(session, view=part, officer=PUBLISHER, today=TODAY) == [place]


def plan_of(session: Session, rows: Select[Any]) -> str:
    """Return how the database would find some rows; PostgreSQL reads small tables whole unless it is told not to."""
    dialect = session.get_bind().dialect
    compiled = str(rows.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    if dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
        return "\n".join(session.scalars(text(f"EXPLAIN {compiled}")))
    return "\n".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))


@pytest.mark.parametrize("part", [EVERYTHING, *VIEWS.values(), Filter(category="fees", region="990100")])
def test_closed_cases_are_never_read(session: Session, part: Filter) -> None:
    kind = KINDS["complaint"]
    queries = kind.places(part, MODERATOR, TODAY), kind.counts([part], MODERATOR, TODAY)
    for rows in queries:
        plan = plan_of(session, rows)
        on_postgresql = session.get_bind().dialect.name == "postgresql"
        assert on_postgresql or "ix_complaint_waiting" in plan, plan
        assert "SCAN complaint\n" not in f"{plan}\n", plan
        assert "Seq Scan on complaint" not in plan, plan


@pytest.fixture
def on_sqlite(settings: Settings) -> Iterator[Session]:
    """Give SQLite alone: PostgreSQL plans small tables its own way and decides by its map of visible pages."""
    database = Database(settings)
    with database.writing() as opened:
        yield opened
    database.dispose()


def test_counting_needs_nothing_but_the_index(on_sqlite: Session) -> None:
    parts = [*VIEWS.values(), Filter(category="fees"), Filter(track="report")]
    plan = plan_of(on_sqlite, KINDS["complaint"].counts(parts, MODERATOR, TODAY))
    assert "COVERING INDEX ix_complaint_waiting" in plan, plan


# Tables of a few hundred rows need no index.
LARGE = [kind for kind in KINDS.values() if kind.name not in {"abnormal_mark", "lineage_link", "selection"}]


@pytest.mark.parametrize("kind", LARGE, ids=lambda kind: kind.name)
def test_every_kind_keeps_to_an_index(on_sqlite: Session, kind: WaitingKind) -> None:
    plan = plan_of(on_sqlite, kind.places(EVERYTHING, MODERATOR, TODAY))
    assert f"SCAN {kind.id.class_.__tablename__}\n" not in f"{plan}\n", plan
