"""What supervision tells in public: permit changes, abnormal marks, inspections, tied organisations."""

import csv
import io
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from lxml import etree
from sqlalchemy.orm import Session
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.standing.abnormal import actions as abnormal
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.confirming.rules import Act
from chengxin.standing.inspections import actions as inspections
from chengxin.standing.inspections import queries as drawn
from chengxin.standing.inspections.rules import Act as BatchAct
from chengxin.standing.inspections.rules import Result, draw, pool_hash
from chengxin.standing.lineage import actions as lineage
from chengxin.standing.lineage.rules import Tie

ATOM = "{http://www.w3.org/2005/Atom}"
Read = Callable[..., Page]
Fill = Callable[[Callable[[Session], object]], None]


@pytest.fixture
def fill(settings: Settings) -> Fill:
    """Write into the installation that the client reads."""
    database = Database(settings)

    def write(act: Callable[[Session], object]) -> None:
        with database.writing() as session:
            act(session)

    return write


def entries(client: Client, path: str) -> list[str]:
    tree = etree.fromstring(client.get(path).data)
    return [each.findtext(f"{ATOM}title") or "" for each in tree.iter(f"{ATOM}entry")]


def table(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


def marked(session: Session, *, confirmed: bool = True) -> AbnormalMark:
    make.region(session, code="990102", name="江北区")
    owner = make.agency(session, name="江州远帆人力资源有限公司", uid="yuanfan1", region_code="990102")
    make.permit(session, owner)
    first, second = make.actors(session)
    made = abnormal.propose(
        session,
        actor=first,
        agency_id=owner.id,
        cause=Cause.UNREACHABLE,
        set_on=date(2026, 11, 2),
        facts="两次上门均无人。",
    )
    if confirmed:
        abnormal.step(session, actor=second, mark_id=made.id, version=made.version, act=Act.CONFIRM)
    return made


def removed(session: Session) -> None:
    made = marked(session)
    first, second = make.actors(session)
    for actor, act in ((first, Act.PROPOSE_REMOVAL), (second, Act.REMOVE)):
        abnormal.step(
            session, actor=actor, mark_id=made.id, version=made.version, act=act, reason="已取得联系"
        )


MARKED = (
    "/supervision/abnormal/",
    "/supervision/abnormal/abnormal.csv",
    "/supervision/abnormal/abnormal.json",
    "/supervision/abnormal/feed.atom",
    "/agencies/yuanfan1/",
    "/agencies/yuanfan1.json",
    "/agencies/yuanfan1/feed.atom",
)


@pytest.mark.parametrize("path", MARKED)
def test_a_mark_in_force_stands_on_every_surface(client: Client, fill: Fill, path: str) -> None:
    fill(marked)
    assert "两次上门均无人" in client.get(path).text


@pytest.mark.parametrize("write", [removed, lambda session: marked(session, confirmed=False)])
def test_a_mark_that_is_removed_or_only_proposed_stands_nowhere(
    client: Client, fill: Fill, write: Callable[[Session], object]
) -> None:
    fill(write)
    for path in MARKED:
        told = client.get(path)
        assert told.status_code == 200
        assert "两次上门" not in told.text, path
    assert '"abnormal": []' in client.get("/agencies/yuanfan1.json").text


def test_a_removal_empties_kept_pages_at_once(client: Client, fill: Fill) -> None:
    made: list[AbnormalMark] = []
    fill(lambda session: made.append(marked(session)))
    for _ in range(2):
        assert "两次上门" in client.get("/supervision/abnormal/").text

    def remove(session: Session) -> None:
        held = session.get_one(AbnormalMark, made[0].id)
        first, second = make.actors(session)
        for actor, act in ((first, Act.PROPOSE_REMOVAL), (second, Act.REMOVE)):
            abnormal.step(
                session, actor=actor, mark_id=held.id, version=held.version, act=act, reason="已联系"
            )

    fill(remove)
    assert "两次上门" not in client.get("/supervision/abnormal/").text


def test_the_mark_stands_in_the_results_and_in_the_interface(client: Client, page: Read, fill: Fill) -> None:
    fill(marked)
    assert "经营异常" in page(f"/agencies/?q={quote('远帆')}").text
    found = client.get(f"/api/v1/agencies?q={quote('远帆')}").json
    assert found is not None
    assert [each["abnormal"] for each in found["items"]] == [True]


@pytest.mark.parametrize(("query", "count"), [("cause=unreachable&region=990000", 1), ("cause=idle", 0)])
def test_marks_are_narrowed_by_the_address(client: Client, fill: Fill, query: str, count: int) -> None:
    fill(marked)
    assert len(table(client, f"/supervision/abnormal/abnormal.csv?{query}")) == count + 1


def inspected(session: Session, *, published: bool = True) -> None:
    first, second = make.actors(session)
    for number in range(4):
        make.agency(session, uid=f"drawn{number:03d}", name=f"江州{number}号人力资源有限公司")
    batch = inspections.draw_batch(
        session, actor=first, title="秋季抽查", wanted=2, inspectors=["周宁", "吴桐"], seed="0123456789abcdef"
    )
    for each in drawn.of_batch(session, batch.id):
        inspections.record_result(
            session,
            actor=first,
            inspection_id=each.id,
            version=each.version,
            result=Result.ORDERED,
            inspected_on=clock.today(),
            note="台账缺页，责令补全。",
        )
    inspections.step(session, actor=first, batch_id=batch.id, version=batch.version, act=BatchAct.HAND_IN)
    if published:
        inspections.step(
            session, actor=second, batch_id=batch.id, version=batch.version, act=BatchAct.PUBLISH
        )


def test_a_published_batch_can_be_drawn_again_from_its_page(client: Client, page: Read, fill: Fill) -> None:
    fill(inspected)
    path = f"/supervision/inspections/{clock.today().year}/1/"
    shown = page(path)
    assert "0123456789abcdef" in shown.text
    pool = [f"drawn{number:03d}" for number in range(4)]
    data = client.get(f"{path}results.json").json
    assert data is not None
    told = [each["agency"]["uid"] for each in data["items"]]
    assert told == draw(data["drawing"]["seed"], pool, data["drawing"]["drawn"])
    assert data["drawing"]["pool_sha256"] == pool_hash(pool)
    assert len(table(client, f"{path}results.csv")) == 3
    assert "秋季抽查" in page("/supervision/inspections/").text
    assert entries(client, "/supervision/inspections/feed.atom") == ["秋季抽查"]
    assert "台账缺页" in page(f"/agencies/{told[0]}/").text


def test_no_inspector_is_named_in_public(client: Client, fill: Fill) -> None:
    fill(inspected)
    path = f"/supervision/inspections/{clock.today().year}/1/"
    for each in (
        path,
        f"{path}results.json",
        f"{path}results.csv",
        "/supervision/inspections/inspections.json",
    ):
        text = client.get(each).text
        assert "周宁" not in text
        assert "吴桐" not in text


def test_a_batch_that_is_not_published_is_nowhere(client: Client, fill: Fill) -> None:
    fill(lambda session: inspected(session, published=False))
    assert client.get(f"/supervision/inspections/{clock.today().year}/1/").status_code == 404
    assert "秋季抽查" not in client.get("/supervision/inspections/").text
    assert not any("台账缺页" in client.get(f"/agencies/drawn{at:03d}/").text for at in range(4))


def tied(session: Session, *, confirmed: bool = True) -> None:
    old = make.agency(session, uid="oldone01", name="江北鸿运劳务介绍所")
    new = make.agency(session, uid="newone01", name="江北顺通劳务有限公司")
    first, second = make.actors(session)
    made = lineage.propose(
        session,
        actor=first,
        earlier_id=old.id,
        later_id=new.id,
        kind=Tie.SUCCESSION,
        on_day=date(2025, 6, 3),
        document="业务承接备案表3号",
        issuer="江北区人社局",
    )
    if confirmed:
        lineage.step(session, actor=second, link_id=made.id, version=made.version, act=Act.CONFIRM)


def test_a_link_is_told_on_both_files_with_its_day_and_its_source(
    client: Client, page: Read, fill: Fill
) -> None:
    fill(tied)
    for own, other, side in (("oldone01", "江北顺通", "later"), ("newone01", "江北鸿运", "earlier")):
        shown = page(f"/agencies/{own}/").text
        assert other in shown
        assert "业务承接，2025年6月3日。依据：业务承接备案表3号（江北区人社局）" in shown
        data = client.get(f"/agencies/{own}.json").json
        assert data is not None
        assert data["lineage"][0]["other_is"] == side


def test_a_link_that_waits_is_told_nowhere(client: Client, fill: Fill) -> None:
    fill(lambda session: tied(session, confirmed=False))
    for own in ("oldone01", "newone01"):
        assert "业务承接" not in client.get(f"/agencies/{own}/").text


@pytest.mark.parametrize("path", ["/permits/changes", "/supervision/abnormal/", "/supervision/inspections/"])
def test_a_page_without_records_says_so_in_both_languages(page: Read, path: str) -> None:
    assert page(path).tree.xpath("//*[@class='empty']")
    assert page(f"/en{path}").unmarked_chinese == []


def test_english_pages_mark_the_chinese_words_of_the_records(page: Read, fill: Fill) -> None:
    def write(session: Session) -> None:
        tied(session)
        marked(session)

    fill(write)
    for path in ("/supervision/abnormal/", "/agencies/newone01/"):
        assert page(f"/en{path}").unmarked_chinese == [], path
