"""Batches on the desk: put together by one person, approved by another, each finding shown."""

from collections.abc import Iterator

import pytest
from tests import make
from tests.conftest import NOON
from tests.desk import Officer, Workbench

from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.standing.batches import queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.sanctions.models import Sanction


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(NOON):
        yield


class Bench(Workbench):
    """A workbench with one served decision, an assembler and an approver."""

    def __init__(self, settings: Settings) -> None:
        """Bring one decision to where it waits."""
        super().__init__(settings)
        self.assembler = self.officer("limin", "李敏", "publisher")
        self.approver = self.officer("zhaoyun", "赵云", "publisher")
        with self.installed.database.writing() as session:
            make.region(session)
            owner = make.agency(session)
            author, reviewer = make.actors(session)
            given = {"agency_id": owner.id, "region_code": "990000"}
            self.notice = make.served_notice(session, author=author, reviewer=reviewer, **given)

    def opened(self, label: str = "2026Q4") -> str:
        """Open a batch and return its address."""
        form = self.assembler.page("/batches/new").form() | {"label": label}
        return str(self.assembler.post("/batches/new", form))

    def filled(self) -> str:
        """Open a batch with the decision in it."""
        path = self.opened()
        form = forms(self.assembler, path)["add"] | {"notices": str(self.notice.id)}
        self.assembler.post(f"{path}add", form)
        return path

    def step(self, officer: Officer, path: str, status: int = 303, **chosen: str) -> object:
        """Take a step."""
        return officer.post(f"{path}step", forms(officer, path)["step"] | chosen, status=status)

    def batch(self) -> NoticeBatch:
        """Read the only batch."""
        with self.installed.database.reading() as session:
            return queries.listed(session)[0]


def forms(officer: Officer, path: str) -> dict[str, dict[str, str]]:
    """Return the fields of each form on a page by the last word of its address."""
    found = {}
    for form in officer.page(path).tree.forms:
        if form.method.upper() == "POST":
            names = [str(name) for name in form.fields if name]
            values = {name: form.fields[name] for name in names}
            found[str(form.action).rpartition("/")[2]] = {
                name: str(value or "").removeprefix("\n")
                for name, value in values.items()
                if name != "notices"
            }
    return found


@pytest.fixture
def bench(settings: Settings) -> Bench:
    return Bench(settings)


def test_a_batch_goes_from_opening_to_publication_by_two_persons(bench: Bench) -> None:
    path = bench.filled()
    bench.step(bench.assembler, path, step="hand_in")
    bench.step(bench.approver, path, step="publish", reason="逐件核对无误")
    stored = bench.stored(bench.notice)
    assert (stored.state, stored.number, stored.period) == ("published", 1, "2026Q4")
    assert "已公开" in bench.approver.page(path).text


def test_who_put_it_together_is_not_offered_the_approval(bench: Bench) -> None:
    path = bench.filled()
    bench.step(bench.assembler, path, step="hand_in")
    page = bench.assembler.page(path)
    assert "要由另一人批准" in page.text
    assert not page.tree.xpath("//input[@name='step'][@value='publish']")


def test_an_approval_without_a_reason_keeps_the_page(bench: Bench) -> None:
    path = bench.filled()
    bench.step(bench.assembler, path, step="hand_in")
    bench.step(bench.approver, path, status=422, step="publish", reason="")
    assert bench.batch().state == "handed_in"


def test_a_refusal_names_its_notice(bench: Bench) -> None:
    path = bench.filled()
    bench.step(bench.assembler, path, step="hand_in")
    bench.step(bench.approver, path, status=422, step="refuse", reason="事实不清")
    bench.step(bench.approver, path, step="refuse", reason="事实不清", notice=str(bench.notice.id))
    assert bench.stored(bench.notice).state == "draft"


def test_an_empty_batch_is_not_handed_in(bench: Bench) -> None:
    path = bench.opened()
    assert "批次里没有公告" in bench.assembler.page(path).text
    bench.step(bench.assembler, path, status=422, step="hand_in")


@pytest.mark.parametrize("label", ["", "2026", "第四季度"])
def test_a_label_that_is_none_keeps_what_was_typed(bench: Bench, label: str) -> None:
    form = bench.assembler.page("/batches/new").form() | {"label": label}
    page = bench.assembler.post("/batches/new", form, status=422)
    assert not isinstance(page, str)
    assert page.tree.xpath("string(//input[@name='label']/@value)") == label


def test_a_batch_somebody_changed_meanwhile_says_who(bench: Bench) -> None:
    path = bench.filled()
    late = forms(bench.assembler, path)["step"]
    bench.step(bench.assembler, path, step="hand_in")
    bench.step(bench.approver, path, step="return", reason="先补齐区划")
    bench.assembler.post(f"{path}step", late | {"step": "hand_in"}, status=409)


def test_the_list_shows_each_batch_with_its_size(bench: Bench) -> None:
    bench.filled()
    assert "1条公告" in bench.assembler.page("/batches/").text


def test_a_moderator_may_assemble_but_not_approve(bench: Bench) -> None:
    moderator = bench.officer("wangfang", "王芳", "moderator")
    path = bench.filled()
    bench.step(bench.assembler, path, step="hand_in")
    assert not moderator.page(path).tree.xpath("//input[@name='step'][@value='publish']")


def test_an_auditor_sees_no_batch(bench: Bench) -> None:
    bench.officer("sunli", "孙丽", "auditor").page("/batches/", status=403)


def test_a_notice_keeps_its_own_record(bench: Bench) -> None:
    path = bench.filled()
    assert bench.assembler.page(path).tree.xpath("//ul[@class='rows']//a[contains(@href, '/notices/')]")
    assert isinstance(bench.stored(bench.notice), Sanction)
