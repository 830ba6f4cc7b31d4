"""What ended is listed newest first, page behind page, and is found without reading a closed row."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.room.test_waiting import MODERATOR, PUBLISHER, plan_of

from chengxin.accounts.rules import Officer, Role
from chengxin.core.clock import SHANGHAI
from chengxin.core.sealing import Keyring
from chengxin.desk.queue import ended, numbers, waiting
from chengxin.desk.queue.ended import Ended
from chengxin.desk.queue.filtering import EVERYTHING, Filter, Stage
from chengxin.desk.queue.kinds import KINDS
from chengxin.voices.complaints.models import Complaint

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
KEY = Keyring.generate().recipients
ENDED = Filter(stage=Stage.ENDED)


def case(session: Session, number: int, **values: object) -> Complaint:
    return make.complaint(session, make.filing(KEY, nonce=f"form {number}"), **values)


def all_pages(session: Session, view: Filter = ENDED, officer: Officer = MODERATOR) -> list[Ended]:
    found: list[Ended] = []
    before: Ended | None = None
    while True:
        page, last = ended.page_of(session, view=view, officer=officer, today=TODAY, before=before)
        found += page
        if last is None:
            return found
        before = ended.marked(str(last))
        assert before == last


@pytest.fixture
def records(session: Session) -> Sequence[tuple[str, int]]:
    """Let seventy records of several kinds end in nine days, some of them on the same day."""
    agency = make.agency(session)
    made: list[tuple[datetime, str, int]] = []
    for number in range(50):
        day = TODAY - DAY * (number % 9)
        closed = case(session, number, state="closed", closed_on=day)
        made.append((datetime(day.year, day.month, day.day, 23, 59, tzinfo=SHANGHAI), "complaint", closed.id))
    for number in range(20):
        at = datetime(2026, 11, 20, 1, tzinfo=UTC) - DAY * (number % 9) + timedelta(minutes=number)
        rating = make.rating(session, agency, state="published", decided_at=at)
        made.append((at, "rating", rating.id))
    case(session, 90)
    make.rating(session, agency)
    return [(kind, number) for _at, kind, number in sorted(made, reverse=True)]


def test_pages_of_ended_records_hold_each_once_and_newest_first(
    session: Session, records: Sequence[tuple[str, int]]
) -> None:
    assert [(each.kind, each.id) for each in all_pages(session)] == records


def test_every_end_is_listed(session: Session) -> None:
    ends = ("closed", "not_accepted", "transferred", "withdrawn", "discarded")
    made = [case(session, n, state=state, closed_on=TODAY).id for n, state in enumerate(ends)]
    made.append(case(session, 10, state="merged", received_on=TODAY).id)
    assert {each.id for each in all_pages(session)} == set(made)
    assert waiting.page_of(session, view=EVERYTHING, officer=MODERATOR, today=TODAY) == []
    assert waiting.page_of(session, view=ENDED, officer=MODERATOR, today=TODAY) == []


def test_ended_records_are_narrowed_like_others(session: Session) -> None:
    fees = case(session, 1, state="closed", closed_on=TODAY, category="fees")
    mine = case(session, 2, state="closed", closed_on=TODAY, category="wages", assigned_to=None)
    case(session, 3, state="closed", closed_on=TODAY, category="other", respondent="江州云阙劳务有限公司")
    views = {
        ENDED.narrowed(category="fees"): {fees.id},
        ENDED.narrowed(words=mine.case_no[-4:]): {mine.id},
        ENDED.narrowed(words=mine.case_no.replace("-", "")): {mine.id},
        ENDED.narrowed(words="云阙"): {mine.id + 1},
        ENDED.narrowed(track="report"): set(),
        ENDED.narrowed(kind="rating"): set(),
    }
    for view, wanted in views.items():
        assert {each.id for each in all_pages(session, view)} == wanted, view


def test_who_may_not_read_cases_finds_none_that_ended(session: Session) -> None:
    case(session, 1, state="closed", closed_on=TODAY)
    assert all_pages(session, officer=PUBLISHER) == []
    given = Officer(id=9, username="chenxin", name="陈欣", roles=frozenset({Role.HANDLING_OFFICER}))
    assert all_pages(session, officer=given) == []


@pytest.mark.parametrize(
    "text", ["", "x", "20261120T235959.999999~complaint", "20261120T000000.0~nothing~1", "~~", "1~rating~x"]
)
def test_a_mark_that_is_none_begins_anew(text: str) -> None:
    assert ended.marked(text) is None


@pytest.mark.parametrize(
    "view",
    [ENDED, ENDED.narrowed(category="fees"), ENDED.narrowed(officer="1"), ENDED.narrowed(region="990100")],
)
def test_a_page_of_ended_cases_reads_an_index_in_its_order(session: Session, view: Filter) -> None:
    kind = KINDS["complaint"]
    end = kind.ends[0]
    mark = Ended(datetime(2026, 11, 20, tzinfo=UTC), "complaint", 5)
    rows = kind.ended(end, view, MODERATOR, TODAY).where(ended._earlier(kind, end, mark))  # noqa: SLF001 (its plan is asked for)
    plan = plan_of(session, rows.order_by(end.on.desc(), kind.id.desc()).limit(31))
    assert "ix_complaint_ended" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_a_number_by_its_end_is_found_in_an_index(session: Session) -> None:
    kind = KINDS["complaint"]
    rows = kind.ended(kind.ends[0], ENDED.narrowed(words="8ubx"), MODERATOR, TODAY)
    plan = plan_of(session, rows.order_by(kind.ends[0].on.desc(), kind.id.desc()).limit(31))
    assert "ix_complaint_number_key" in plan, plan
    assert "SCAN complaint\n" not in f"{plan}\n", plan


def test_a_whole_number_is_a_number_and_a_part_of_one_is_not() -> None:
    assert numbers.CASE.fullmatch("ts202611208ubxk3m2")
    assert not numbers.CASE.fullmatch("ts20261120")
    assert not numbers.CASE.fullmatch("8ubx")
