"""The list of what happened to permits: by imports, by hand, and by date."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.lists import Imports, listed, row

from chengxin.agencies import actions as register
from chengxin.agencies.models import Permit
from chengxin.agencies.permits import actions, queries
from chengxin.agencies.permits.queries import Filters, Happened
from chengxin.agencies.permits.rules import Change, Fact
from chengxin.agencies.rules import PermitKind, PermitStatus
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
HEADER = "统一社会信用代码,机构名称,曾用名,别名,许可证编号,许可状态,有效期至,地区,地址,服务项目,发证日期"


@pytest.fixture(autouse=True)
def _noon() -> object:
    with clock.frozen(NOON):
        yield


def told(session: Session, filters: Filters = queries.EVERYTHING) -> list[Happened]:
    return queries.listed(session, filters, today=clock.today())


def changes(session: Session) -> list[Change]:
    return [each.change for each in told(session)]


def granted(day: str, number: int = 1, **cells: str) -> str:
    return row(number, **cells) + f',"{day}"'


def test_the_first_import_of_old_permits_tells_no_change(session: Session, tmp_path: Path) -> None:
    Imports(session, tmp_path)(listed(granted("2023-01-31"), granted("2024-05-06", 2), header=HEADER))
    assert told(session) == []


def test_a_first_import_tells_the_grants_that_are_still_to_be_published(
    session: Session, tmp_path: Path
) -> None:
    Imports(session, tmp_path)(listed(granted("2026-11-10"), granted("2020-11-10", 2), header=HEADER))
    (only,) = told(session)
    assert (only.change, only.on, only.source) == (Change.GRANTED, date(2026, 11, 10), "name list")


def test_the_same_list_again_tells_nothing_more(session: Session, tmp_path: Path) -> None:
    imports = Imports(session, tmp_path)
    for _ in range(2):
        imports(listed(granted("2026-11-10"), header=HEADER))
    assert changes(session) == [Change.GRANTED]


def test_differences_between_two_editions_are_told(session: Session, tmp_path: Path) -> None:
    imports = Imports(session, tmp_path)
    imports(listed(row(1), row(2), row(3)))
    imports(
        listed(
            row(1, status="已注销"),
            row(2, valid_to="2036-01-31"),
            row(3, address="江州市新港路9号"),
        )
    )
    found = {(each.change, each.fact) for each in told(session)}
    assert found == {(Change.DEREGISTERED, ""), (Change.RENEWED, "valid_to"), (Change.CHANGED, "address")}
    assert not any(each.dated for each in told(session))


def test_a_permit_added_to_a_known_agency_is_told_alone(session: Session, tmp_path: Path) -> None:
    imports = Imports(session, tmp_path)
    imports(listed(granted("2023-01-31"), header=HEADER))
    imports(
        listed(
            granted("2023-01-31"),
            granted("2025-03-04", licence="(江)劳派字〔2025〕第0000009号"),
            header=HEADER,
        )
    )
    assert [(each.change, each.on) for each in told(session)] == [(Change.GRANTED, date(2025, 3, 4))]


def test_an_ending_by_hand_is_told_with_its_decision(session: Session) -> None:
    permit = make.permit(session, make.agency(session))
    register.end_permit(
        session,
        actor="command",
        permit=permit,
        to=PermitStatus.REVOKED,
        on=date(2026, 11, 2),
        decision_no="江人社许〔2026〕7号",
    )
    (only,) = told(session)
    assert (only.change, only.on, only.decision_no) == (
        Change.REVOKED,
        date(2026, 11, 2),
        "江人社许〔2026〕7号",
    )


def test_a_grant_by_hand_is_told(session: Session) -> None:
    register.grant(
        session, actor="command", agency=make.agency(session), kind=PermitKind.FILING, number="备1号"
    )
    assert changes(session) == [Change.GRANTED]


@pytest.mark.parametrize(
    ("fact", "new", "change"),
    [
        (Fact.SCOPE, "职业中介活动", Change.CHANGED),
        (Fact.NUMBER, "(江)人服证字〔2026〕第9号", Change.CHANGED),
        (Fact.VALID_TO, date(2034, 4, 2), Change.RENEWED),
    ],
)
def test_a_fact_changes_by_a_decision(session: Session, fact: Fact, new: str | date, change: Change) -> None:
    permit = make.permit(session, make.agency(session), scope="招聘")
    actions.change(session, actor="command", permit=permit, fact=fact, new=new, on=TODAY)
    (only,) = told(session)
    assert (only.change, only.fact, only.new) == (change, fact, str(new))
    assert getattr(permit, fact) == new


def test_a_change_that_changes_nothing_is_refused(session: Session) -> None:
    permit = make.permit(session, make.agency(session), scope="招聘")
    with pytest.raises(DomainError, match="have to differ"):
        actions.change(session, actor="command", permit=permit, fact=Fact.SCOPE, new="招聘", on=TODAY)
    with pytest.raises(DomainError, match="of the agency"):
        actions.change(session, actor="command", permit=permit, fact=Fact.NAME, new="新名", on=TODAY)


def watched(session: Session, **values: object) -> Permit:
    return make.permit(
        session, make.agency(session), valid_to=TODAY, runs_until=TODAY, status="valid", **values
    )


def test_a_term_that_is_over_is_told_by_date_while_the_worker_stands_still(session: Session) -> None:
    watched(session)
    assert told(session) == []
    with clock.frozen(NOON + timedelta(days=1)):
        assert [(each.change, each.on) for each in told(session)] == [
            (Change.EXPIRED, TODAY + timedelta(days=1))
        ]


def test_the_worker_writes_the_same_end_once_under_the_same_key(session: Session) -> None:
    permit = watched(session)
    with clock.frozen(NOON + timedelta(days=1)):
        (before,) = told(session)
        assert actions.has_due(session, today=clock.today())
        assert actions.expire_due(session, today=clock.today()) == 1
        assert actions.expire_due(session, today=clock.today()) == 0
        (after,) = told(session)
    assert (before.key, before.on) == (after.key, after.on)
    assert permit.status == PermitStatus.EXPIRED
    assert ledger.publication_version(session) == 1


def test_a_permit_that_ended_before_its_term_does_not_expire(session: Session) -> None:
    watched(
        session,
    ).status = "revoked"
    session.flush()
    with clock.frozen(NOON + timedelta(days=1)):
        assert told(session) == []
        assert actions.expire_due(session, today=clock.today()) == 0
        assert not actions.has_due(session, today=clock.today())


def test_the_list_is_narrowed_by_each_filter(session: Session) -> None:
    make.region(session)
    owner = make.agency(session, region_code="990000")
    for number, kind in enumerate(("licence", "filing")):
        permit = make.permit(session, owner, kind=kind)
        day = date(2026 - number, 11, 2)
        register.end_permit(session, actor="command", permit=permit, to=PermitStatus.REVOKED, on=day)
    assert len(told(session)) == 2
    assert len(told(session, Filters(change="revoked", year=2025, region="990000", permit="filing"))) == 1
    for narrow in (
        Filters(change="rescinded"),
        Filters(year=2020),
        Filters(region="110000"),
        Filters(permit="branch_report"),
    ):
        assert told(session, narrow) == []
        assert queries.count(session, narrow, today=TODAY) == 0
    assert queries.counts_by_change(session, Filters(year=2026), today=TODAY) == {"revoked": 1}
    assert queries.counts_by_region(session, queries.EVERYTHING, today=TODAY) == {"990000": 2}
    assert queries.counts_by_permit(session, queries.EVERYTHING, today=TODAY) == {"licence": 1, "filing": 1}
    assert queries.years(session) == [2026, 2025]


def test_pages_by_place_miss_nothing_and_repeat_nothing(session: Session) -> None:
    for number in range(7):
        permit = make.permit(session, make.agency(session))
        day = TODAY - timedelta(days=number // 3)
        register.end_permit(session, actor="command", permit=permit, to=PermitStatus.WITHDRAWN, on=day)
    watched(session)
    with clock.frozen(NOON + timedelta(days=1)):
        whole = told(session)
        pages: list[Happened] = []
        while some := queries.listed(
            session, today=clock.today(), before=pages[-1].place if pages else None, limit=3
        ):
            pages += some
    assert pages == whole
    assert len(whole) == 8
    assert whole == sorted(whole, key=lambda each: each.place, reverse=True)


def test_a_feed_gives_what_was_recorded_last(session: Session) -> None:
    for day in (date(2026, 11, 2), date(2024, 11, 2)):
        permit = make.permit(session, make.agency(session))
        register.end_permit(session, actor="command", permit=permit, to=PermitStatus.REVOKED, on=day)
    (last,) = queries.recorded_last(session, today=TODAY, limit=1)
    assert last.on == date(2024, 11, 2)
