"""Lists of notices are narrowed, counted and paged in a stated order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core.database import Database
from chengxin.standing import queries as standing
from chengxin.standing.rules import Standing
from chengxin.standing.sanctions import actions, queries, workbench
from chengxin.standing.sanctions.queries import Filters
from chengxin.standing.sanctions.rules import State

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


def numbers(session: Session, **filters: object) -> list[int | None]:
    narrowed = Filters(**filters)  # type: ignore[arg-type]
    found = [each.number for each in queries.published(session, narrowed, today=TODAY)]
    assert queries.count_published(session, narrowed, today=TODAY) == len(found)
    return found


def test_the_newest_publication_comes_first(session: Session) -> None:
    for _ in range(3):
        make.notice(session)
    assert numbers(session) == [3, 2, 1]
    assert [each.number for each in queries.latest(session, today=TODAY, limit=2)] == [3, 2]


def test_pages_do_not_overlap(session: Session) -> None:
    for _ in range(3):
        make.notice(session)
    pages = [queries.published(session, today=TODAY, limit=2, offset=offset) for offset in (0, 2)]
    assert [[each.number for each in page] for page in pages] == [[3, 2], [1]]


def test_lists_narrow_by_kind_year_and_words(session: Session) -> None:
    make.notice(session)
    make.notice(session, notice_kind="yellow_card", legal_kind="warning", severity="minor", title="黄牌")
    assert numbers(session, kind="yellow_card") == [2]
    assert numbers(session, year=2026) == [2, 1]
    assert numbers(session, year=2025) == []
    assert numbers(session, q="黄牌") == [2]
    assert numbers(session, q="100%") == []


def test_a_region_holds_everything_inside_it(session: Session) -> None:
    make.region(session, code="990000")
    make.region(session, code="990100", name="临江区", parent="990000")
    make.region(session, code="980100", name="别处")
    make.notice(session, region_code="990100")
    make.notice(session, region_code="980100")
    assert numbers(session, region="990000") == [1]
    assert numbers(session, region="990100") == [1]
    assert numbers(session, region="980000") == [2]
    assert queries.counts_by_region(session, today=TODAY) == {"980100": 1, "990100": 1}


def test_counts_follow_the_list(session: Session) -> None:
    make.notice(session)
    make.notice(session, notice_kind="yellow_card")
    assert queries.counts_by(session, "kind", today=TODAY) == {"exposure": 1, "yellow_card": 1}
    assert queries.counts_by_year(session, today=TODAY) == {2026: 2}


def test_the_index_reads_on_from_where_it_was(session: Session) -> None:
    first, second = make.notice(session), make.notice(session)
    assert queries.in_force(session, today=TODAY, limit=1) == [first]
    assert queries.in_force(session, today=TODAY, after=first.id) == [second]


def test_many_agencies_are_judged_in_a_fixed_number_of_queries(database: Database) -> None:
    with database.writing() as session:
        owners = [make.agency(session, name=f"江州第{n}人力资源有限公司") for n in range(6)]
        for owner in owners[:5]:
            make.permit(session, owner)
        make.notice(session, agency_id=owners[0].id, notice_kind="yellow_card", legal_kind="warning")
        make.honour(session, owners[1])
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]), named=False)
    with database.reading() as session:
        verdicts = standing.verdicts(session, owners, today=TODAY)
    assert [verdicts[owner.id].standing for owner in owners] == [
        Standing.YELLOW_CARD,
        Standing.EXEMPLARY,
        *[Standing.REGISTERED] * 3,
        Standing.UNVERIFIED,
    ]
    assert len([each for each in asked if each.startswith("SELECT")]) == 3


def test_the_desk_counts_every_state_and_sees_the_longest_waiting_first(session: Session) -> None:
    author, _ = make.actors(session)
    made = [actions.draft(session, actor=author, wording=make.wording()) for _ in range(3)]
    for each in made[:2]:
        actions.submit(session, actor=author, reason="证据齐全", sanction_id=each.id, version=each.version)
    assert workbench.waiting_for_review(session) == made[:2]
    assert workbench.in_state(session, State.DRAFT) == [made[2]]
    counts = workbench.counts_by_state(session)
    assert (counts["draft"], counts["legal_review"], counts["published"]) == (1, 2, 0)
