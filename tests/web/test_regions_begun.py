"""What an officer of a region begins lies in that region, and nothing is begun elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from tests import make
from tests.conftest import NOON
from tests.desk import Officer
from tests.disputes import TEXT
from tests.district import HERE, LICENCE, NAME, THERE, District
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.corrections.models import Correction
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.objections.models import Objection
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints.models import Complaint

ELSEWHERE = "这不在您负责的地区内。"
NOTICE: dict[str, Any] = {
    "notice_kind": "exposure",
    "legal_kind": "fine",
    "severity": "general",
    "category": "deposit",
    "procedure": "ordinary",
    "taken": "no",
    "title": "关于收取押金的公告",
    "facts": "2026年8月，该公司向7名求职者收取押金共4200元。",
    "basis": "《就业促进法》第六十六条",
}
MARK: dict[str, Any] = {"cause": "idle", "set_on": "2026-11-02"}
PERMIT: dict[str, Any] = {
    "change": "withdrawn",
    "fact": "",
    "on_day": "2026-11-02",
    "decided_on": "2026-11-02",
    "decision_no": "江人社许〔2026〕7号",
}
DRAWING: dict[str, Any] = {
    "title": "抽查",
    "scope": "全部",
    "basis": "条例",
    "wanted": "1",
    "inspectors": "甲\n乙",
}
ROUND: dict[str, Any] = {
    "title": "评选",
    "level": "county",
    "counted_by": "number",
    "agency_places": "1",
    "deadline": "2026-12-01",
}


@pytest.fixture
def bench(settings: Settings) -> Iterator[District]:
    with frozen(NOON):
        yield District(settings)


def send(officer: Officer, path: str, *, status: int = 303, **values: str) -> Page | str:
    return officer.post(path, officer.page(path).form() | values, status=status)


def newest(bench: District, model: type) -> object:
    with bench.installed.database.reading() as session:
        return session.scalars(select(model).order_by(model.id.desc())).first()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/abnormal/new", MARK | {"agency": NAME}),
        ("/notices/new", NOTICE | {"agency": NAME}),
        ("/permits/new", PERMIT | {"number": LICENCE}),
        ("/inspections/new", DRAWING | {"region": HERE}),
        ("/inspections/new", DRAWING | {"region": "990000"}),
        ("/exemplars/rounds/new", ROUND | {"region": HERE}),
    ],
)
def test_nothing_is_begun_outside_of_ones_region(bench: District, path: str, values: dict[str, Any]) -> None:
    page = send(bench.other, path, status=422, **values)
    assert isinstance(page, Page)
    assert ELSEWHERE in page.text
    assert isinstance(
        send(bench.own if "990000" not in values.values() else bench.whole, path, **values), str
    )


def test_no_objection_from_paper_is_kept_to_what_lies_elsewhere(bench: District) -> None:
    given: dict[str, Any] = {"record": "notices/2026/1", "ground": "wrong", "text": TEXT, "name": "王小川"}
    page = send(bench.other, "/objections/new", status=422, **given)
    assert isinstance(page, Page)
    assert ELSEWHERE in page.text
    send(bench.own, "/objections/new", **given)
    held = newest(bench, Objection)
    assert isinstance(held, Objection)
    assert held.id > 1


def test_a_notice_about_a_party_of_no_register_lies_with_its_author(bench: District) -> None:
    send(bench.other, "/notices/new", **NOTICE, party_name="江州某劳务部")
    held = newest(bench, Sanction)
    assert isinstance(held, Sanction)
    assert held.region_code == THERE
    assert bench.own.client.get(f"/notices/{held.id}/").status_code == 404


def test_a_batch_a_drawing_and_a_round_get_the_region_of_who_begins_them(bench: District) -> None:
    send(bench.other, "/batches/new", label="2026Q3", authority="江州市江西区人力资源和社会保障局")
    send(bench.other, "/exemplars/rounds/new", **ROUND)
    for model in (NoticeBatch, Selection):
        held = newest(bench, model)
        assert isinstance(held, NoticeBatch | Selection)
        assert held.region_code == THERE


def test_no_notice_of_elsewhere_comes_into_a_batch(bench: District) -> None:
    with bench.installed.database.writing() as session:
        first, second = make.actors(session)
        served = make.served_notice(session, author=first, reviewer=second, region_code=HERE)
        mine = make.served_notice(session, author=first, reviewer=second, region_code=THERE)
    path = str(send(bench.other, "/batches/new", label="2026Q3", authority="江西区局"))
    form = bench.other.page(path).form(1) | {"version": "1", "notices": str(served.id)}
    page = bench.other.post(f"{path}add", form, status=422)
    assert isinstance(page, Page)
    assert bench.stored(served).batch_id is None
    bench.other.post(f"{path}add", form | {"notices": str(mine.id)})
    assert bench.stored(mine).batch_id is not None


def test_who_serves_the_whole_puts_no_notice_of_elsewhere_into_a_batch_of_a_region(bench: District) -> None:
    with bench.installed.database.writing() as session:
        first, second = make.actors(session)
        made = make.served_notice(session, author=first, reviewer=second, region_code=THERE)
        make.served_notice(session, author=first, reviewer=second, region_code=HERE)
    path = f"/batches/{bench.held[NoticeBatch]}/"
    form = bench.whole.page(path).form(1) | {"version": "1", "notices": str(made.id)}
    assert isinstance(bench.whole.post(f"{path}add", form, status=422), Page)
    assert bench.stored(made).batch_id is None


def test_an_objection_to_a_notice_that_names_no_agency_lies_with_the_notice(bench: District) -> None:
    with bench.installed.database.writing() as session:
        held = session.get_one(Objection, bench.held[Objection])
        held.agency_id = None
    path = f"/objections/{held.id}/"
    statuses = [each.client.get(path).status_code for each in (bench.own, bench.other, bench.whole)]
    assert statuses == [200, 404, 200]


def test_a_wish_to_erase_is_listed_for_those_who_serve_its_region(bench: District) -> None:
    with bench.installed.database.writing() as session:
        case = session.get_one(Complaint, bench.held[Complaint])
        case.erasure_asked_on = NOON.date()
    seen = [case.case_no in each.page("/retention/").text for each in (bench.own, bench.other, bench.whole)]
    assert seen == [True, False, True]


def test_an_entry_of_another_round_is_not_marked_from_this_one(bench: District) -> None:
    token = bench.other.page("/abnormal/new").form()["csrf_token"]
    with bench.installed.database.writing() as session:
        elsewhere = make.selection(session, region_code=THERE)
        session.get_one(Honour, bench.held[Honour]).state = "nominated"
    path = f"/exemplars/rounds/{elsewhere.id}/mark"
    chosen = {"act": "check", "entries": f"{bench.held[Honour]}:1", "csrf_token": token}
    answer = bench.other.client.post(path, data=chosen)
    assert answer.status_code == 404
    held = newest(bench, Honour)
    assert isinstance(held, Honour)
    assert held.state == "nominated"


def test_a_correction_names_no_objection_to_something_else(bench: District) -> None:
    with bench.installed.database.writing() as session:
        session.get_one(Correction, bench.held[Correction]).state = "declined"
        other = make.notice(session, region_code=HERE, title="另一公告")
    path = f"/notices/{other.id}/correct"
    form = bench.own.page(f"{path}?objection={bench.held[Objection]}").form() | {"title": "改", "note": "改"}
    bench.own.post(path, form)
    made = newest(bench, Correction)
    assert isinstance(made, Correction)
    assert (made.sanction_id, made.objection_id) == (other.id, None)


def test_a_mark_of_ones_own_region_is_proposed(bench: District) -> None:
    send(bench.own, "/abnormal/new", **MARK, agency=NAME)
    assert isinstance(newest(bench, AbnormalMark), AbnormalMark)
