"""The case page: everything to read left, the valid moves right, one winner, and then the next case."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.config import Settings
from chengxin.core.intake_keys import intake_recipients
from chengxin.ledger.models import Event
from chengxin.voices.complaints import pauses, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import open_as_desk

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    return Workbench(settings)


def address(case: Complaint) -> str:
    return f"/complaints/{case.id}/"


def decide(officer: Officer, case: Complaint, *, status: int = 303, **chosen: str) -> Page | str:
    form = officer.page(address(case)).form() | chosen
    return officer.post(f"/complaints/{case.id}/decide", form, status=status)


def moves(officer: Officer, case: Complaint) -> list[str]:
    return [str(value) for value in officer.page(address(case)).tree.xpath("//input[@name='move']/@value")]


def events(desk: Workbench) -> list[Event]:
    with desk.installed.database.reading() as session:
        return list(
            session.scalars(select(Event).where(Event.subject_kind == "complaint").order_by(Event.id))
        )


def test_the_page_opens_what_was_sealed(desk: Workbench) -> None:
    case = desk.case(facts="交了两千元押金，三个月不安排工作，电话也不接。")
    text = desk.officer().page(address(case)).text
    for words in ("交了两千元押金，三个月不安排工作，电话也不接。", "13900000000", case.case_no, "收到"):
        assert words in text


def test_only_the_valid_moves_are_offered(desk: Workbench) -> None:
    officer = desk.officer()
    assert moves(officer, desk.case()) == ["ask", "accept", "refuse", "transfer", "discard"]
    assert moves(officer, desk.case(state="supplement")) == ["accept", "refuse", "transfer", "discard"]
    assert moves(officer, desk.case(state="accepted")) == ["investigate", "decide"]
    assert moves(officer, desk.case(state="investigating")) == ["decide"]
    assert moves(officer, desk.case(state="closed", finding="upheld")) == []


def test_the_decision_is_the_last_form_of_the_page(desk: Workbench) -> None:
    case = desk.case()
    tree = desk.officer().page(address(case)).tree
    assert tree.forms[-1].action == f"/complaints/{case.id}/decide"


def test_accepting_is_kept_told_and_recorded(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="accept", message="我们已受理。", reason="事实清楚")
    kept = desk.stored(case)
    assert (kept.state, kept.accepted_on, kept.version) == ("accepted", TODAY, 2)
    last = events(desk)[-1]
    assert (last.actor, last.verb, last.reason) == ("account:1", "accept", "事实清楚")
    with desk.installed.database.reading() as session:
        letter = queries.messages_of(session, case.id)[0]
    assert open_as_desk(kept, letter, desk.private_key()) == "我们已受理。"


def test_no_word_of_the_complaint_or_the_answer_reaches_the_ledger(desk: Workbench) -> None:
    case, officer = desk.case(facts="交了两千元押金，三个月不安排工作，电话也不接。"), desk.officer()
    decide(officer, case, move="accept", message="我们已受理你的投诉。")
    kept = " ".join(f"{e.old} {e.new} {e.reason}" for e in events(desk))
    for words in ("押金", "已受理你的投诉", "13900000000"):
        assert words not in kept


def test_a_standard_text_stands_before_the_own_words(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    options = officer.page(address(case)).tree.xpath("//select[@name='standard']/option/@value")
    decide(
        officer, case, move="decide", finding="upheld", standard=options[1], message="另：退款三日内到账。"
    )
    with desk.installed.database.reading() as session:
        letter = queries.messages_of(session, case.id)[0]
    text = open_as_desk(desk.stored(case), letter, desk.private_key())
    assert text == f"{options[1]}\n\n另：退款三日内到账。"
    assert desk.stored(case).state == "closed"


@pytest.mark.parametrize(
    ("state", "chosen", "field"),
    [
        ("received", {}, "move"),
        ("received", {"move": "decide"}, "move"),
        ("received", {"move": "refuse", "message": "不属受理范围。"}, "refusal"),
        ("received", {"move": "refuse", "refusal": "too_old"}, "message"),
        ("received", {"move": "ask"}, "message"),
        ("received", {"move": "transfer"}, "message"),
        ("received", {"move": "discard"}, "reason"),
        ("accepted", {"move": "decide", "message": "查实。"}, "finding"),
        ("accepted", {"move": "decide", "finding": "upheld"}, "message"),
        ("accepted", {"move": "decide", "finding": "guilty", "message": "查实。"}, "finding"),
        ("accepted", {"move": "investigate", "message": "长" * 4001}, "message"),
    ],
)
def test_what_a_move_cannot_do_without_is_asked_for(
    desk: Workbench, state: str, chosen: dict[str, str], field: str
) -> None:
    case, officer = desk.case(state=state), desk.officer()
    page = decide(officer, case, status=422, **chosen)
    assert isinstance(page, Page)
    links = page.tree.xpath("//*[@role='alert']//a/@href")
    assert [str(link).removesuffix("-0") for link in links] == [f"#{field}"]
    assert page.form()["message"].strip() == chosen.get("message", "")
    assert desk.stored(case).state == state


@pytest.mark.parametrize(
    ("move", "state", "words"),
    [("ask", "supplement", "请补充收据。"), ("transfer", "transferred", "已转交市监局。")],
)
def test_asking_and_handing_on_are_kept_and_told(desk: Workbench, move: str, state: str, words: str) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move=move, message=words)
    assert desk.stored(case).state == state
    assert words in officer.page(address(case)).text


def test_what_the_complainant_added_is_opened(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="ask", message="请补充收据。")
    with desk.installed.database.writing() as session:
        pauses.supply(
            session,
            actor="public",
            case_id=case.id,
            version=2,
            text="收据编号是0078。",
            intake_key=intake_recipients(desk.settings),
        )
    text = officer.page(address(case)).text
    assert "投诉人的补充 收据编号是0078。" in text
    assert moves(officer, case) == ["ask", "accept", "refuse", "transfer", "discard"]


def test_after_a_decision_comes_the_next_case(desk: Workbench) -> None:
    second = desk.case(accept_by=TODAY + 2 * DAY)
    first = desk.case(accept_by=TODAY + DAY)
    officer = desk.officer()
    assert decide(officer, first, move="accept") == address(second)


def test_after_the_last_case_of_a_view_comes_the_queue(desk: Workbench) -> None:
    desk.case(accept_by=TODAY + DAY)
    officer = desk.officer()
    mine = desk.case(accept_by=TODAY + 2 * DAY, assigned_to=1)
    form = officer.page(f"{address(mine)}?view=mine").form() | {"move": "discard", "reason": "广告"}
    assert form["view"] == "mine"
    assert officer.post(f"/complaints/{mine.id}/decide", form) == "/"


def test_a_case_is_taken_and_given_back(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    for owner in (1, None):
        form = officer.page(address(case)).form(index=-2)
        assert officer.post(f"/complaints/{case.id}/assign", form) == address(case)
        assert desk.stored(case).assigned_to == owner


def test_a_page_that_somebody_overtook_says_who_and_what(desk: Workbench) -> None:
    case, limin = desk.case(), desk.officer()
    wangqiang = desk.officer("wangqiang", "王强")
    form = limin.page(address(case)).form() | {"move": "accept", "message": "写了很久的回复"}
    decide(wangqiang, case, move="discard", reason="广告")
    page = limin.post(f"/complaints/{case.id}/decide", form, status=409)
    assert isinstance(page, Page)
    for words in ("王强", "2026年11月20日", "12:00", "写了很久的回复", case.case_no):
        assert words in page.text
    assert desk.stored(case).state == "discarded"


def test_assigning_an_overtaken_case_changes_nothing(desk: Workbench) -> None:
    case, limin = desk.case(), desk.officer()
    form = limin.page(address(case)).form(index=-2)
    decide(desk.officer("wangqiang", "王强"), case, move="accept")
    limin.post(f"/complaints/{case.id}/assign", form, status=409)
    assert desk.stored(case).assigned_to is None


def test_of_eight_who_decide_at_once_one_wins(desk: Workbench) -> None:
    case = desk.case()
    desk.account()
    officers = [desk.signed_in("limin") for _n in range(8)]
    forms = [officer.page(address(case)).form() | {"move": "accept"} for officer in officers]
    gate = Barrier(8)

    def send(number: int) -> int:
        gate.wait()
        answer = officers[number].client.post(f"/complaints/{case.id}/decide", data=forms[number])
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(copy_context().run, send, number) for number in range(8)]
        answers = sorted(each.result() for each in sent)
    assert answers == [303] + [409] * 7
    assert [event.verb for event in events(desk)] == ["file", "accept"]


def test_an_expired_token_keeps_the_words(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    page = decide(officer, case, status=422, move="accept", message="写了很久的回复", csrf_token="old")
    assert isinstance(page, Page)
    assert page.form()["message"].strip() == "写了很久的回复"


def test_a_case_that_is_not_there_is_a_404(desk: Workbench) -> None:
    desk.officer().page("/complaints/99/", status=404)


@pytest.mark.parametrize("roles", ["publisher", "auditor", "admin"])
def test_other_roles_neither_read_nor_decide(desk: Workbench, roles: str) -> None:
    case, officer = desk.case(), desk.officer("chenjie", "陈洁", roles)
    officer.page(address(case), status=403)
    assert officer.client.post(f"/complaints/{case.id}/decide").status_code == 403
    assert officer.client.post(f"/complaints/{case.id}/assign").status_code == 403


def test_other_cases_against_the_agency_are_named(desk: Workbench) -> None:
    case, other = desk.case(), desk.case(state="closed", finding="upheld")
    assert other.case_no in desk.officer().page(address(case)).text


def test_hostile_text_is_only_text(desk: Workbench) -> None:
    case = desk.case(facts="<script>alert(1)</script> 交钱以后就联系不上了，请查一查。")
    page = desk.officer().page(address(case))
    assert "<script>alert(1)</script>" in page.text
    assert "<script>alert" not in page.answer.text
