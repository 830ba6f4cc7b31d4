"""After a decision comes the next record of the view, whatever kind it is; and the view stays in every address."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.desk import Officer
from tests.disputes import objection
from tests.district import District
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.queue.kinds import KINDS
from chengxin.evidence.models import Evidence
from chengxin.standing.confirming.rules import Act
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions.models import Sanction

# Steps that any officer but the first may take on the records of the district.
STEPS = {
    "objection": "mark",
    "repair": "return",
    "correction": "decline",
    "notice": "keep",
    "abnormal_mark": Act.DECLINE,
    "lineage_link": Act.DECLINE,
    "permit_act": Act.DECLINE,
    "selection": "cancel",
}


@pytest.fixture(autouse=True)
def _noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def bench(settings: Settings) -> District:
    """Give a workbench where one record of every kind waits."""
    made = District(settings)
    with made.installed.database.writing() as session:
        session.get_one(Evidence, made.held[Evidence]).scan = "failed"
        notice = session.get_one(Sanction, made.held[Sanction])
        notice.proposed_end, notice.proposed_end_reason = "withdrawn", "决定已撤销。"
        notice.proposed_end_by = notice.drafted_by
    return made


def address(bench: District, kind: str, view: str) -> str:
    model: Any = KINDS[kind].id.class_
    with bench.app.test_request_context():
        return KINDS[kind].url(bench.held[model], view or None)


def step(officer: Officer, page: Page, path: str, chosen: str) -> str:
    form = page.form() | {"step": chosen, "reason": "另案处理，理由已记录。"}
    answer = officer.post(f"{path.split('?', maxsplit=1)[0]}step", form)
    assert isinstance(answer, str)
    return answer


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_page_of_the_queue_leads_on_in_its_view(bench: District, kind: str) -> None:
    page = bench.whole.page(address(bench, kind, "unassigned"))
    forms = [form for form in page.tree.forms if form.method == "POST" and "view" in form.fields]
    assert [form.fields["view"] for form in forms] == ["unassigned"] * len(forms)
    assert forms
    onward = [str(link) for link in page.tree.xpath("//a[@data-key='n']/@href")]
    assert [link for link in onward if "view=unassigned" not in link] == []


@pytest.mark.parametrize("kind", list(STEPS))
def test_after_a_step_comes_the_next_record_of_the_view(bench: District, kind: str) -> None:
    path = address(bench, kind, "")
    page = bench.whole.page(path)
    (following,) = page.tree.xpath("//a[@data-key='n']/@href")
    assert "保存并办下一件" in page.text
    assert step(bench.whole, page, path, STEPS[kind]) == following
    assert f"/{path.split('/')[1]}/" != following
    bench.whole.page(following)


def test_after_the_last_record_of_a_view_comes_the_queue(bench: District) -> None:
    path = address(bench, "repair", "kind=repair")
    page = bench.whole.page(path)
    assert page.tree.xpath("//a[@data-key='n']") == []
    assert step(bench.whole, page, path, STEPS["repair"]) == "/?view=kind%3Drepair"


def test_a_step_stays_among_the_kind_that_was_asked_for(bench: District) -> None:
    with bench.installed.database.writing() as session:
        key, notice = intake_keyring(bench.settings), bench.held[Sanction]
        agency_id = session.get_one(Sanction, notice).agency_id
        other = objection(session, target_id=notice, agency_id=agency_id, key=key)
    path = address(bench, "objection", "kind=objection")
    following = step(bench.whole, bench.whole.page(path), path, "mark")
    assert following == f"/objections/{other.id}/?view=kind%3Dobjection"


def test_evidence_that_is_settled_leads_on_too(bench: District) -> None:
    path = address(bench, "evidence", "")
    page = bench.whole.page(path)
    (following,) = page.tree.xpath("//a[@data-key='n']/@href")
    assert bench.whole.post(f"{path}settle", page.form()) == following


def test_what_does_not_wait_stays_on_its_page(bench: District) -> None:
    with bench.installed.database.writing() as session:
        session.get_one(Repair, bench.held[Repair]).state = "granted"
    page = bench.whole.page(address(bench, "repair", "mine"))
    assert "保存并办下一件" not in page.text
