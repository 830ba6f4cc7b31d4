"""The proceedings on the desk: facts entered one by one, letters for print, deadlines, and the urgent path."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.pages import Page

from chengxin.config import Settings
from chengxin.standing.sanctions.models import Sanction

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
NAME, CODE = "江州捷聘人力资源有限公司", "91990000MA0000001X"
WRITTEN = {
    "agency": CODE,
    "notice_kind": "exposure",
    "legal_kind": "fine",
    "severity": "general",
    "category": "deposit",
    "filed_on": "2026-10-08",
    "title": "关于收取押金的公告",
    "facts": "2026年8月，该公司向7名求职者收取押金共4200元。",
    "evidence": "收据7份\n询问笔录2份",
    "articles": "《就业促进法》第六十六条",
    "measures": "责令退还，罚款7000元。",
}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


class Case:
    """A notice nothing is decided for yet, and the officers who lead it on."""

    def __init__(self, settings: Settings) -> None:
        """Draft it."""
        self.desk = Workbench(settings)
        with self.desk.installed.database.writing() as session:
            make.region(session)
            make.agency(session, name=NAME, uscc=CODE, region_code="990000")
        self.author = self.desk.officer()
        self.reviewer = self.desk.officer("heqing", "何清", "legal_reviewer")
        self.publisher = self.desk.officer("wangjh", "王建华", "publisher")

    def sign_in(self) -> None:
        """Sign everybody in again: a session lasts half a day."""
        self.author, self.reviewer, self.publisher = map(self.desk.signed_in, ("limin", "heqing", "wangjh"))

    def draft(self, **changes: str) -> str:
        """Draft the notice and return its address."""
        fields = self.author.page("/notices/new").form() | WRITTEN | changes
        return str(self.author.post("/notices/new", fields))

    def step(self, officer: Officer, address: str, chosen: str, reason: str = "事实清楚") -> None:
        """Take a step on its page."""
        fields = officer.page(address).form() | {"step": chosen, "reason": reason}
        officer.post(f"{address}step", fields)

    def told(self) -> str:
        """Bring it through the legal review and tell the agency."""
        address = self.draft()
        self.step(self.author, address, "submit")
        self.step(self.reviewer, address, "approve", "程序合法")
        self.enter(address, "told", day="2026-11-02")
        return address

    def enter(self, address: str, fact: str, *, status: int = 303, **fields: Any) -> Page | str:
        """Enter a fact of the proceedings."""
        form = self.author.page(f"{address}facts/{fact}").form() | fields
        return self.author.post(f"{address}facts/{fact}", form, status=status)

    @property
    def notice(self) -> Sanction:
        """Read the notice again."""
        with self.desk.installed.database.reading() as session:
            return session.get_one(Sanction, 1)


@pytest.fixture
def case(settings: Settings) -> Case:
    return Case(settings)


def facts_of(page: Page) -> list[str]:
    """Return the facts a page offers to enter."""
    links = page.tree.xpath("//a[contains(@href, '/facts/')]/@href")
    return [str(link).rsplit("/", 1)[1] for link in links]


def test_a_notice_is_led_from_draft_to_publication(case: Case, clock: Brake) -> None:
    address = case.told()
    assert facts_of(case.author.page(address)) == ["replied", "hearing-requested"]
    case.enter(address, "hearing-requested", day="2026-11-02")
    with clock(NOON + timedelta(days=10)):
        case.sign_in()
        case.enter(address, "heard", day="2026-11-11", outcome="部分意见予以采纳")
        decided: dict[str, Any] = {
            "day": "2026-11-12",
            "decision_no": "江人社罚〔2026〕9号",
            "measures": "罚款5000元。",
        }
        case.enter(address, "decided", **decided)
        case.enter(address, "served", day="2026-11-12", repair_notice="y")
        case.step(case.publisher, address, "publish")
    assert case.notice.state == "published"
    assert (case.notice.decision_no, case.notice.measures) == ("江人社罚〔2026〕9号", "罚款5000元。")


def test_the_stages_stand_in_order_with_their_days(case: Case) -> None:
    page = case.author.page(case.told())
    (current,) = page.tree.xpath("//ol[contains(@class,'stages')]/li[@aria-current='step']/strong/text()")
    assert current == "事先告知"
    days = page.tree.xpath("//ol[contains(@class,'stages')]//time/@datetime")
    assert days == ["2026-11-02", "2026-11-02", "2026-11-02"]


def test_every_running_deadline_has_its_chip(case: Case) -> None:
    page = case.author.page(case.told())
    days = page.tree.xpath("//section[@aria-labelledby='course']/ul//time/@datetime")
    assert days == ["2026-11-09", "2026-11-09", "2027-01-06"]
    assert len(page.tree.xpath("//section[@aria-labelledby='course']//span[contains(@class,'chip')]")) == 3


def test_a_decision_before_the_agency_had_its_say_is_not_offered_and_refused(case: Case) -> None:
    address = case.told()
    page = case.enter(address, "decided", status=422, day="2026-11-02", decision_no="9号", measures="罚款")
    assert isinstance(page, Page)
    assert "2026-11-09" in page.text
    assert page.form()["measures"] == "罚款"


def test_a_service_without_the_second_paper_keeps_what_was_typed(case: Case, clock: Brake) -> None:
    address = case.told()
    with clock(NOON + timedelta(days=10)):
        case.sign_in()
        case.enter(address, "decided", day="2026-11-12", decision_no="9号", measures="罚款")
        page = case.enter(address, "served", status=422, day="2026-11-12", reason="邮寄送达")
    assert isinstance(page, Page)
    assert page.form()["reason"] == "邮寄送达"
    assert case.notice.state == "decided"


def test_the_prior_notice_names_facts_basis_and_rights(case: Case) -> None:
    address = case.told()
    assert f"{address}letters/prior-notice".removeprefix("/desk") in case.author.page(address).answer.text
    letter = case.author.page(f"{address}letters/prior-notice")
    for said in (
        NAME,
        "押金共4200元",
        "收据7份、询问笔录2份",
        "《就业促进法》第六十六条",
        "罚款7000元",
        "陈述和申辩",
        "要求听证",
    ):
        assert said in letter.text


def test_a_warning_s_prior_notice_offers_no_hearing(case: Case) -> None:
    address = case.draft(legal_kind="warning", severity="minor")
    letter = case.author.page(f"{address}letters/prior-notice")
    assert "陈述和申辩" in letter.text
    assert "要求听证" not in letter.text


def test_the_notice_on_credit_repair_names_both_ends_of_the_term(case: Case, clock: Brake) -> None:
    address = case.told()
    with clock(NOON + timedelta(days=10)):
        case.sign_in()
        case.enter(address, "decided", day="2026-11-12", decision_no="江人社罚〔2026〕9号", measures="罚款")
        letter = case.author.page(f"{address}letters/repair")
    for said in ("江人社罚〔2026〕9号", "2027年2月12日", "2027年11月12日", "信用承诺书", "不收取任何费用"):
        assert said in letter.text


def test_a_minor_decision_may_be_repaired_at_any_time(case: Case) -> None:
    letter = case.author.page(f"{case.draft(legal_kind='warning', severity='minor')}letters/repair")
    assert "最短" not in letter.text
    assert "最长至2027年2月2日" in letter.text


@pytest.mark.parametrize("path", ["letters/unknown", "facts/unknown"])
def test_a_strange_letter_or_fact_is_not_found(case: Case, path: str) -> None:
    case.author.page(f"{case.draft()}{path}", status=404)


def test_a_fact_out_of_order_leads_to_who_was_faster(case: Case) -> None:
    case.author.page(f"{case.draft()}facts/served", status=409)


def test_a_fact_that_came_too_late_gives_the_words_back(case: Case) -> None:
    address = case.told()
    form = case.author.page(f"{address}facts/replied").form() | {
        "day": "2026-11-02",
        "statement": "我们已经退款。",
    }
    case.enter(address, "hearing-requested", day="2026-11-02")
    late = case.author.post(f"{address}facts/replied", form, status=409)
    assert isinstance(late, Page)
    assert "我们已经退款。" in late.text


def test_data_of_persons_is_masked_with_a_warning(case: Case) -> None:
    address = case.draft(facts="联系人电话13900000000，收取押金。")
    assert case.notice.facts == "联系人电话139******00，收取押金。"
    fields = case.author.page(f"{address}edit").form() | {"facts": "写信到a.b@example.com", "title": ""}
    page = case.author.post(f"{address}edit", fields, status=422)
    assert isinstance(page, Page)
    assert "电子邮箱" in page.text


def test_an_anonymised_draft_can_be_changed_without_losing_who_it_is(case: Case) -> None:
    address = case.draft(naming="anonymised", title=f"关于{NAME}的公告")
    assert (case.notice.party_name, case.notice.agency_id) == ("江州某人力资源有限公司", None)
    form = case.author.page(f"{address}edit").form()
    assert (form["agency"], form["party_name"]) == (CODE, NAME)
    case.author.post(f"{address}edit", form | {"facts": "以微信收款。"})
    assert (case.notice.withheld_name, case.notice.withheld_agency_id) == (NAME, 1)
    assert NAME in case.author.page(address).text


def test_a_draft_without_a_decision_keeps_its_articles(case: Case) -> None:
    address = case.draft()
    form = case.author.page(f"{address}edit").form()
    assert (form["articles"], form["taken"], form["decision_date"]) == ("《就业促进法》第六十六条", "no", "")


def test_a_decision_taken_elsewhere_states_number_and_days(case: Case) -> None:
    fields = case.author.page("/notices/new").form() | WRITTEN | {"taken": "yes"}
    page = case.author.post("/notices/new", fields, status=422)
    assert isinstance(page, Page)
    assert len(page.tree.xpath("//div[@class='errors']//li")) == 3


def test_the_urgent_path_is_offered_marked_and_reviewed(case: Case) -> None:
    taken = {"taken": "yes", "decision_no": "9号", "decision_date": "2026-10-30", "told_on": "2026-10-12"}
    address = case.draft(**taken)
    case.step(case.author, address, "submit")
    case.step(case.publisher, address, "publish_urgently", "侵害仍在继续")
    page = case.reviewer.page(address)
    steps = page.tree.xpath("//input[@name='step']/@value")
    assert steps == ["confirm_urgent", "refuse_urgent"]
    assert "2026年11月3日" in page.text
    case.step(case.reviewer, address, "confirm_urgent", "程序合法")
    assert case.notice.reviewed_by is not None


def test_what_is_overdue_has_a_list_of_its_own(case: Case, clock: Brake) -> None:
    case.told()
    assert "关于收取押金的公告" not in case.author.page("/notices/?state=overdue").text
    with clock(NOON + timedelta(days=90)):
        case.sign_in()
        assert "关于收取押金的公告" in case.author.page("/notices/?state=overdue").text
        assert NAME in case.author.page("/?view=notices").text


def test_a_reviewer_drafts_nothing(case: Case) -> None:
    assert case.reviewer.client.get("/notices/new").status_code == 403
    assert not case.reviewer.page("/notices/").tree.xpath("//a[contains(@href, '/notices/new')]")
